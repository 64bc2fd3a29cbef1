"""mailconf through real proxies: documents, proofs and logins go the same way, and the account stays between the two."""

import re
import tempfile
import unittest

from support import DEMO, MAILCONFD, WorldCase, mailconf
from world import Demo, World

ADDRESS, PASSWORD = "alice@demo.example", "wonderland"


class ThroughProxies(WorldCase):
    @classmethod
    def build(cls, world: World) -> None:
        cls.demo = Demo(world, MAILCONFD, DEMO, with_postfix=True, users={ADDRESS: PASSWORD})
        cls.connect = world.connect_proxy()
        cls.socks = world.socks_proxy()

    def ask(self, *options: str, **environment: str):
        return mailconf("resolve", ADDRESS, "--json", "--dns", self.demo.names.endpoint,
                        "--ispdb", "off", *self.demo.places(), *options, **environment)

    def assert_found(self, answer) -> None:
        self.assertEqual(answer.status, 0, answer.output + answer.errors)
        report = answer.json
        self.assertEqual((report["status"], report["trust"]), ("found", "authenticated"))
        servers = report["incoming"] + report["outgoing"]
        self.assertEqual({(s["source"], s["proof"]["outcome"]) for s in servers}, {("autoconfig", "proven")})

    def targets(self) -> set[str]:
        """Where the CONNECT proxy was asked to go, as its log tells."""
        return set(re.findall(r"Request .*: CONNECT (\S+) ", self.connect.daemon.output()))

    def test_http_connect_leads_to_documents_and_mail_servers(self):
        self.assert_found(self.ask("--proxy", self.connect.url))
        places = {f"{self.world.address}:{port}" for port in self.demo.connect_to.values()}
        self.assertLessEqual(places, self.targets())

    def test_socks_leads_to_documents_and_mail_servers(self):
        self.assert_found(self.ask("--proxy", self.socks.url))

    def test_the_proxy_of_the_environment_is_used(self):
        answer = self.ask(HTTPS_PROXY=self.connect.bare_url)
        rows = [row for row in answer.json["sources"] if row["source"] == "autoconfig"]
        self.assertEqual([row["outcome"] for row in rows], ["unknown"], rows)
        self.assertIn("it wants a user name and a password", rows[0]["reason"])

    def test_exceptions_of_the_environment_do_without(self):
        self.assert_found(self.ask(HTTPS_PROXY=self.connect.bare_url, NO_PROXY="demo.example"))

    def test_a_refused_account_makes_nothing_absent_and_is_never_shown(self):
        for proxy in (self.connect, self.socks):
            answer = self.ask("--proxy", proxy.url.replace("s3cret", "wr0ng"), "--sources", "autoconfig,well-known",
                              "--trace")
            self.assertEqual(answer.status, 4, answer.output)
            documents = [row for row in answer.json["sources"] if row["target"].startswith("https:")]
            self.assertEqual({row["outcome"] for row in documents}, {"unknown"}, answer.output)
            self.assertIn("not accept the user name and password", answer.output)
            for secret in ("wr0ng", "carol"):
                self.assertNotIn(secret, answer.output + answer.errors)

    def test_a_login_goes_the_same_way(self):
        with tempfile.NamedTemporaryFile("w") as password:
            password.write(PASSWORD + "\n")
            password.flush()
            answer = mailconf("verify", ADDRESS, "--json", "--password-file", password.name, "--dns",
                              self.demo.names.endpoint, "--ispdb", "off", *self.demo.places(), "--proxy",
                              self.socks.url)
        self.assertEqual(answer.status, 0, answer.output + answer.errors)


if __name__ == "__main__":
    unittest.main()
