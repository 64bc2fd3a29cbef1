"""What DNSSEC adds: hosts elsewhere that a validated answer names are to be trusted, and a broken signature is no answer."""

import unittest

from support import MAILCONFD, WorldCase
from world import Signed, World

PROVIDER = """\
domains = ["provider.example"]
id = "provider.example"
displayName = "Provider"

[[incoming]]
type = "imap"
hostname = "imap.provider.example"
port = {imaps}
socketType = "SSL"
authentication = ["password-cleartext"]
username = "%EMAILADDRESS%"

[[outgoing]]
type = "smtp"
hostname = "smtp.provider.example"
port = {submissions}
socketType = "SSL"
authentication = ["password-cleartext"]
username = "%EMAILADDRESS%"
"""
HOSTS = ("imap.provider.example", "smtp.provider.example")


class DomainsInSignedZones(WorldCase):
    @classmethod
    def build(cls, world: World) -> None:
        certificate = world.authority.issue(*HOSTS)
        cls.mail = world.mail_server(HOSTS[0], certificate)
        cls.submission = world.submission_server(HOSTS[1], certificate, cls.mail)
        ports = {"imaps": cls.mail.ports["imaps"], "submissions": cls.submission.ports["submissions"]}
        services = (f"_imaps._tcp SRV 0 1 {ports['imaps']} imap.provider.example.\n"
                    f"_submissions._tcp SRV 0 1 {ports['submissions']} smtp.provider.example.\n")
        name = "autoconfig.provider.example"
        cls.publisher = world.publisher(MAILCONFD, {name: world.authority.issue(name)},
                                        {"provider.example": PROVIDER.format(**ports)})
        cls.names = world.name_server({
            "provider.example": "".join(f"{host}. A {world.address}\n" for host in (*HOSTS, name)),
            "services.example": Signed(services),
            "mail.example": Signed("@ MX 10 mx.provider.example.\n"),
            "broken.example": Signed("@ MX 10 mx.provider.example.\n" + services,
                                     tampered=("imap.provider.example.", "imap.thief.example.")),
            "forged.example": Signed("@ MX 10 mx.provider.example.\n",
                                     tampered=("mx.provider.example.", "mx.thief.example.")),
        })
        cls.validating = world.validating_resolver(cls.names)

    def ask(self, domain: str, names, *options: str) -> dict:
        answer = self.resolve("alice@" + domain, "--dns", names.endpoint, "--connect-to",
                              f"autoconfig.provider.example:443:{self.world.address}:{self.publisher.https}", *options)
        self.assertEqual(answer.errors, "")
        return answer.json

    def outcomes(self, report: dict, source: str) -> set[str]:
        return {row["outcome"] for row in report["sources"] if row["source"] == source}

    def test_validated_service_records_may_name_hosts_elsewhere(self):
        report = self.ask("services.example", self.validating, "--sources", "srv")
        self.assertEqual((report["status"], report["trust"]), ("found", "authenticated"), report)
        self.assertEqual(report["incoming"][0]["proof"]["outcome"], "proven")

    def test_the_same_records_without_validation_must_be_confirmed(self):
        report = self.ask("services.example", self.names, "--sources", "srv")
        self.assertEqual((report["status"], report["trust"]), ("found", "confirm"), report)

    def test_settings_of_the_provider_that_a_validated_mx_names_are_authenticated(self):
        report = self.ask("mail.example", self.validating, "--sources", "mx-autoconfig")
        self.assertEqual((report["status"], report["trust"]), ("found", "authenticated"), report)
        self.assertEqual(report["incoming"][0]["hostname"], "imap.provider.example")

    def test_those_that_an_mx_without_validation_names_must_be_confirmed(self):
        report = self.ask("mail.example", self.names, "--sources", "mx-autoconfig")
        self.assertEqual((report["status"], report["trust"]), ("found", "confirm"), report)

    def test_a_service_record_with_a_broken_signature_is_unknown_and_never_used(self):
        report = self.ask("broken.example", self.validating, "--sources", "srv")
        self.assertNotIn("thief", " ".join(server["hostname"] for server in report["incoming"]))
        [row] = [row for row in report["sources"] if row["target"].startswith("_imaps.")]
        self.assertEqual(row["outcome"], "unknown", row)
        self.assertIn("SERVFAIL", row["reason"])

    def test_an_mx_with_a_broken_signature_is_unknown_and_never_followed(self):
        report = self.ask("forged.example", self.validating, "--sources", "mx-autoconfig")
        self.assertNotEqual(report["status"], "not-found")
        self.assertEqual(self.outcomes(report, "mx-autoconfig"), {"unknown"}, report["sources"])
        self.assertNotIn("thief", str(report["sources"]))


if __name__ == "__main__":
    unittest.main()
