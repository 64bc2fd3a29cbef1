"""mailconf guide --definition: the pages of a definition without a network, and the same as mailconfd serves."""

import http.client
import os
import unittest
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path

from support import MAILCONFD, WorldCase, mailconf
from world import World

DOMAIN = "demo.example"
HOST = f"autoconfig.{DOMAIN}"
ADDRESS = f"alice@{DOMAIN}"
DEFINITION = """\
domains = ["demo.example", "other.example"]
displayName = "Demo <Mail>"
webmail = "https://webmail.demo.example/"

[operator]
name = "Demo <Hosting> & Co"
logo = "https://www.demo.example/logo.png"
color = "#ffcc00"
supportMail = "help@demo.example"
supportPhone = "+1 555 0100"
supportPage = "https://www.demo.example/help"
supportHours = "Monday to Friday, 9 to 17"
appPasswords = "https://www.demo.example/app-passwords"
"""
SERVER = """
[[{0}]]
type = "{1}"
hostname = "{1}.demo.example"
port = {2}
socketType = "{3}"
authentication = ["password-cleartext"]
username = "{4}"
"""
# Where it is not installed, mailconf finds mailconfd by PATH.
WITH_SERVER = f"{MAILCONFD.parent}:{os.environ.get('PATH', '')}"
SERVERS = (("incoming", "imap", 993, "SSL", "%EMAILADDRESS%"), ("incoming", "pop3", 995, "SSL", "%EMAILLOCALPART%"),
           ("outgoing", "smtp", 587, "STARTTLS", "%EMAILADDRESS%"))


class Words(HTMLParser):
    """What a reader sees of <main>, but for what a server alone can offer and a page alone lacks."""
    LEFT_OUT = {"profile", "test", "address", "switch"}

    def __init__(self, page: str):
        super().__init__()
        self.words: list[str] = []
        self.open: list[bool] = []  # of the elements around: is it shown?
        self.feed(page)

    def handle_starttag(self, tag: str, attributes) -> None:
        if tag in ("meta", "link", "img", "input", "br"):
            return
        given = dict(attributes)
        shown = self.open[-1] if self.open else False
        leads_back = (given.get("href") or "").startswith(("/?lang=", "index"))
        left_out = leads_back or given.get("id") in self.LEFT_OUT or given.get("class") in self.LEFT_OUT
        self.open.append((shown or tag == "main") and not left_out)

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1]:
            self.words += data.split()


