"""mailconfd under a service manager: sockets handed over, what it tells, the watchdog, and the units as shipped."""

import os
import re
import signal
import socket
import subprocess
import tempfile
import unittest
from pathlib import Path

from support import MAILCONFD, ROOT
from test_server import definition, get
from world import Missing
from world.processes import Daemon, program

UNITS = ROOT / "server" / "systemd"
PATIENCE = 20.0
MOST_EXPOSED = 25  # of 100, as systemd-analyze counts


def needed(name: str) -> str:
    try:
        return program(name)
    except Missing as missing:
        if os.environ.get("CI") == "true":
            raise
        raise unittest.SkipTest(f"because {missing}") from missing


class Notices:
    """The other end of NOTIFY_SOCKET."""

    def __init__(self, path: Path):
        self.path = path
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(path))
        self.socket.settimeout(PATIENCE)

    def until(self, word: str) -> list[str]:
        """What was told up to the first notice that begins with the word."""
        told = []
        while not told or not told[-1].startswith(word):
            told.append(self.socket.recv(4096).decode())
        return told


class Service(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "domains").mkdir()
        (self.folder / "domains" / "a.toml").write_text(definition("example.com", "A"))
        self.notices = Notices(self.folder / "notify")
        self.addCleanup(self.notices.socket.close)

    def configuration(self, http: str) -> str:
        path = self.folder / "mailconfd.toml"
        path.write_text(f'[server]\nhttp = ["{http}"]\n[store]\nurl = "directory:domains"\n')
        return str(path)

    def start(self, argv: list[str], **environment: str) -> Daemon:
        daemon = Daemon("mailconfd", argv, self.folder / "log",
                        {"NOTIFY_SOCKET": str(self.notices.path), **environment})
        self.addCleanup(daemon.process.wait, PATIENCE)
        self.addCleanup(daemon.process.terminate)
        return daemon

    def test_readiness_reloads_and_the_end_are_told(self) -> None:
        daemon = self.start([str(MAILCONFD), "--config", self.configuration("127.0.0.1:0")])
        self.notices.until("READY=1")
        daemon.process.send_signal(signal.SIGHUP)
        self.assertTrue(self.notices.until("RELOADING=1")[-1].split("\n")[1].startswith("MONOTONIC_USEC="))
        self.notices.until("READY=1")
        daemon.process.send_signal(signal.SIGTERM)
        self.notices.until("STOPPING=1")
        self.assertEqual(daemon.process.wait(PATIENCE), 0)

    def test_the_watchdog_is_fed_again_and_again(self) -> None:
        self.start([str(MAILCONFD), "--config", self.configuration("127.0.0.1:0")], WATCHDOG_USEC="200000")
        self.notices.until("READY=1")
        for _ in range(3):
            self.notices.until("WATCHDOG=1")

    def test_sockets_that_are_handed_over_take_the_place_of_addresses(self) -> None:
        activate = needed("systemd-socket-activate")
        with socket.socket() as holder:
            holder.bind(("127.0.0.1", 0))
            port = holder.getsockname()[1]
        # 192.0.2.1 is no address of this machine (RFC 5737): a server that tried to listen there would end.
        daemon = self.start([activate, f"--listen=127.0.0.1:{port}", "--fdname=http", "--setenv=NOTIFY_SOCKET",
                             str(MAILCONFD), "--config", self.configuration("192.0.2.1:80")])
        daemon.wait_for("127.0.0.1", [port])
        status, body = get("127.0.0.1", port, "/mail/config-v1.1.xml", "autoconfig.example.com")
        self.assertEqual(status, 200)
        self.assertIn("imap.example.com", body)

    def test_a_socket_of_an_unknown_name_is_refused(self) -> None:
        activate = needed("systemd-socket-activate")
        with socket.socket() as holder:
            holder.bind(("127.0.0.1", 0))
            port = holder.getsockname()[1]
        daemon = self.start([activate, f"--listen=127.0.0.1:{port}", "--fdname=smtp",
                             str(MAILCONFD), "--config", self.configuration("127.0.0.1:0")])
        daemon.wait_for("127.0.0.1", [port])
        self.assertEqual(daemon.process.wait(PATIENCE), 1)
        self.assertIn('FileDescriptorName: must be http, https or admin, not "smtp"', daemon.output())


class Units(unittest.TestCase):
    def test_the_units_are_well_formed(self) -> None:
        analyze = needed("systemd-analyze")
        with tempfile.TemporaryDirectory() as folder:
            for unit in (*UNITS.glob("*.service"), *UNITS.glob("*.socket")):
                text = unit.read_text().replace("/usr/bin/mailconfd", str(MAILCONFD))
                (Path(folder) / unit.name).write_text(text)
            done = subprocess.run([analyze, "verify", "--man=no", *sorted(str(path) for path in Path(folder).iterdir())],
                                  capture_output=True, text=True, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_the_group_that_reads_private_keys_is_made(self) -> None:
        service = (UNITS / "mailconfd.service").read_text()
        group = re.search(r"^SupplementaryGroups=(\S+)$", service, re.MULTILINE)[1]
        self.assertRegex((UNITS / "mailconfd.sysusers").read_text(), rf"(?m)^g {group} - -$")
        self.assertIn(f"-g {group} /etc/mailconfd/certs", (ROOT / "server" / "doc" / "certificates.md").read_text())

    def test_the_service_is_closed_in(self) -> None:
        analyze = needed("systemd-analyze")
        done = subprocess.run([analyze, "security", "--offline=true", f"--threshold={MOST_EXPOSED}",
                               str(UNITS / "mailconfd.service")], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stdout)


if __name__ == "__main__":
    unittest.main()
