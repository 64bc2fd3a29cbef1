"""Holds what the library writes against the published schemas, and the schemas against damaged results.

Usage: schema_test.py PROGRAM SCHEMA_FOLDER; the program prints "schema name, tab, JSON" a line.
"""
import copy
import json
import pathlib
import subprocess
import sys

SKIPPED = 77
try:
    import jsonschema
except ImportError:
    print("skipped, because python3-jsonschema is not installed")
    sys.exit(SKIPPED)


def validators(folder):
    made = {}
    for name in ("result", "probe", "simulation", "check"):
        schema = json.loads((folder / f"{name}.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        made[name] = jsonschema.Draft202012Validator(schema)
    return made


def written(program):
    output = subprocess.run([program], check=True, capture_output=True, timeout=60).stdout.decode("utf-8")
    for line in output.splitlines():
        name, text = line.split("\t", 1)
        yield name, json.loads(text)


def damaged(result):
    """Each result with one thing wrong that the schema must notice."""

    def change(*path, value):
        broken = copy.deepcopy(result)
        place = broken
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
        return broken

    yield "a status that does not exist", change("status", value="good")
    yield "a member that does not exist", change("surprise", value=1)
    yield "a port out of range", change("incoming", 0, "port", value=0)
    yield "a socket type in other letters", change("incoming", 0, "socketType", value="ssl")
    yield "a source that does not exist", change("sources", 0, "source", value="rumour")
    yield "found without an incoming server", change("incoming", value=[])
    yield "an outcome that does not exist", change("incoming", 0, "proof", "outcome", value="perhaps")
    yield "a time that runs backwards", change("elapsedMs", value=-1)
    for member in ("address", "domain", "status", "sources", "warnings", "elapsedMs"):
        broken = copy.deepcopy(result)
        del broken[member]
        yield f"{member} missing", broken


def main(program, folder):
    schemas = validators(pathlib.Path(folder))
    mistakes = 0
    results = list(written(program))
    for name, value in results:
        for error in schemas[name].iter_errors(value):
            mistakes += 1
            subject = value.get("status", name)
            print(f"{subject}: {error.json_path}: {error.message}")
    found = next(value for name, value in results if value.get("status") == "found")
    for what, value in damaged(found):
        if schemas["result"].is_valid(value):
            mistakes += 1
            print(f"the schema accepts {what}")
    print(f"{len(results)} results, {mistakes} mistakes")
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
