"""What mailconfd publishes beside autoconfig, found by mailconf: PACC with its digest in the DNS, and Autodiscover."""

import unittest

from support import DEMO, MAILCONFD, WorldCase, mailconf
from world import World

DOMAIN = "demo.example"
HOSTS = (DOMAIN, f"ua-auto-config.{DOMAIN}", f"autodiscover.{DOMAIN}")


class WhatIsPublished(WorldCase):
    @classmethod
    def build(cls, world: World) -> None:
        cls.world = world
        certificate = world.authority.issue(*HOSTS)
        cls.publisher = world.publisher(MAILCONFD, {DOMAIN: certificate}, {DOMAIN: DEMO.read_text()})
        cls.records = cls.publisher.dns_records()
        zone = "".join(f"{host}. A {world.address}\n" for host in HOSTS)
        cls.names = world.name_server({DOMAIN: zone + cls.records})

    def found_by(self, source: str) -> dict:
        options = ["--dns", self.names.endpoint, "--proxy", "off", "--ca-file", str(self.world.authority.certificate),
                   "--allow-private"]
        for host in HOSTS:
            options += ["--connect-to", f"{host}:443:{self.world.address}:{self.publisher.https}"]
        answer = mailconf("resolve", f"alice@{DOMAIN}", "--json", "--no-probe", "--sources", source, *options)
        self.assertEqual(answer.json["status"], "found", answer.output + answer.errors)
        return answer.json

    def servers(self, report: dict) -> list[tuple]:
        return [(server["type"], server["hostname"], server["port"], server["socketType"], server["username"])
                for server in report["incoming"] + report["outgoing"]]

    def expected(self) -> list[tuple]:
        return [("imap", "imap.demo.example", 993, "SSL", "alice@demo.example"),
                ("pop3", "pop.demo.example", 995, "SSL", "alice@demo.example"),
                ("smtp", "smtp.demo.example", 465, "SSL", "alice@demo.example")]

    def test_pacc_is_believed_because_of_the_printed_record(self):
        self.assertIn("_ua-auto-config.demo.example. IN TXT \"v=UAAC1; a=sha256; d=", self.records)
        report = self.found_by("pacc")
        self.assertEqual(self.servers(report), self.expected())
        self.assertEqual(report["trust"], "authenticated")

    def test_autodiscover_tells_one_server_a_protocol(self):
        self.assertEqual(self.servers(self.found_by("autodiscover")), self.expected())


if __name__ == "__main__":
    unittest.main()
