"""Network namespaces: this process's own, and below it one for a command that is watched."""

import ctypes
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from .processes import Failed, Missing, program

CLONE_NEWNET = 0x40000000  # linux/sched.h
OUTSIDE, INSIDE = "198.18.0.1", "198.18.0.2"  # RFC 2544 §C.2.2: of nobody's network
TIME_LIMIT = 60
WATCHED = Path(__file__).with_name("watched.py")


def leave_the_network() -> None:
    """From here on this process and its children have a network of their own: loopback, and OUTSIDE as an address of it."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNET) != 0:
        raise Missing(f"no network namespace can be made here: {os.strerror(ctypes.get_errno())}")
    _ip("link set lo up")
    _ip(f"address add {OUTSIDE}/32 dev lo")


@dataclass
class Watched:
    status: int
    output: str
    errors: str
    packets: set[tuple[int, str, int]]  # protocol, address, port of all that left, and of what went to itself

    @property
    def json(self):
        return json.loads(self.output)


def run_watched(folder: Path, command: list[str]) -> Watched:
    """Runs the command in a namespace below this process's own, all of whose ways lead to OUTSIDE."""
    folder.mkdir()
    process = subprocess.Popen([program("unshare"), "--net", sys.executable, str(WATCHED), str(folder), *command],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        if process.stdout.readline() != "ready\n":
            raise Missing("packets cannot be watched here")
        _lay_the_way(process.pid)
        process.communicate(timeout=TIME_LIMIT)
    finally:
        process.kill()
        process.wait()
    noted = json.loads((folder / "packets").read_text())
    if noted["lost"]:
        raise Failed(f"{noted['lost']} packets were not seen")
    return Watched(noted["status"], (folder / "output").read_text(), (folder / "errors").read_text(),
                   {tuple(packet) for packet in noted["packets"]})


def _lay_the_way(process: int) -> None:
    name = f"way{process}"
    _ip(f"link add {name} type veth peer name inside netns {process}")
    _ip(f"link set {name} up")
    _ip(f"route add {INSIDE} dev {name}")
    within = (program("nsenter"), "--net", "--target", str(process))
    for words in ("link set lo up", f"address add {INSIDE}/32 dev inside", "link set inside up",
                  f"route add {OUTSIDE} dev inside", f"route add default via {OUTSIDE}"):
        _ip(words, *within)
    if Path("/proc/sys/net/ipv6").exists():
        _ip("-6 route add default dev inside", *within)


def _ip(words: str, *before: str) -> None:
    done = subprocess.run([*before, program("ip"), *words.split()], capture_output=True, text=True)
    if done.returncode != 0:
        raise Missing(f"ip {words} is not possible here: {done.stderr.strip()}")
