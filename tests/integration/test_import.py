"""mailconf domain import: of a live domain that Dovecot serves, and of the real doveconf and postconf."""

import subprocess
import tempfile
import tomllib
import unittest
from pathlib import Path

from support import DEMO, MAILCONF, MAILCONFD, WorldCase
from test_stores import WITH_SERVER
from world import Demo, Missing, World
from world.processes import program

DOVECOT = """\
protocols = imap pop3
ssl = {ssl}
ssl_cert = </nowhere.pem
ssl_key = </nowhere.pem
auth_mechanisms = plain login cram-md5
auth_username_format = %Lu
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
}}
service pop3-login {{
  inet_listener pop3 {{
    address = 127.0.0.1
  }}
}}
"""
MAIN = """\
compatibility_level = 3.6
myhostname = mail.example.org
mydestination = $myhostname, localhost
virtual_mailbox_domains = example.org, $mydomain, example.net
smtpd_sasl_type = dovecot
smtpd_tls_cert_file = /nowhere.pem
smtpd_tls_security_level = may
"""
MASTER = """\
smtp inet n - y - - smtpd
submission inet n - y - - smtpd
  -o syslog_name=postfix/submission
  -o smtpd_tls_security_level=encrypt
  -o smtpd_sasl_auth_enable=yes
submissions inet n - y - - smtpd
  -o smtpd_tls_wrappermode=yes
  -o smtpd_sasl_auth_enable=yes
cleanup unix n - y - 0 cleanup
"""

NOT_THERE = 1995
MORE = f"""
[[incoming]]
type = "pop3"
hostname = "pop.demo.example"
port = {NOT_THERE}
socketType = "SSL"
authentication = ["password-cleartext"]
username = "%EMAILADDRESS%"

[[service]]
type = "caldav"
url = "https://dav.demo.example/calendars"
username = "%EMAILADDRESS%"
"""


def domain(*words: str) -> subprocess.CompletedProcess:
    return subprocess.run([str(MAILCONF), "domain", *words], capture_output=True, text=True, timeout=60, env=WITH_SERVER)


def servers(definition: dict) -> list[tuple]:
    return [(server["type"], server["hostname"], server["port"], server["socketType"], server["username"])
            for server in definition["incoming"] + definition["outgoing"]]


class OfALiveDomain(WorldCase):
    @classmethod
    def build(cls, world: World) -> None:
        definition = world.folder / "definition.toml"
        definition.write_text(DEMO.read_text() + MORE)
        cls.demo = Demo(world, MAILCONFD, definition, with_postfix=False)
        # Nobody listens there.
        del cls.demo.connect_to["pop.demo.example", NOT_THERE]

    def imported(self, *words: str) -> subprocess.CompletedProcess:
        return domain("import", "--dns", self.demo.names.endpoint, *self.demo.places(), *words)

    def test_its_definition_says_what_is_there(self) -> None:
        done = self.imported("--dry-run", self.demo.domain)
        self.assertEqual(done.returncode, 0, done.stderr)
        found = tomllib.loads(done.stdout)
        published = [server for server in servers(self.demo.definition) if server[2] != NOT_THERE]
        self.assertEqual(servers(found), published)
        self.assertEqual([(service["type"], service["url"]) for service in found["service"]],
                         [("caldav", "https://dav.demo.example/calendars")])
        self.assertEqual(found["domains"], [self.demo.domain])
        self.assertIn(f"pop.demo.example:{NOT_THERE}", done.stderr)

    def test_what_is_printed_is_a_definition_that_lint_has_nothing_against(self) -> None:
        path = self.world.folder / "imported.toml"
        path.write_text(self.imported("--dry-run", self.demo.domain).stdout)
        linted = domain("lint", str(path))
        self.assertEqual((linted.returncode, linted.stdout), (0, ""))

    def test_it_gets_into_a_store_once_and_stays_as_it_is(self) -> None:
        store = f"sqlite:{self.world.folder}/imported.db"
        first = self.imported("--store", store, self.demo.domain)
        self.assertEqual((first.returncode, first.stdout), (0, "demo.example: imported from demo.example\n"), first.stderr)
        self.assertIn("imap.demo.example", domain("show", "--store", store, "demo.example").stdout)
        again = self.imported("--store", store, self.demo.domain)
        self.assertEqual((again.returncode, again.stdout), (0, ""), again.stderr)
        self.assertIn("demo.example: is defined already, and kept; --replace replaces it", again.stderr)

    def test_a_domain_that_is_not_there_costs_no_other(self) -> None:
        done = self.imported("--dry-run", "nowhere.example", self.demo.domain)
        self.assertIn("imap.demo.example", done.stdout)
        self.assertIn("nowhere.example: ", done.stderr)
        self.assertIn(done.returncode, (1, 4), done.stderr)


class OfThisHost(unittest.TestCase):
    def setUp(self) -> None:
        try:
            program("doveconf")
            program("postconf")
        except Missing as missing:
            self.skipTest(f"because {missing}")
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = Path(place.name)
        (self.folder / "main.cf").write_text(MAIN)
        (self.folder / "master.cf").write_text(MASTER)
        self.dovecot(DOVECOT.format(ssl="required", folder=self.folder))

    def dovecot(self, text: str) -> None:
        (self.folder / "dovecot.conf").write_text(text)

    def imported(self, *words: str) -> subprocess.CompletedProcess:
        return domain("import", "--local", "--dry-run", "--dovecot-config", str(self.folder / "dovecot.conf"),
                      "--postfix-config", str(self.folder), *words)

    def test_what_dovecot_and_postfix_offer_becomes_a_definition(self) -> None:
        done = self.imported()
        self.assertEqual(done.returncode, 0, done.stderr)
        definition = tomllib.loads(done.stdout)
        self.assertEqual(definition["domains"], ["example.org", "example.net"])
        self.assertEqual(servers(definition), [
            (kind, "mail.example.org", port, socket, "%EMAILADDRESS%") for kind, port, socket in
            (("imap", 993, "SSL"), ("pop3", 995, "SSL"), ("smtp", 465, "SSL"), ("smtp", 587, "STARTTLS"))])
        for server in definition["incoming"] + definition["outgoing"]:
            self.assertEqual(server["authentication"], ["password-cleartext", "password-encrypted"])
        self.assertIn("pop3 at port 110 is left out: it is reached from this host alone", done.stderr)

    def test_domains_may_be_named(self) -> None:
        self.assertEqual(tomllib.loads(self.imported("b.example", "c.example").stdout)["domains"], ["b.example", "c.example"])

    def test_row_35_a_host_without_encryption_is_not_imported(self) -> None:
        self.dovecot(DOVECOT.format(ssl="no", folder=self.folder))
        done = self.imported()
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("it has no encryption (ssl = no)", done.stderr)

    def test_a_configuration_that_cannot_be_read_is_one_sentence(self) -> None:
        self.dovecot("protocols = imap\nprotocol = junk\n")
        done = self.imported()
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        self.assertIn("this host: the configuration of Dovecot cannot be read: doveconf: Error in configuration file",
                      done.stderr)

    def test_so_is_one_of_postfix(self) -> None:
        (self.folder / "main.cf").write_text("junk\n")
        done = self.imported()
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertEqual([line for line in done.stderr.splitlines() if "Postfix" in line],
                         [f"this host: the configuration of Postfix cannot be read: postconf: {self.folder}/main.cf, "
                          "line 1: missing '=' after attribute name: \"junk\""])


if __name__ == "__main__":
    unittest.main()
