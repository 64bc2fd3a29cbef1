"""mailconf dns and mailconf check, of a domain that nsd, mailconfd, dovecot and postfix publish and serve."""

import json
import os
import stat
import subprocess
import tempfile
import unittest
from pathlib import Path

from support import DEMO, MAILCONF, MAILCONFD, ROOT, Ended, WorldCase, mailconf, without_network, without_times
from world import Missing, World

try:
    import jsonschema
except ImportError:
    jsonschema = None

DOMAIN = "demo.example"
FAULTY = "faulty.example"
SERVER = "web.demo.example"
PUBLISHED = ("autoconfig.", "autodiscover.", "ua-auto-config.", "")
PATH = f"{MAILCONFD.parent}:{os.environ.get('PATH', '')}"  # mailconf dns becomes mailconfd


class Checking(WorldCase):
    @classmethod
    def build(cls, world: World) -> None:
        if jsonschema is None:
            raise Missing("the Python module jsonschema is not installed")
        authority = world.authority
        web = authority.issue(*(label + DOMAIN for label in PUBLISHED), days=90)
        mail_names = ["imap.demo.example", "pop.demo.example", "smtp.demo.example"]
        mail_certificate = authority.issue(*mail_names, days=90)
        cls.pin = str(mail_certificate.chain)
        definition = DEMO.read_text()
        cls.publisher = world.publisher(
            MAILCONFD, {**{label + DOMAIN: web for label in PUBLISHED},
                        "autoconfig." + FAULTY: authority.issue("other.example", days=90),
                        "autodiscover." + FAULTY: authority.issue("autodiscover." + FAULTY, expired=True)},
            {DOMAIN: definition, FAULTY: definition.replace(DOMAIN, FAULTY)})
        cls.mail = world.mail_server(mail_names[0], mail_certificate)
        cls.submission = world.submission_server(mail_names[-1], mail_certificate, cls.mail)
        cls.names = world.name_server({DOMAIN: cls.zone(mail_names), FAULTY: cls.faulty_zone()})

    @classmethod
    def zone(cls, mail_names: list[str]) -> str:
        """What mailconf dns prints, and what only the operator knows."""
        printed = cls.dns(DOMAIN, "--host", SERVER, "--tlsa", cls.pin)
        assert printed.status == 0, printed.errors
        hosts = "".join(f"{name}. A {cls.world.address}\n" for name in [*mail_names, SERVER, DOMAIN, "mx.demo.example"])
        return f"{printed.output}{hosts}{DOMAIN}. MX 10 mx.demo.example.\n"

    @classmethod
    def faulty_zone(cls) -> str:
        return "".join(f"{label}.{FAULTY}. A {cls.world.address}\n" for label in ("autoconfig", "autodiscover"))

    @classmethod
    def dns(cls, *arguments: str) -> Ended:
        return mailconf("dns", "--config", str(cls.publisher.configuration), *arguments, PATH=PATH)

    def options(self) -> list[str]:
        options = ["--dns", self.names.endpoint, "--proxy", "off", "--allow-private", "--ca-file",
                   str(self.world.authority.certificate)]
        ports = {**self.mail.ports, **self.submission.ports}
        places = {(label + domain, 443): self.publisher.https for label in PUBLISHED for domain in (DOMAIN, FAULTY)}
        places |= {("imap.demo.example", 993): ports["imaps"], ("pop.demo.example", 995): ports["pop3s"],
                   ("smtp.demo.example", 465): ports["submissions"], ("smtp.demo.example", 587): ports["submission"]}
        for (host, port), to_port in places.items():
            options += ["--connect-to", f"{host}:{port}:{self.world.address}:{to_port}"]
        return options

    def check(self, *arguments: str) -> Ended:
        return mailconf("check", *arguments, *self.options())

    def test_the_demo_is_clean(self):
        done = self.check(DOMAIN, "--fail-on", "warning")
        self.assertEqual(done.status, 0, done.output + done.errors)
        self.assertIn("nothing to complain about", done.output)

    def test_the_json_follows_its_schema_and_tells_what_was_asked(self):
        audit = self.check(DOMAIN, "--json").json
        jsonschema.validate(audit, json.loads((ROOT / "data" / "schema" / "check.schema.json").read_text()))
        asked = [row["asked"] for row in audit["asked"]]
        self.assertIn("https://autoconfig.demo.example/mail/config-v1.1.xml", asked)
        self.assertTrue(any("imap.demo.example:993" in row for row in asked), asked)

    def test_what_is_wrong_is_found_and_told_in_every_form(self):
        audit = self.check(FAULTY, "--json")
        self.assertEqual(audit.status, 1, audit.errors)
        codes = {finding["code"] for finding in audit.json["findings"]}
        self.assertLessEqual({"certificate-name", "certificate-expired", "srv-missing", "mx-missing"}, codes)
        run = self.check(DOMAIN, FAULTY, "--format", "sarif").json["runs"][0]
        self.assertEqual({result["ruleId"] for result in run["results"]}, codes)
        page = self.check(FAULTY, "--format", "html").output
        self.assertTrue(page.startswith("<!DOCTYPE html>") and "certificate-name" in page)
        text = self.check(FAULTY, DOMAIN)
        self.assertEqual(text.status, 1)
        self.assertIn("2 domains, 1 with complaints", text.output)

    def test_a_list_is_read_from_standard_input_and_a_bad_line_costs_that_line_alone(self):
        done = subprocess.run([str(MAILCONF), "check", "-", "--json", "--concurrency", "2", *self.options()],
                              input=f" {DOMAIN}\t\n\nnowhere .example\n{FAULTY}\n", capture_output=True, text=True, timeout=60)
        audits = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual({audit["domain"] for audit in audits}, {DOMAIN, FAULTY})
        self.assertEqual(done.returncode, 2)
        self.assertTrue(done.stderr.startswith("mailconf: line 3: "), done.stderr)

    def test_what_does_not_exist_is_an_error_and_what_cannot_be_asked_is_not_known(self):
        self.assertEqual(self.check("nowhere.example").status, 1)
        silent = mailconf("check", DOMAIN, "--dns", f"{self.world.address}:1", "--deadline", "1", "--proxy", "off")
        self.assertEqual(silent.status, 4, silent.output)

    def test_a_recorded_check_is_replayed_without_a_network(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "run"
            checked = self.check(FAULTY, "--json", "--record", str(file))
            self.assertEqual(checked.status, 1, checked.errors)
            self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
            again = without_network("check", "--json", "--replay", str(file))
            self.assertEqual((again.status, without_times(again.json)), (1, without_times(checked.json)), again.errors)
            other = without_network("check", DOMAIN, "--replay", str(file))
            self.assertEqual((other.status, other.errors), (2, f"mailconf: {file}: is a recording of {FAULTY}\n"))
            kind = without_network("resolve", "--replay", str(file))
            self.assertEqual((kind.status, kind.errors), (2, f"mailconf: {file}: is a recording of mailconf check\n"))

    def test_a_recorded_simulation_is_replayed_without_a_network_and_without_the_address(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "run"
            address = "alice.smith@" + DOMAIN
            options = ["--json", "--client", "evolution", "--client", "thunderbird", "--send-address", "retry"]
            shown = mailconf("simulate", address, *options, "--record", str(file), *self.options())
            self.assertEqual(shown.status, 0, shown.output + shown.errors)
            self.assertNotIn("alice", file.read_text().lower())
            again = without_network("simulate", address, "--json", "--replay", str(file))
            self.assertEqual((again.status, without_times(again.json)), (0, without_times(shown.json)), again.errors)

    def test_a_recording_is_of_one_domain(self):
        for command in ("check", "simulate"):
            for operands in ((DOMAIN, FAULTY), ("-",) if command == "check" else (DOMAIN, FAULTY)):
                for option in ("--record", "--replay"):
                    refused = mailconf(command, *operands, option, "/nowhere/run")
                    self.assertEqual((refused.status, refused.errors), (2, f"mailconf: {option}: is for one domain\n"))

    def test_the_zone_that_mailconf_dns_printed_passes_its_check(self):
        right = self.dns(DOMAIN, "--host", SERVER, "--tlsa", self.pin, "--check", "--dns", self.names.endpoint)
        self.assertEqual((right.status, right.output), (0, ""), right.errors)
        wrong = self.dns(FAULTY, "--host", SERVER, "--check", "--dns", self.names.endpoint)
        self.assertEqual(wrong.status, 1)
        self.assertIn("missing: _imaps._tcp.faulty.example. IN SRV 0 1 993 imap.faulty.example.", wrong.output)
        self.assertIn("resolves to the same addresses: autoconfig.faulty.example. IN CNAME web.demo.example. "
                      f"(leads to {self.world.address})", wrong.output)

    def test_a_key_that_is_not_pinned_and_an_alias_that_leads_elsewhere_are_told(self):
        other = self.world.authority.issue("other.demo.example", "imap.demo.example")
        told = self.dns(DOMAIN, "--host", "mx.demo.example", "--tlsa", str(other.chain), "--check", "--dns",
                        self.names.endpoint)
        self.assertEqual(told.status, 1)
        self.assertIn("differs: _993._tcp.imap.demo.example. IN TLSA 3 1 1 ", told.output)
        self.assertIn("resolves to the same addresses: autoconfig.demo.example. IN CNAME mx.demo.example. "
                      "(is an alias of web.demo.example.)", told.output)


if __name__ == "__main__":
    unittest.main()
