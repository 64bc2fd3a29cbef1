"""What the integration tests share: the programs under test, and a case that says why it was skipped."""

import json
import os
import subprocess
import unittest
from dataclasses import dataclass
from pathlib import Path

from world import Missing, World

ROOT = Path(__file__).resolve().parent.parent.parent
MAILCONF = Path(os.environ.get("MAILCONF", ROOT / "build/release/tools/mailconf/mailconf"))
MAILCONFD = Path(os.environ.get("MAILCONFD", ROOT / "build/release/server/mailconfd"))
DEMO = ROOT / "data" / "demo" / "domains" / "demo.example.toml"
TIME_LIMIT = 60
TIMES = ("elapsedMs", "startedMs", "provisionalMs", "provedMs")
# No proxy of this machine has a part in the tests' worlds.
for name in ("HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"):
    os.environ.pop(name, None)


@dataclass
class Ended:
    status: int
    output: str
    errors: str

    @property
    def json(self):
        return json.loads(self.output)


def mailconf(*arguments: str, **environment: str) -> Ended:
    # A session of its own has no terminal that could be asked for a password.
    done = subprocess.run([str(MAILCONF), *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=TIME_LIMIT, start_new_session=True, env={**os.environ, **environment})
    return Ended(done.returncode, done.stdout, done.stderr)


def without_times(value):
    if isinstance(value, dict):
        return {name: without_times(member) for name, member in value.items() if name not in TIMES}
    return [without_times(each) for each in value] if isinstance(value, list) else value


def without_network(*arguments: str) -> Ended:
    """In a network namespace of its own, where not even loopback is up; as it is where that is not allowed."""
    command = [str(MAILCONF), *arguments]
    apart = ["unshare", "--user", "--net"]
    if subprocess.run([*apart, "true"], capture_output=True).returncode == 0:
        command = [*apart, *command]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=TIME_LIMIT)
    return Ended(done.returncode, done.stdout, done.stderr)


class WorldCase(unittest.TestCase):
    """A world for all tests of a class, made by build(world). What a machine lacks skips the class, in CI it fails it."""

    world: World

    @classmethod
    def setUpClass(cls) -> None:
        cls.world = World()
        cls.addClassCleanup(cls.world.close)
        try:
            cls.build(cls.world)
        except Missing as missing:
            if os.environ.get("CI") == "true":
                raise
            raise unittest.SkipTest(f"because {missing}") from missing

    @classmethod
    def build(cls, world: World) -> None:
        raise NotImplementedError

    def resolve(self, address: str, *options: str) -> Ended:
        """mailconf resolve --json in this world, and its exit status as it came."""
        return mailconf("resolve", address, "--json", "--ispdb", "off", "--allow-private",
                        "--ca-file", str(self.world.authority.certificate), *options)
