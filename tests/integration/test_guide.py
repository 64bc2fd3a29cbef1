"""mailconf guide: one guide as text, and a whole site that an HTML checker finds nothing in."""

import subprocess
import unittest

from support import WorldCase, mailconf
from world import World
from world.processes import program

DOMAIN = "example.org"
SERVER = """<{0}Server type="{1}"><hostname>{1}.example.org</hostname><port>{2}</port><socketType>{3}</socketType>
<authentication>password-cleartext</authentication><username>%EMAILADDRESS%</username></{0}Server>
"""
SERVERS = (("incoming", "imap", 993, "SSL"), ("incoming", "pop3", 995, "SSL"), ("outgoing", "smtp", 587, "STARTTLS"))
DOCUMENT = """<clientConfig version="1.1"><emailProvider id="example.org"><domain>example.org</domain>
<displayName>&lt;Odd&gt; &amp; "Mail"</displayName>{}</emailProvider></clientConfig>
"""


def checker() -> list[str]:
    """Debian 12's tidy is older than aria-current."""
    return [program("tidy"), "-quiet", "-errors", "--warn-proprietary-attributes", "no"]


class Guide(WorldCase):
    @classmethod
    def build(cls, world: World) -> None:
        cls.folder = world.folder / "isp"
        cls.folder.mkdir()
        servers = "".join(SERVER.format(*server) for server in SERVERS)
        (cls.folder / f"{DOMAIN}.xml").write_text(DOCUMENT.format(servers))

    def guide(self, *arguments: str):
        return mailconf("guide", *arguments, "--isp-dir", str(self.folder), "--sources", "policy", "--no-probe",
                        "--dns", "127.0.0.1:1", "--proxy", "off", "--quiet")

    def test_a_guide_has_the_settings_of_the_domain(self):
        done = self.guide(DOMAIN, "--client", "outlook", "--protocol", "pop3", "--format", "markdown")
        self.assertEqual((done.status, done.errors), (0, ""))
        for value in ("`pop3.example.org`", "`995`", "`smtp.example.org`", "`587`"):
            self.assertIn(value, done.output)
        self.assertNotIn("imap.example.org", done.output)

    def test_of_an_address_it_has_the_user_name(self):
        self.assertIn("User name: alice@example.org", self.guide(f"alice@{DOMAIN}", "--client", "other").output)

    def test_an_article_is_a_topic(self):
        self.assertIn("Encryption and certificates", self.guide(DOMAIN, "--topic", "encryption").output)

    def test_a_name_that_is_not_there_is_bad_usage(self):
        done = self.guide(DOMAIN, "--client", "pine")
        self.assertEqual(done.status, 2)
        self.assertIn("--client list prints the names", done.errors)

    def test_a_domain_without_settings_has_no_guide(self):
        done = self.guide("nothing.example", "--client", "outlook")
        self.assertIn(done.status, (1, 4))
        self.assertEqual(done.output, "")

    def test_a_site_is_html_that_a_checker_finds_nothing_in(self):
        site = self.world.folder / "site"
        self.assertEqual(self.guide(DOMAIN, "--all", "--out", str(site)).status, 0)
        pages = sorted(str(page) for page in site.glob("*.html"))
        self.assertIn(str(site / "index.html"), pages)
        done = subprocess.run([*checker(), *pages], capture_output=True, text=True, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_a_guide_alone_is_html_that_a_checker_finds_nothing_in(self):
        text = self.guide(DOMAIN, "--client", "mac", "--format", "html").output
        done = subprocess.run(checker(), input=text, capture_output=True, text=True, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertNotIn("href=\"\"", text)


if __name__ == "__main__":
    unittest.main()
