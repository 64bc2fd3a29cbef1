"""The frame of the tests of mailconf export: a provider with both ways of TLS, and a home for the programs."""

import os
import shutil
import subprocess
from pathlib import Path

from support import Ended, WorldCase, mailconf
from world import Home, Missing, World

DOMAINS = {"implicit.example": ("SSL", "imaps", "pop3s", "submissions"),
           "upgraded.example": ("STARTTLS", "imap", "pop3", "submission")}
PASSWORD = "it's a \"se$cret\" `of` 100%"
SUBJECT = "a message of the world"
SETTINGS = """\
<clientConfig version="1.1">
 <emailProvider id="{domain}">
  <domain>{domain}</domain>
  <displayName>{domain}</displayName>
  {incoming}
  <outgoingServer type="smtp"><hostname>smtp.{domain}</hostname><port>{smtp}</port><socketType>{socket}</socketType>
   <authentication>password-cleartext</authentication><username>{user}</username></outgoingServer>
 </emailProvider>
</clientConfig>
"""
INCOMING = """\
<incomingServer type="{type}"><hostname>imap.{domain}</hostname><port>{port}</port><socketType>{socket}</socketType>
   <authentication>password-cleartext</authentication><username>{user}</username></incomingServer>
"""


class Exporting(WorldCase):
    delivered = 0

    @classmethod
    def build(cls, world: World) -> None:
        hosts = [f"{part}.{domain}" for domain in DOMAINS for part in ("imap", "smtp")]
        certificate = world.authority.issue(*hosts)
        users = {f"alice@{domain}": PASSWORD for domain in DOMAINS}
        cls.mail = world.mail_server(hosts[0], certificate, users=users)
        cls.submission = world.submission_server(hosts[1], certificate, cls.mail)
        cls.names = world.name_server({domain: f"imap A {world.address}\nsmtp A {world.address}\n" for domain in DOMAINS})
        cls.policies = world.folder / "policies"
        cls.policies.mkdir()
        for domain in DOMAINS:
            cls.publish(domain, "imap")
        cls.hosts = hosts
        cls.command = world.folder / "pass word"
        cls.command.write_text(f"#!/bin/sh\ncat <<'END'\n{PASSWORD}\nEND\n")
        cls.command.chmod(0o755)

    @classmethod
    def deliver(cls) -> None:
        """A new message for alice, whatever her domain. The mail folder is that of dovecot's user for mail."""
        box = cls.mail.folder / "mail" / "alice"
        for part in ("cur", "new", "tmp"):
            (box / part).mkdir(parents=True, exist_ok=True)
        cls.delivered += 1
        (box / "new" / f"{cls.delivered}.world").write_text(f"From: bob@elsewhere.example\nSubject: {SUBJECT}\n\nhello\n")
        if os.geteuid() == 0:
            for path in (box.parent, box, *box.rglob("*")):
                shutil.chown(path, "nobody", "nogroup")

    @classmethod
    def publish(cls, domain: str, *types: str, user: str = "%EMAILADDRESS%", mail=None, submission=None) -> None:
        socket, imap, pop3, smtp = DOMAINS[domain]
        mail, submission = mail or cls.mail, submission or cls.submission
        ports = {"imap": mail.ports[imap], "pop3": mail.ports[pop3]}
        incoming = "".join(INCOMING.format(type=type_, domain=domain, port=ports[type_], socket=socket, user=user)
                           for type_ in types)
        (cls.policies / f"{domain}.xml").write_text(SETTINGS.format(
            domain=domain, incoming=incoming, socket=socket, smtp=submission.ports[smtp], user=user))

    def setUp(self) -> None:
        try:
            self.home = Home(self.world.folder / "home", self.world.address, self.hosts)
        except Missing as missing:
            self.lacks(missing)
        self.addCleanup(self.home.close)

    def lacks(self, missing: Missing) -> None:
        if os.environ.get("CI") == "true":
            raise missing
        self.skipTest(f"because {missing}")

    def run_program(self, name: str, *arguments: str, text: str = "") -> subprocess.CompletedProcess:
        try:
            return self.home.run(name, *arguments, text=text)
        except Missing as missing:
            self.lacks(missing)

    def watch(self, name: str, *arguments: str, until, **environment: str) -> str:
        try:
            return self.home.watch(name, *arguments, until=until, **environment)
        except Missing as missing:
            self.lacks(missing)

    def export(self, program: str, domain: str, *options: str) -> Ended:
        return mailconf("export", f"alice@{domain}", "--for", program, "--isp-dir", str(self.policies), "--dns",
                        self.names.endpoint, "--ispdb", "off", "--allow-private", "--ca-file",
                        str(self.world.authority.certificate), *options)

    def exported(self, program: str, domain: str, with_password: bool = True) -> str:
        options = ("--password-command", f"'{self.command}'") if with_password else ()
        ended = self.export(program, domain, *options)
        self.assertEqual(ended.status, 0, ended.errors)
        self.assertNotIn(PASSWORD, ended.output)
        return ended.output

    def assert_ran(self, done: subprocess.CompletedProcess, file: Path) -> None:
        self.assertEqual(done.returncode, 0, f"{file.read_text()}\n{done.stdout}{done.stderr}\n{self.mail.daemon.output()}")

    def assert_fetched(self, folder: Path) -> None:
        texts = [path.read_text() for path in folder.rglob("*") if path.is_file() and path.parent.name in ("cur", "new")]
        self.assertTrue(any(SUBJECT in text for text in texts), sorted(map(str, folder.rglob("*"))))

    def count(self, log: Path, mark: str) -> int:
        return log.read_text(errors="replace").count(mark)

    def assert_fetches_by(self, target: str, domain: str, run) -> None:
        self.deliver()
        file = self.home.file("configuration", self.exported(target, domain))
        folder = self.home.maildir(f"Mail/alice@{domain}")
        self.assert_ran(run(str(file)), file)
        self.assert_fetched(folder)

    def alpine(self, configuration: str, until: str) -> str:
        # Who has used a newer version is not greeted, but sees the inbox at once.
        file = self.home.file("pinerc", configuration + "last-version-used=6.26\n")
        return self.watch("alpine", "-p", str(file), "-i", until=lambda shown: until in shown)

    @staticmethod
    def in_fetchmail() -> str:
        return PASSWORD.replace('"', "\\x22")
