"""The manuals are rendered without a warning, and tell of every option and key that there is.

check.py ROOT MAILCONFD
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PAGES = ("tools/mailconf/mailconf.1", "server/mailconfd.8")
KEY = re.compile(r'fields\.(?:required_)?(?:text|texts|boolean|integer)\("([a-z-]+)"\)|_port\(fields, "([a-z-]+)"\)')
KEYS_BY_HELPER = ("http", "https", "trusted-proxies", "dns", "plain-http", "every", "keep")


def rendered(page: Path) -> subprocess.CompletedProcess:
    return subprocess.run(["groff", "-man", "-ww", "-b", "-Tutf8", "-P-c", "-rLL=100n", str(page)], capture_output=True,
                          text=True, timeout=60)


def plain(source: str) -> str:
    """The source without what only troff reads."""
    return re.sub(r"\\f[BIR]|\\&", "", source).replace("\\-", "-").replace("\\(dq", '"')


def untold(root: Path, mailconfd: str) -> list[str]:
    manual = plain((root / "server" / "mailconfd.8").read_text())
    sources = "".join((root / "server" / name).read_text() for name in ("configuration.cpp", "logins/login_source.cpp"))
    keys = {first or second for first, second in KEY.findall(sources)}
    usage = subprocess.run([mailconfd, "--help"], capture_output=True, text=True, check=True, timeout=60).stdout
    options = set(re.findall(r"--[a-z-]+", usage))
    assert len(keys) > 8 and len(options) > 3, "the sources are not read as they are written any more"
    return sorted(word for word in keys | set(KEYS_BY_HELPER) | options
                  if not re.search(rf"^\.(?:B|BI|BR|RB)\b.*(?<![\w-]){re.escape(word)}(?![\w-])", manual, re.MULTILINE))


def rejected_example(root: Path, mailconfd: str) -> str:
    """What the server says of the manual's own configuration and definition."""
    examples = re.findall(r"^\.EX\n(.*?)^\.EE", plain((root / "server" / "mailconfd.8").read_text()), re.MULTILINE | re.DOTALL)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "certs").mkdir()
        (folder / "domains").mkdir()
        (folder / "mailconfd.toml").write_text(examples[0])
        (folder / "domains" / "example.org.toml").write_text(examples[1])
        checked = subprocess.run([mailconfd, "--config", str(folder / "mailconfd.toml"), "--check"], capture_output=True,
                                 text=True, timeout=60)
        return "" if checked.returncode == 0 else checked.stdout + checked.stderr


if __name__ == "__main__":
    root, mailconfd = Path(sys.argv[1]), sys.argv[2]
    problems = [f"mailconfd.8 does not tell of {word}" for word in untold(root, mailconfd)]
    if problem := rejected_example(root, mailconfd):
        problems.append(f"mailconfd.8: its example is refused: {problem}")
    if shutil.which("groff") is None:
        print("skipped=groff is not installed")
    else:
        for page in PAGES:
            done = rendered(root / page)
            problems += [f"{page}: {line}" for line in done.stderr.splitlines()]
            if done.returncode != 0 or len(done.stdout) < 1000:
                problems.append(f"{page}: cannot be rendered")
    print("\n".join(problems) or "every manual is rendered, and complete")
    sys.exit(1 if problems else 0)
