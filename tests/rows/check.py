"""Every row that tests/README.md lists has a test that carries its number, or a line there that says why it has none.

check.py ROOT   prints what is missing; exit status 1 if anything is
"""

import re
import sys
from pathlib import Path

RANGE = re.compile(r"^\| ([A-Z]|server )(\d+)-\1(\d+) \|", re.MULTILINE)
EXCUSE = re.compile(r"^\| ((?:[A-Z]|server )\d+) \| ", re.MULTILINE)
NAMES = (
    re.compile(r"_(?:TEST_CASE|DATA_TEST_CASE)\(([A-Za-z0-9_]+)"),
    re.compile(r"def test_([A-Za-z0-9_]+)"),
    re.compile(r'\{"([A-Z]\d+[a-z]? [^"]+)"'),  # a row of a table of cases
)
NUMBER = re.compile(r"(?:^|[_ ])([A-Z]\d+)[a-z]?(?=[_ ])")
SERVER_NUMBERS = re.compile(r"(?:^|_)rows?((?:_\d+)+)_")  # "row_105_…", "rows_20_21_…"


def listed(text: str) -> list[str]:
    return [f"{letter}{number}" for letter, first, last in RANGE.findall(text) for number in range(int(first), int(last) + 1)]


def names(tests: Path):
    for file in tests.rglob("*"):
        if file.suffix == ".toml":
            yield file.stem
        elif file.suffix in {".cpp", ".py"}:
            text = file.read_text(errors="replace")
            for pattern in NAMES:
                yield from pattern.findall(text)


def numbers(name: str) -> list[str]:
    server = [f"server {number}" for found in SERVER_NUMBERS.findall(name) for number in found.strip("_").split("_")]
    return NUMBER.findall(name + " ") + server


def missing(root: Path) -> list[str]:
    text = (root / "tests" / "README.md").read_text()
    rows = listed(text)
    excused = set(EXCUSE.findall(text))
    tested = {number for name in names(root / "tests") for number in numbers(name)}
    without = [f"{row}: no test carries its number" for row in rows if row not in tested and row not in excused]
    needless = [f"{row}: has a test, and an excuse for having none" for row in sorted(excused) if row in tested]
    return without + needless


if __name__ == "__main__":
    problems = missing(Path(sys.argv[1]))
    print("\n".join(problems) or "every row has its test or its reason")
    sys.exit(1 if problems else 0)
