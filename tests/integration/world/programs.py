"""Other people's mail programs, each run in a home folder of its own in which the world's names have addresses."""

import fcntl
import os
import pty
import select
import shutil
import subprocess
import termios
import time
from pathlib import Path

from .processes import Missing, program

PATIENCE = 40  # seconds for a program to do its work on a loaded machine
WRAPPERS = "/usr/lib"


def name_wrapper() -> Path:
    """libnss_wrapper answers for the C library's look-ups of names from a file."""
    for found in Path(WRAPPERS).glob("*/libnss_wrapper.so"):
        return found
    raise Missing("the library nss_wrapper is not installed")


class Home:
    """`names`: those that `address` stands for. Programs see them, this folder as HOME, and nothing of the user's.

    Where the tests run as root the programs do not: some of them would refuse to.
    """

    def __init__(self, folder: Path, address: str, names: list[str]):
        self.folder = folder
        folder.mkdir()
        self._identity = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
        hosts = folder / "hosts"
        hosts.write_text("".join(f"{address} {name}\n" for name in names))
        self.environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": str(folder), "TERM": "xterm", "LC_ALL": "C.UTF-8",
            "XDG_CONFIG_HOME": str(folder / ".config"), "LD_PRELOAD": str(name_wrapper()),
            "NSS_WRAPPER_HOSTS": str(hosts), "GODEBUG": "netdns=cgo",
        }

    def file(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o600)
        self._give_away()
        return path

    def maildir(self, name: str) -> Path:
        for part in ("cur", "new", "tmp"):
            (self.folder / name / part).mkdir(parents=True, exist_ok=True)
        self._give_away()
        return self.folder / name

    def run(self, name: str, *arguments: str, text: str = "") -> subprocess.CompletedProcess:
        return subprocess.run([program(name), *arguments], input=text, capture_output=True, text=True, timeout=PATIENCE,
                              env=self.environment, cwd=self.folder, **self._identity)

    def watch(self, name: str, *arguments: str, until, **environment: str) -> str:
        """Runs a program for the screen until until(what it has shown) is true; returns what it showed."""
        ours, theirs = pty.openpty()
        process = subprocess.Popen([program(name), *arguments], stdin=theirs, stdout=theirs, stderr=theirs,
                                   env={**self.environment, **environment}, cwd=self.folder, start_new_session=True,
                                   preexec_fn=_own_terminal, **self._identity)
        os.close(theirs)
        try:
            return _shown(ours, process, until)
        finally:
            process.kill()
            process.wait()
            os.close(ours)

    def _give_away(self) -> None:
        if self._identity:
            for path in (self.folder, *self.folder.rglob("*")):
                shutil.chown(path, "nobody", "nogroup")

    def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def _own_terminal() -> None:
    """What /dev/tty is for this process."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _shown(terminal: int, process: subprocess.Popen, until) -> str:
    shown = b""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None and not until(shown.decode(errors="replace")):
        # What a program writes must be read, or it waits.
        if select.select([terminal], [], [], 0.05)[0]:
            try:
                shown += os.read(terminal, 65536)
            except OSError:
                break
    return shown.decode(errors="replace")
