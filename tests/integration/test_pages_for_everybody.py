"""WCAG 2.2 AA on the pages, as far as no checker sees it: by keyboard alone, enlarged, without colours, told by voice."""

import unittest

from paging import DOMAIN, ENTER, HOME, TAB, PagesCase

# Of what has the focus: which it is, whether that can be seen, and how large it is.
FOCUSED = """
const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]")]
  .filter((each) => each.getClientRects().length > 0);
const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
const at = document.elementFromPoint(box.left + Math.min(box.width / 2, 20), box.top + box.height / 2);
return {index: all.indexOf(one), count: all.length, name: one.outerHTML.slice(0, 80), outline: style.outlineStyle,
  width: parseFloat(style.outlineWidth), seen: at !== null && (one.contains(at) || at.contains(one)), color: style.outlineColor,
  inside: box.top >= -1 && box.left >= -1 && box.bottom <= innerHeight + 1 && box.right <= innerWidth + 1};
"""
# What can be pressed and is smaller than 24 by 24, unless it stands in a sentence (WCAG 2.2 §2.5.8).
SMALL = """
const in_sentence = (each) => getComputedStyle(each).display === "inline" &&
  each.parentElement.textContent.trim().length > each.textContent.trim().length;
return [...document.querySelectorAll("a[href], button, input:not([type=hidden])")].filter((each) => {
  const box = each.getBoundingClientRect();
  return !each.matches(".skip") && box.width > 0 && Math.min(box.width, box.height) < 24 && !in_sentence(each);
}).map((each) => each.outerHTML.slice(0, 100));
"""
# Text that reaches out of its box where the box cuts it off, or out of the window.
LOST = """
return [...document.querySelectorAll("body *")].filter((each) => {
  if (each.matches(".unseen, .skip") || each.getClientRects().length === 0) return false;
  const style = getComputedStyle(each), box = each.getBoundingClientRect();
  const cut = style.overflowX !== "visible" && (each.scrollWidth > each.clientWidth || each.scrollHeight > each.clientHeight + 1);
  const burst = each.matches("button, .button") && each.scrollWidth > each.clientWidth + 1;
  return cut || burst || box.right > innerWidth + 1;
}).map((each) => each.outerHTML.slice(0, 100));
"""
SPACING = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } " \
          "p { margin-bottom: 2em !important; }"
LARGE_TEXT = "html { font-size: 200% !important; }"
MOVES = """
return [...document.querySelectorAll("*")].filter((each) => { const style = getComputedStyle(each);
  return style.animationName !== "none" || parseFloat(style.transitionDuration) > 0 || style.scrollBehavior === "smooth";
}).map((each) => each.outerHTML.slice(0, 80));
"""
# Of each page: its title, its language, and which language each link to another one says and asks for.
LANGUAGES = """
const read = (text) => { const page = new DOMParser().parseFromString(text, "text/html");
  return [page.title, page.documentElement.lang,
    [...page.querySelectorAll(".languages a")].map((each) => [each.lang, new URL(each.href).searchParams.get("lang")])]; };
const done = arguments[1];
Promise.all(arguments[0].map((url) => fetch(url).then((answer) => answer.text()).then(read))).then(done, (fault) => done(String(fault)));
"""
WEIGHT = """
return [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .reduce((sum, each) => sum + each.decodedBodySize, 0);
"""


