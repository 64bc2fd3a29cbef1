"""Checks a tree against rules.py.   check.py ROOT   prints every violation as "file:line: what"; exit status 1 if any."""

import re
import sys
from pathlib import Path

from rules import (EVERYWHERE, IMPURE_HEADERS, IMPURE_PREFIXES, IMPURE_WORDS, LONGEST_FILE, RULES,
                   STANDARD_IN_PURE_CODE, UNFINISHED, Rule)

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')
SOURCE_FOLDERS = ("resolver", "server", "tools", "tests")
SOURCE_SUFFIXES = {".cpp", ".h", ".py", ".cmake", ".sh", ".S"}
UNFINISHED_WORD = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in UNFINISHED))


def beside(name: str, file: Path, folder: Path) -> bool:
    return ".." not in name and ((file.parent / name).exists() or (folder / name).exists())


def project_include_problem(name: str, rule: Rule) -> str | None:
    if name in rule.headers or "/" in name and name.split("/")[0] in rule.folders:
        return None
    return f'may not include "{name}"'


def system_include_problem(name: str, rule: Rule) -> str | None:
    if name.startswith((*EVERYWHERE, *rule.libraries)):
        return None
    if rule.pure and (name in IMPURE_HEADERS or name.startswith(IMPURE_PREFIXES)):
        return f"may not include <{name}>: {STANDARD_IN_PURE_CODE}"
    outside = "/" in name and not name.startswith(IMPURE_PREFIXES)
    return f"may not include <{name}>: not a library of this folder" if outside else None


def line_problem(line: str, rule: Rule, is_beside) -> str | None:
    include = INCLUDE.match(line)
    if include:
        own, system = include.groups()
        if own:
            return None if is_beside(own) else project_include_problem(own, rule)
        return system_include_problem(system, rule)
    code = line.split("//")[0]
    used = [word for word in IMPURE_WORDS if rule.pure and word in code]
    return f"may not use {used[0]}: {STANDARD_IN_PURE_CODE}" if used else None


def layer_problems(root: Path):
    for folder, rule in RULES.items():
        for file in sorted((root / folder).rglob("*")):
            if file.suffix not in {".cpp", ".h"}:
                continue
            for number, line in enumerate(file.read_text().splitlines(), 1):
                problem = line_problem(line, rule, lambda name: beside(name, file, root / folder))
                if problem:
                    yield f"{file.relative_to(root)}:{number}: {problem}"


def source_files(root: Path):
    for folder in SOURCE_FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            if file.is_file() and (file.suffix in SOURCE_SUFFIXES or file.name == "CMakeLists.txt"):
                yield file


def upkeep_problems(root: Path):
    for file in source_files(root):
        lines = file.read_text(errors="replace").splitlines()
        if len(lines) > LONGEST_FILE:
            yield f"{file.relative_to(root)}:{len(lines)}: longer than {LONGEST_FILE} lines"
        for number, line in enumerate(lines, 1):
            word = UNFINISHED_WORD.search(line)
            if word:
                yield f'{file.relative_to(root)}:{number}: "{word.group()}": finish it or leave it out'


def problems(root: Path) -> list[str]:
    return [*layer_problems(root), *upkeep_problems(root)]


if __name__ == "__main__":
    found = problems(Path(sys.argv[1]))
    print("\n".join(found) or "every folder includes only what it may")
    sys.exit(1 if found else 0)
