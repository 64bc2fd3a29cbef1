"""What mailconf export writes, given to the real programs, which then read and send mail at dovecot and postfix."""

import shutil
import unittest
from pathlib import Path

from exporting import DOMAINS, PASSWORD, SUBJECT, Exporting
from world import World


class Reading(Exporting):
    def test_mbsync_fetches_either_way_of_tls(self):
        for domain in DOMAINS:
            file = self.home.file("configuration", self.exported("isync", domain))
            self.deliver()
            self.home.maildir(f"Mail/alice@{domain}/INBOX")
            self.assert_ran(self.run_program("mbsync", "-c", str(file), "-a"), file)
            self.assert_fetched(self.home.folder / "Mail" / f"alice@{domain}")

    def test_offlineimap_fetches(self):
        self.assert_fetches_by("offlineimap", "implicit.example",
                               lambda file: self.run_program("offlineimap", "-o", "-c", file, "-u", "basic"))

    def test_getmail_fetches_by_imap_and_by_pop3(self):
        for kind in ("imap", "pop3"):
            self.publish("implicit.example", kind)
            self.addCleanup(self.publish, "implicit.example", "imap")
            with self.subTest(kind):
                self.assert_fetches_by("getmail6", "implicit.example",
                                       lambda file: self.run_program("getmail", "--rcfile", file, "--getmaildir",
                                                                     str(self.home.folder)))
            shutil.rmtree(self.home.folder / "Mail")

    def test_fetchmail_fetches_by_imap_and_pop3_either_way_of_tls(self):
        for domain in DOMAINS:
            for kind in ("imap", "pop3"):
                self.publish(domain, kind)
                self.addCleanup(self.publish, domain, "imap")
                with self.subTest(f"{kind} {domain}"):
                    self.deliver()
                    file = self.home.file("configuration", self.exported("fetchmail", domain, with_password=False))
                    # It would ask, and there is nobody to answer.
                    file.write_text(file.read_text() + f'    password "{self.in_fetchmail()}"\n')
                    box = self.home.folder / f"box-{kind}-{domain}"
                    done = self.run_program("fetchmail", "-f", str(file), "--pidfile", str(self.home.folder / "pid"),
                                            "--mda", f"cat >>{box}")
                    self.assert_ran(done, file)
                    self.assertIn(SUBJECT, box.read_text())

    @staticmethod
    def in_fetchmail() -> str:
        return PASSWORD.replace('"', "\\x22")

    def test_neomutt_and_mutt_sign_in_either_way_of_tls(self):
        for name in ("neomutt", "mutt"):
            for domain in DOMAINS:
                with self.subTest(f"{name} {domain}"):
                    file = self.home.file("configuration", self.exported(name, domain))
                    self.assert_signs_in(domain, name, "-n", "-F", str(file))

    def test_aerc_signs_in_either_way_of_tls(self):
        for domain in DOMAINS:
            with self.subTest(domain):
                self.home.file(".config/aerc/accounts.conf", self.exported("aerc", domain))
                self.assert_signs_in(domain, "aerc", SSL_CERT_FILE=str(self.world.authority.certificate))

    def assert_signs_in(self, domain: str, name: str, *arguments: str, **environment: str) -> None:
        mark = f"imap-login: Info: Login: user=<alice@{domain}>"
        before = self.logins(self.mail.daemon.log, mark)
        shown = self.watch(name, *arguments, until=lambda: self.logins(self.mail.daemon.log, mark) > before, **environment)
        self.assertGreater(self.logins(self.mail.daemon.log, mark), before, shown + self.mail.daemon.output())

    def test_a_certificate_that_is_not_trusted_stops_every_program(self):
        runs = {"isync": ("mbsync", "-a", "-c"), "getmail6": ("getmail", "--getmaildir", str(self.home.folder), "--rcfile"),
                "offlineimap": ("offlineimap", "-o", "-u", "basic", "-c")}
        other = World()
        self.addCleanup(other.close)
        for target, (name, *arguments) in runs.items():
            with self.subTest(name):
                text = self.exported(target, "implicit.example").replace(str(self.world.authority.certificate),
                                                                         str(other.authority.certificate))
                file = self.home.file("configuration", text)
                folder = self.home.maildir("Mail/alice@implicit.example")
                done = self.run_program(name, *arguments, str(file))
                self.assertIn("certificate", (done.stdout + done.stderr).lower())
                self.assertEqual([path for path in folder.rglob("*") if path.is_file()], [])


class Sending(Exporting):
    MESSAGE = "From: alice@{0}\nTo: bob@elsewhere.example\nSubject: test\n\nhello\n"

    def assert_sends(self, domain: str, *command: str, file: Path, text: str) -> None:
        mark = f"sasl_username=alice@{domain}"
        before = self.logins(self.submission.log, mark)
        self.assert_ran(self.run_program(*command, text=text), file)
        self.assertGreater(self.logins(self.submission.log, mark), before)

    def test_msmtp_sends_either_way_of_tls(self):
        for domain in DOMAINS:
            with self.subTest(domain):
                file = self.home.file("configuration", self.exported("msmtp", domain))
                self.assert_sends(domain, "msmtp", "-C", str(file), "bob@elsewhere.example", file=file,
                                  text=self.MESSAGE.format(domain))

    def test_neomutt_and_mutt_send_either_way_of_tls(self):
        for name in ("neomutt", "mutt"):
            for domain in DOMAINS:
                with self.subTest(f"{name} {domain}"):
                    file = self.home.file("configuration", self.exported(name, domain))
                    self.assert_sends(domain, name, "-n", "-F", str(file), "-e", "set copy=no", "-s", "test",
                                      "bob@elsewhere.example", file=file, text="hello\n")

    def test_msmtp_stops_at_a_certificate_that_is_not_trusted(self):
        ended = self.exported("msmtp", "implicit.example")
        text = ended.replace(f'tls_trust_file "{self.world.authority.certificate}"', "tls_trust_file system")
        file = self.home.file("configuration", text)
        done = self.run_program("msmtp", "-C", str(file), "bob@elsewhere.example",
                                text=self.MESSAGE.format("implicit.example"))
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("certificate", done.stderr)


del Exporting  # a frame, not a case


if __name__ == "__main__":
    unittest.main()
