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
        before = self.count(self.mail.daemon.log, mark)
        shown = self.watch(name, *arguments, until=lambda shown: self.count(self.mail.daemon.log, mark) > before, **environment)
        self.assertGreater(self.count(self.mail.daemon.log, mark), before, shown + self.mail.daemon.output())

    def test_alpine_asks_for_the_password_either_way_of_tls(self):
        for domain in DOMAINS:
            with self.subTest(domain):
                shown = self.alpine(self.exported("alpine", domain, with_password=False), until="PASSWORD:")
                self.assertIn(f"USER: alice@{domain} PASSWORD:", shown)

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
        before = self.count(self.submission.log, mark)
        self.assert_ran(self.run_program(*command, text=text), file)
        self.assertGreater(self.count(self.submission.log, mark), before)

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


class WithoutStarttls(Exporting):
    """Somebody has taken STARTTLS out of what the servers offer: nothing that was exported goes on in clear."""

    @classmethod
    def build(cls, world: World) -> None:
        super().build(world)
        cls.bare = world.mail_server("imap.upgraded.example", None, users={"alice@upgraded.example": PASSWORD})
        cls.bare_submission = world.submission_server("smtp.upgraded.example", None, cls.bare)
        cls.publish("upgraded.example", "imap", mail=cls.bare, submission=cls.bare_submission)

    def exported_unseen(self, target: str) -> Path:
        """mailconf itself would refuse these servers if it were to look at them."""
        command = () if target in ("fetchmail", "alpine") else ("--password-command", f"'{self.command}'")
        ended = self.export(target, "upgraded.example", "--no-probe", *command)
        self.assertEqual(ended.status, 0, ended.errors)
        more = f'    password "{self.in_fetchmail()}"\n' if target == "fetchmail" else ""
        return self.home.file(".config/aerc/accounts.conf" if target == "aerc" else "configuration", ended.output + more)

    def assert_no_login(self) -> None:
        for log in (self.bare.daemon.log, self.bare_submission.log):
            for mark in ("Info: Login", "sasl_username"):
                self.assertEqual(self.count(log, mark), 0, log.read_text())

    def test_programs_that_fetch_and_send_by_themselves_end_with_an_error(self):
        self.home.maildir("Mail/alice@upgraded.example/INBOX")
        for target, *command in (("isync", "mbsync", "-a", "-c"),
                                 ("fetchmail", "fetchmail", "--pidfile", "pid", "--mda", "cat", "-f"),
                                 ("msmtp", "msmtp", "bob@elsewhere.example", "-C"),
                                 ("neomutt", "neomutt", "-n", "-e", "set copy=no", "bob@elsewhere.example", "-F"),
                                 ("mutt", "mutt", "-n", "-e", "set copy=no", "bob@elsewhere.example", "-F")):
            with self.subTest(target):
                file = self.exported_unseen(target)
                done = self.run_program(*command, str(file), text="hello\n")
                self.assertNotEqual(done.returncode, 0, done.stdout + done.stderr)
                self.assert_no_login()

    def test_mutt_and_neomutt_do_not_sign_in(self):
        for name in ("neomutt", "mutt"):
            with self.subTest(name):
                self.assert_gives_up(self.bare.daemon.log, "Disconnected", name, "-n", "-F", str(self.exported_unseen(name)))

    def test_aerc_does_not_sign_in(self):
        log = self.home.file("aerc.log", "")
        self.home.file(".config/aerc/aerc.conf", "[general]\nlog-file = ~/aerc.log\nlog-level = error\n")
        self.exported_unseen("aerc")
        self.assert_gives_up(log, "TLS support isn't enabled", "aerc")  # what dovecot says to STARTTLS

    def test_alpine_does_not_ask_for_the_password(self):
        shown = self.alpine(self.exported_unseen("alpine").read_text(), until="Unable to negotiate TLS")
        self.assertIn("Unable to negotiate TLS", shown)
        self.assertNotIn("PASSWORD", shown)

    def assert_gives_up(self, log: Path, mark: str, *command: str) -> None:
        before = self.count(log, mark)
        self.watch(*command, until=lambda shown: self.count(log, mark) > before)
        self.assertGreater(self.count(log, mark), before)
        self.assert_no_login()


del Exporting  # a frame, not a case


if __name__ == "__main__":
    unittest.main()
