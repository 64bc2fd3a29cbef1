"""Chromium without a screen, driven by selenium (Debian: chromium, chromium-driver, python3-selenium)."""

import os
from pathlib import Path

from world.processes import Missing, program

# The contrast of WCAG 2.2 §1.4.3 between two colours, and what is behind an element.
COLORS = """
const luminance = ([r, g, b]) => { const part = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b); };
const color = (text) => text.match(/[0-9.]+/g).map(Number);
const behind = (element) => { for (; element; element = element.parentElement) {
  const found = color(getComputedStyle(element).backgroundColor); if (found.length < 4 || found[3] > 0) return found; }
  return [255, 255, 255]; };
const contrast = (one, other) => { const [a, b] = [luminance(color(one)), luminance(other)].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05); };
"""
# Of every element that holds text of its own.
CONTRASTS = COLORS + """
return [...document.querySelectorAll("body *")].filter((each) => each.offsetParent !== null &&
  [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "")).map((each) => {
    return [contrast(getComputedStyle(each).color, behind(each)), each.outerHTML.slice(0, 100)]; });
"""
OUTLINE = COLORS + """
const one = document.activeElement;
return contrast(getComputedStyle(one).outlineColor, behind(one.parentElement));
"""


# Of WCAG 2.2, levels A and AA, and axe's own good practice.
AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, {preload: false, runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
  .then((found) => done(found.violations.map((each) => each.id + ": " + each.nodes.map((node) => node.html).join(" | "))),
        (fault) => done([String(fault)]));
"""


def axe() -> str:
    """The rules, as tools/install-dependencies --test has kept them."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    found = sorted(cache.glob("mailconf-tests/axe-core-*/axe.min.js"))
    if not found:
        raise Missing("axe-core is not there")
    return found[-1].read_text()


def selenium():
    try:
        from selenium import webdriver
    except ImportError as missing:
        raise Missing("selenium for Python is not installed") from missing
    return webdriver


class Browser:
    """`places`: "host:port" -> "address:port". The certificates are those of the world, which Chromium does not know."""

    def __init__(self, folder: Path, places: dict[str, str]):
        webdriver = selenium()
        from selenium.webdriver.chrome.service import Service
        self.downloads = folder / "downloads"
        self.downloads.mkdir(parents=True)
        options = webdriver.ChromeOptions()
        options.binary_location = program("chromium")
        rules = ", ".join(f"MAP {name} {place}" for name, place in places.items())
        for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run",
                         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic", "--ignore-certificate-errors", "--no-proxy-server",
                         f"--user-data-dir={folder / 'profile'}", f"--host-resolver-rules={rules}, MAP * ~NOTFOUND"):
            options.add_argument(argument)
        preferences = {"download.default_directory": str(self.downloads), "download.prompt_for_download": False}
        options.add_experimental_option("prefs", preferences)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        service = Service(program("chromedriver"), log_path=os.devnull)
        self.driver = webdriver.Chrome(service=service, options=options)

    def close(self) -> None:
        self.driver.quit()

    def open(self, url: str) -> None:
        self.driver.get(url)

    def find(self, selector: str):
        return self.driver.find_element("css selector", selector)

    def all(self, selector: str) -> list:
        return self.driver.find_elements("css selector", selector)

    def texts(self, selector: str) -> list[str]:
        return [element.text for element in self.all(selector)]

    def run(self, script: str):
        return self.driver.execute_script(script)

    def wait(self, condition, what: str) -> None:
        from selenium.webdriver.support.ui import WebDriverWait
        WebDriverWait(self.driver, 20).until(lambda _: condition(), what)

    def width(self, pixels: int, height: int = 900) -> None:
        self._command("Emulation.setDeviceMetricsOverride",
                      {"width": pixels, "height": height, "deviceScaleFactor": 1, "mobile": False})

    def scheme(self, name: str) -> None:
        self.features({"prefers-color-scheme": name})

    def features(self, values: dict[str, str] | None = None) -> None:
        """What the reader's system prefers; that of earlier calls is forgotten."""
        features = [{"name": name, "value": value} for name, value in (values or {}).items()]
        self._command("Emulation.setEmulatedMedia", {"features": features})

    def javascript(self, on: bool) -> None:
        self._command("Emulation.setScriptExecutionDisabled", {"value": not on})

    def allow_clipboard(self, origin: str) -> None:
        self._command("Browser.grantPermissions",
                      {"origin": origin, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]})

    def complaints(self) -> list[str]:
        """What the console says: scripts that fail, files that are missing, breaches of the security policy."""
        return [entry["message"] for entry in self.driver.get_log("browser")
                if entry["level"] in ("SEVERE", "WARNING") and "favicon" not in entry["message"]]

    def hosts(self) -> set[str]:
        """That the page has loaded anything from."""
        return set(self.run("return performance.getEntriesByType('resource').map((each) => new URL(each.name).host)"))

    def weakest_contrast(self) -> tuple[float, str]:
        return min(map(tuple, self.run(CONTRASTS)))

    def press(self, key: str) -> None:
        """A key, or text, for whatever has the focus."""
        from selenium.webdriver.common.action_chains import ActionChains
        ActionChains(self.driver, duration=0).send_keys(key).perform()

    def outline_contrast(self) -> float:
        """Between the outline of what has the focus and what is around it."""
        return self.run(OUTLINE)

    def violations(self, rules: str) -> list[str]:
        """Of the rules for pages that everybody can use."""
        self.run(rules)
        return self.driver.execute_async_script(AXE)

    def picture(self, name: str) -> None:
        """Into the folder MAILCONF_PICTURES, for people to look at."""
        if folder := os.environ.get("MAILCONF_PICTURES"):
            size = self.run("return [innerWidth, document.documentElement.scrollHeight]")
            self.width(size[0], size[1])
            self.driver.save_screenshot(str(Path(folder) / f"{name}.png"))

    def _command(self, name: str, arguments: dict) -> dict:
        return self.driver.execute_cdp_cmd(name, arguments)
