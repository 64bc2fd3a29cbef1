"""What mailconf export writes, given to real programs of the desktop, on a screen that nobody sees."""

import re
import unittest

from exporting import DOMAINS, Exporting
from world import Missing, World
from world.processes import Daemon, program, wait_until

FOLDERS = """\
<?xml version="1.0" encoding="UTF-8"?>
<folderlist><folder type="mh" name="Mailbox" path="Mail"/></folderlist>
"""
SOURCES = ("--dest=org.gnome.evolution.dataserver.Sources5", "/org/gnome/evolution/dataserver/SourceManager",
           "org.freedesktop.DBus.ObjectManager.GetManagedObjects")


class ClawsMail(Exporting):
    """Without a mailbox of its own it would first ask for an account."""

    def setUp(self) -> None:
        super().setUp()
        try:
            command = [program("Xvfb"), "-displayfd", "1", "-nolisten", "tcp", "-ac"]
        except Missing as missing:
            self.lacks(missing)
        log = self.world.folder / "screen"
        self.screen = Daemon("Xvfb", command, log)
        self.addCleanup(log.unlink)
        self.addCleanup(self.screen.stop)
        wait_until(lambda: re.search(r"^\d+$", log.read_text(), re.M), "Xvfb")
        self.display = ":" + re.search(r"^\d+$", log.read_text(), re.M).group()
        for folder in ("inbox", "sent", "draft", "queue", "trash"):
            self.home.file(f"Mail/{folder}/.mh_sequences", "")
        self.home.file("claws/folderlist.xml", FOLDERS)

    def start(self, until, **environment: str) -> str:
        return self.watch("claws-mail", "--alternate-config-dir", str(self.home.folder / "claws"), until=until,
                          DISPLAY=self.display, NO_AT_BRIDGE="1", GSETTINGS_BACKEND="memory",
                          DBUS_SESSION_BUS_ADDRESS="disabled:", XDG_RUNTIME_DIR=str(self.home.folder), **environment)

    def log(self) -> str:
        log = self.home.folder / "claws" / "claws.log"
        return log.read_text() if log.exists() else ""

    def test_it_connects_to_the_server_of_its_new_account_either_way_of_tls(self):
        for domain, mark in (("implicit.example", "IMAP< * OK"), ("upgraded.example", "IMAP< 1 OK Begin TLS")):
            with self.subTest(domain):
                self.home.file("claws/accountrc", self.exported("claws-mail", domain, with_password=False))
                before = self.handshakes()
                shown = self.start(lambda _, mark=mark, before=before: mark in self.log() and self.handshakes() > before,
                                   SSL_CERT_FILE=str(self.world.authority.certificate))
                self.assertIn(f"Account 'alice@{domain}': Connecting to IMAP server: imap.{domain}:", self.log(), shown)
                self.assertIn(mark, self.log(), shown)
                self.assertGreater(self.handshakes(), before, shown)

    def handshakes(self) -> int:
        """Those that the client, too, has ended: it took the certificate."""
        return self.mail.daemon.output().count("SSL negotiation finished successfully")


class Evolution(Exporting):
    def test_its_registry_lists_the_three_sources(self):
        for domain in DOMAINS:
            with self.subTest(domain):
                script = self.home.file("script", self.exported("evolution", domain, with_password=False))
                self.assert_ran(self.run_program("sh", str(script)), script)
                known = self.run_program("dbus-run-session", "--", "dbus-send", "--session", "--print-reply", *SOURCES).stdout
                for part in ("", "-identity", "-transport"):
                    self.assertIn(f'string "alice@{domain}{part}"', known)
                self.assertIn(f"Host=imap.{domain}\n", known)
                self.assertIn(f"TransportUid=alice@{domain}-transport\n", known)


del Exporting  # a frame, not a case


if __name__ == "__main__":
    unittest.main()