class GuideDefinition(WorldCase):
    @classmethod
    def build(cls, world: World) -> None:
        cls.file = world.folder / "definition.toml"
        cls.file.write_text(DEFINITION + "".join(SERVER.format(*server) for server in SERVERS))
        cls.server = world.publisher(MAILCONFD, {HOST: world.authority.issue(HOST)}, {DOMAIN: cls.file.read_text()},
                                     server='trusted-proxies = ["127.0.0.0/8"]')

    def guide(self, *arguments: str, file: Path | None = None, path: str = WITH_SERVER):
        # Whoever asked a name server or a proxy here would hang, or fail.
        return mailconf("guide", *arguments, "--definition", str(file or self.file), "--dns", "127.0.0.1:1",
                        "--proxy", "http://127.0.0.1:1", "--proxy-only", PATH=path)

    def served(self, path: str) -> str:
        with closing(http.client.HTTPConnection(self.server.address, self.server.http, timeout=20)) as connection:
            connection.request("GET", path, headers={"Host": HOST, "X-Forwarded-Proto": "https"})
            answer = connection.getresponse()
            text = answer.read().decode()
            self.assertEqual(answer.status, 200, text)
            return text

    def refusal(self, text: str, *arguments: str) -> str:
        bad = self.world.folder / "bad.toml"
        bad.write_text(text)
        done = self.guide(*(arguments or (DOMAIN, "--client", "other")), file=bad)
        self.assertEqual((done.status, done.output), (2, ""))
        return done.errors.replace(str(bad), "bad.toml")

    def test_values_and_operator_are_those_of_the_definition(self):
        done = self.guide(ADDRESS, "--client", "outlook", "--protocol", "pop3")
        self.assertEqual((done.status, done.errors), (0, ""))
        for text in ("pop3.demo.example", "995", "User name: alice", "Demo <Hosting> & Co", "help@demo.example",
                     "+1 555 0100", "Monday to Friday, 9 to 17", "https://www.demo.example/app-passwords"):
            self.assertIn(text, done.output)

    def test_a_page_alone_has_the_colour_and_the_logo(self):
        page = self.guide(DOMAIN, "--client", "mac", "--format", "html").output
        self.assertIn("--accent: #ffcc00", page)
        self.assertIn('src="https://www.demo.example/logo.png"', page)

    def test_every_domain_of_a_definition_has_its_pages(self):
        self.assertIn("bob@other.example", self.guide("bob@other.example", "--client", "other").output)

    def test_guides_and_articles_say_what_mailconfd_serves(self):
        query = "?lang=fr&protocol=imap&emailaddress=alice%40demo.example"
        for option, kind, name in (("--client", "guide", "outlook"), ("--client", "guide", "other"),
                                   ("--topic", "help", "phishing"), ("--topic", "help", "encryption")):
            page = self.guide(ADDRESS, option, name, "--protocol", "imap", "--lang", "fr", "--format", "html").output
            served = self.served(f"/{kind}/{name}{query}")
            self.assertGreater(len(Words(page).words), 100)
            self.assertEqual(Words(page).words, Words(served).words, name)

    def test_a_whole_site_says_what_mailconfd_serves(self):
        site = self.world.folder / "site"
        self.assertEqual(self.guide(DOMAIN, "--all", "--out", str(site)).status, 0)
        names = {"index": "", "guide-": "guide/", "help-": "help/"}
        compared = 0
        for file in site.glob("*.de.html"):
            stem = file.name.removesuffix(".de.html")
            pop3 = stem.endswith("-pop3") and not stem.startswith("help-")
            stem = stem.removesuffix("-pop3") if pop3 else stem
            kind = next(kind for kind in names if stem.startswith(kind))
            protocol = "pop3" if pop3 else "imap"
            served = self.served(f"/{names[kind]}{stem.removeprefix(kind)}?lang=de&protocol={protocol}")
            self.assertEqual(Words(file.read_text()).words, Words(served).words, file.name)
            compared += 1
        self.assertGreater(compared, 30)
        self.assertEqual((site / "style.css").read_text(), self.served("/style.css"))
        self.assertEqual((site / "page.js").read_text(), self.served("/page.js"))

    def test_what_is_wrong_is_told_with_file_line_and_field(self):
        text = self.file.read_text()
        self.assertEqual(self.refusal(text.replace("port = 993", "port = 99300")),
                         "bad.toml:18: incoming[0].port: must be between 1 and 65535, not 99300\n")
        self.assertEqual(self.refusal(text.replace("supportMail", "supportMails")),
                         "bad.toml:9: operator.supportMails: is no known field\n")
        self.assertTrue(self.refusal("domains = ").startswith("bad.toml:1: "))

    def test_a_domain_that_is_not_in_the_definition_is_bad_input(self):
        self.assertEqual(self.refusal(self.file.read_text(), "example.org", "--client", "other"),
                         "bad.toml:1: domains: example.org is not among them\n")

    def test_a_file_that_is_not_there_is_bad_input(self):
        missing = self.world.folder / "missing.toml"
        done = self.guide(DOMAIN, "--client", "other", file=missing)
        self.assertEqual((done.status, done.errors), (2, f"{missing}: cannot be read\n"))

    def test_without_mailconfd_it_cannot_be_told_what_a_definition_says(self):
        alone = self.world.folder / "alone"
        alone.mkdir()
        done = self.guide(DOMAIN, "--client", "other", path=str(alone))
        self.assertEqual((done.status, done.output), (4, ""))
        self.assertIn("mailconfd, which looks after definitions, cannot be run", done.errors)

    def test_nothing_can_be_recorded(self):
        done = self.guide(DOMAIN, "--client", "other", "--record", os.devnull)
        self.assertEqual(done.status, 2)
        self.assertIn("--definition: needs no network", done.errors)


if __name__ == "__main__":
    unittest.main()