class PagesForEverybody(PagesCase):
    def setUp(self) -> None:
        super().setUp()
        self.browser.features()

    def every_page(self, language: str = "en", address: str = "") -> list[str]:
        self.browser.open(f"{HOME}?lang={language}&emailaddress={address}")
        here = f"{HOME}?lang={language}&emailaddress={address}"
        linked = self.browser.run(
            "return [...document.querySelectorAll('#guides a, #help a')].map((each) => each.href)")
        self.assertGreater(len(linked), 25)
        return [here, *linked]

    def press(self, key: str) -> None:
        self.browser.press(key)

    def focused(self) -> str:
        return self.browser.run("const one = document.activeElement; return one === document.body ? '' : one.outerHTML")

    def focus(self, selector: str) -> None:
        self.browser.run(f"document.querySelector({selector!r}).focus()")

    def with_style(self, css: str) -> None:
        """The pages' policy lets no style sheet in; one of the script interface is not bound by it."""
        self.browser.run(f"const sheet = new CSSStyleSheet(); sheet.replaceSync({css!r}); document.adoptedStyleSheets = [sheet]")

    def test_the_keyboard_reaches_everything_once_in_order_and_sees_where_it_is(self):
        # A phone's width for the page that has the most to press.
        for name, url, width in [*((name, url, 1100) for name, url in self.pages().items()), ("setup", HOME, 320)]:
            self.browser.width(width, 640)
            self.browser.open(url)
            reached = []
            self.press(TAB)
            state = self.browser.run(FOCUSED)
            for _ in range(state["count"]):
                reached.append(state["index"])
                self.assertNotEqual(state["outline"], "none", f"{name}: {state}")
                self.assertGreaterEqual(state["width"], 2, f"{name}: {state}")
                self.assertTrue(state["seen"] and state["inside"], f"{name}: {state}")
                self.press(TAB)
                state = self.browser.run(FOCUSED)
            self.assertEqual(reached, list(range(len(reached))), name)
            self.assertGreater(len(reached), 10)
            # Beyond the last one there is the browser itself: nobody is held.
            self.assertIn(state["index"], (-1, 0), name)

    def test_the_outline_of_the_focus_stands_out(self):
        for scheme in ("light", "dark"):
            self.browser.features({"prefers-color-scheme": scheme})
            for selector in (".skip", ".languages a", "#emailaddress", ".choice a", "code.copy + button", "#guides a", "#self-test button"):
                self.press(TAB)
                self.focus(selector)
                self.assertGreaterEqual(self.browser.outline_contrast(), 3, f"{scheme} {selector}")

    def test_the_skip_link_leads_into_the_content(self):
        self.press(TAB)
        self.press(ENTER)
        self.press(TAB)
        self.assertTrue(self.browser.run("return document.querySelector('main').contains(document.activeElement)"))

    def test_everything_works_by_keyboard_alone(self):
        self.browser.allow_clipboard(HOME.rstrip("/"))
        self.focus("#emailaddress")
        self.press(f"alice@{DOMAIN}")
        self.press(TAB)
        self.press(ENTER)
        self.browser.wait(lambda: "emailaddress=alice" in self.browser.driver.current_url, "the settings")
        self.focus("code.copy + button")
        self.press(" ")
        self.browser.wait(lambda: self.browser.run("return navigator.clipboard.readText()") == f"imap.{DOMAIN}", "the copy")
        self.focus("#guides a")
        self.press(ENTER)
        self.browser.wait(lambda: "/guide/" in self.browser.driver.current_url, "a guide")

    def test_who_switches_the_language_stays_where_the_languages_are(self):
        for javascript in (True, False):
            self.browser.javascript(javascript)
            self.browser.open(HOME)
            self.focus(".languages a[lang=fr]")
            self.press(ENTER)
            self.browser.wait(lambda: self.browser.find("html").get_attribute("lang") == "fr", "French")
            self.assertIn('lang="fr"', self.focused())

    def test_who_switches_the_protocol_stays_at_the_choice(self):
        for url, choice in ((HOME, ".choice"), (f"{HOME}guide/outlook", ".switch")):
            self.browser.open(url)
            self.focus(f"{choice} a:not([aria-current])")
            self.press(ENTER)
            self.browser.wait(lambda: "protocol=pop3" in self.browser.driver.current_url, "POP3")
            self.assertIn("POP3", self.focused())
            self.assertIn("aria-current", self.focused())

    def announced(self) -> list[str]:
        return self.browser.run("return window.announced.filter((each) => each !== '')")

    def listen(self) -> None:
        """To what a screen reader says of the region that is announced politely."""
        self.assertEqual(self.browser.find("#said").get_attribute("role"), "status")
        self.browser.run("window.announced = []; const said = document.getElementById('said'); new MutationObserver("
                         "() => announced.push(said.textContent)).observe(said, {childList: true, characterData: true, subtree: true})")

    def test_every_copy_is_announced_also_the_second_one(self):
        self.browser.allow_clipboard(HOME.rstrip("/"))
        self.listen()
        for number, button in enumerate(self.browser.all("code.copy + button")[:2], 1):
            button.click()
            self.browser.wait(lambda: len(self.announced()) == number, "what was done")
        self.assertEqual(self.announced(), ["Copied", "Copied"])

    def test_the_outcome_of_the_self_test_is_announced_and_the_focus_stays(self):
        self.listen()
        self.focus("#self-test button")
        self.press(ENTER)
        self.browser.wait(lambda: self.browser.all("#result li"), "the outcome")
        self.assertIn("Test the servers", self.focused())
        self.browser.wait(lambda: any(f"imap.{DOMAIN}" in each for each in self.announced()), "the announcement")

    def test_pages_have_titles_of_their_own_and_say_their_language(self):
        for language in ("en", "de", "es", "fr", "ja"):
            told = self.browser.driver.execute_async_script(LANGUAGES, self.every_page(language))
            self.assertEqual(len({title for title, _, _ in told}), len(told), language)
            for title, own, others in told:
                self.assertEqual((own, len(others)), (language, 5), title)
                for spoken, asked in others:
                    self.assertEqual(spoken, asked)

    def test_every_page_fits_a_width_of_320_and_weighs_less_than_60_kilobytes(self):
        self.browser.width(320)
        for url in self.every_page("de", f"alice@{DOMAIN}"):
            self.browser.open(url)
            self.assertEqual(self.browser.run(LOST), [], url)
            self.assertLessEqual(self.browser.run("return document.documentElement.scrollWidth"), 320, url)
            self.assertLess(self.browser.run(WEIGHT), 60_000, url)

    def test_spaced_text_and_what_is_enlarged_twice_lose_nothing(self):
        for css, width, language in ((SPACING, 1100, "ja"), (SPACING, 320, "de"), (LARGE_TEXT, 1100, "de"),
                                     (LARGE_TEXT, 640, "ja"), ("", 550, "de")):
            self.browser.width(width)
            for name, url in self.pages().items():
                self.browser.open(f"{url}{'&' if '?' in url else '?'}lang={language}")
                self.with_style(css)
                self.assertEqual(self.browser.run(LOST), [], f"{name} {language} {width}")

    def test_what_is_pressed_is_large_enough_for_a_finger(self):
        for width in (1100, 320):
            self.browser.width(width)
            for name, url in self.pages().items():
                self.browser.open(url)
                self.assertEqual(self.browser.run(SMALL), [], f"{name} {width}")

    def test_nothing_moves_for_those_who_want_it_still(self):
        self.browser.features({"prefers-reduced-motion": "reduce"})
        for name, url in self.pages().items():
            self.browser.open(url)
            self.assertEqual(self.browser.run(MOVES), [], name)

    def test_forced_colours_leave_buttons_choice_and_focus_to_be_seen(self):
        self.browser.features({"forced-colors": "active"})
        self.browser.open(HOME)
        self.assertTrue(self.browser.run("return matchMedia('(forced-colors: active)').matches"))
        widths = self.browser.run("return [...document.querySelectorAll('.choice a')].map((each) => parseFloat(getComputedStyle(each).borderTopWidth))")
        self.assertGreater(widths[0], widths[1])
        self.assertEqual(self.browser.run("return [...document.querySelectorAll('button, .button, input[type=email]')].filter("
                                          "(each) => getComputedStyle(each).borderTopStyle === 'none').length"), 0)
        self.press(TAB)
        self.assertNotEqual(self.browser.run(FOCUSED)["outline"], "none")
        self.assertEqual(self.browser.violations(self.rules), [])


if __name__ == "__main__":
    unittest.main()
