"""Programs as children: started, waited for by connecting to them, ended by their process id."""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

PR_SET_PDEATHSIG = 1  # linux/prctl.h
PATIENCE = 20.0  # seconds until a server must answer; a loaded machine with sanitizers is slow
POLL = 0.02
SYSTEM_FOLDERS = "/usr/local/sbin:/usr/sbin:/sbin:/usr/lib/postfix/sbin"


class Missing(Exception):
    """Something this machine does not have: the reason to skip a test."""


class Failed(Exception):
    """A server that did not come up; its log is in the text."""


def program(name: str) -> str:
    found = shutil.which(name, path=os.environ.get("PATH", "") + ":" + SYSTEM_FOLDERS)
    if found is None:
        raise Missing(f"the program {name} is not installed")
    return found


def free_ports(address: str, count: int) -> list[int]:
    """Ports that nobody listens on; all held at once, so that no two are the same."""
    holders = [socket.socket() for _ in range(count)]
    try:
        for holder in holders:
            holder.bind((address, 0))
        return [holder.getsockname()[1] for holder in holders]
    finally:
        for holder in holders:
            holder.close()


def accepts(address: str, port: int) -> bool:
    try:
        with socket.create_connection((address, port), timeout=1):
            return True
    except OSError:
        return False


def wait_until(condition, what: str, patience: float = PATIENCE) -> None:
    end = time.monotonic() + patience
    while not condition():
        if time.monotonic() > end:
            raise Failed(f"waited {patience:.0f} s for {what}")
        time.sleep(POLL)


def _die_with_parent() -> None:
    """A test that is killed for its time limit leaves no server behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Daemon:
    """A server in the foreground whose output goes to a file."""

    def __init__(self, name: str, argv: list[str], log: Path, environment: dict[str, str] | None = None):
        self.name = name
        self.log = log
        with open(log, "ab") as output:
            self.process = subprocess.Popen(
                argv, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
                preexec_fn=_die_with_parent, env={**os.environ, **(environment or {})})

    def wait_for(self, address: str, ports: list[int]) -> None:
        for port in ports:
            wait_until(lambda port=port: self._check_alive() and accepts(address, port),
                       f"{self.name} on {address}:{port}\n{self.output()}")

    def output(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def stop(self) -> int:
        """Asks politely, then insists; returns the exit status."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()
        return self.process.wait()

    def _check_alive(self) -> bool:
        if self.process.poll() is not None:
            raise Failed(f"{self.name} ended with status {self.process.returncode}:\n{self.output()}")
        return True
