"""mailconf probe and resolve against dovecot and postfix: both ways of TLS, bad certificates, no TLS at all."""

import unittest

from support import MAILCONFD, WorldCase, mailconf
from world import World

STANDARD = {"imap": [(993, "imaps"), (143, "imap")], "pop3": [(995, "pop3s"), (110, "pop3")],
            "smtp": [(465, "submissions"), (587, "submission")]}
PLAIN = """\
domains = ["plain.example"]
id = "plain.example"
displayName = "Plain"

[[incoming]]
type = "imap"
hostname = "imap.plain.example"
port = 143
socketType = "plain"
authentication = ["password-cleartext"]
username = "%EMAILADDRESS%"

[[outgoing]]
type = "smtp"
hostname = "smtp.plain.example"
port = 587
socketType = "plain"
authentication = ["password-cleartext"]
username = "%EMAILADDRESS%"
"""


class Probing(WorldCase):
    @classmethod
    def build(cls, world: World) -> None:
        names = ("imap.good.example", "pop3.good.example", "smtp.good.example")
        cls.mail = world.mail_server(names[0], world.authority.issue(*names))
        cls.submission = world.submission_server(names[2], world.authority.issue(*reversed(names)), cls.mail)
        cls.expired = world.mail_server("imap.old.example", world.authority.issue("imap.old.example", expired=True))
        cls.bare = world.mail_server("imap.plain.example", None)

    def reached(self, host: str, server) -> list[str]:
        """--connect-to for the standard ports of the protocol that the first label names."""
        ports = [(port, server.ports[name]) for port, name in STANDARD[host.split(".")[0]]]
        return [word for port, to in ports for word in ("--connect-to", f"{host}:{port}:{self.world.address}:{to}")]

    def probe(self, host: str, server):
        return mailconf("probe", host, "--json", "--allow-private", "--ca-file",
                        str(self.world.authority.certificate), *self.reached(host, server))

    def assert_both_ways(self, host: str, server, kind: str, hidden: str, shown: str) -> None:
        answer = self.probe(host, server)
        self.assertEqual(answer.status, 0, answer.output + answer.errors)
        implicit, upgraded = answer.json["ports"]
        for port in (implicit, upgraded):
            self.assertEqual((port["type"], port["proof"]["outcome"], port["proof"]["certificate"]),
                             (kind, "proven", "valid"), port)
            self.assertIn(shown, " ".join(port["capabilities"]))
            self.assertIn("password-cleartext", port["authentication"])
        self.assertEqual([implicit["socketType"], upgraded["socketType"]], ["SSL", "STARTTLS"])
        self.assertEqual(implicit["beforeTLS"], [])
        self.assertIn(hidden, " ".join(upgraded["beforeTLS"]))
        self.assertNotIn(hidden, " ".join(upgraded["capabilities"]))

    def test_imap_with_tls_from_the_start_and_by_starttls(self):
        self.assert_both_ways("imap.good.example", self.mail, "imap", hidden="STARTTLS", shown="AUTH=PLAIN")

    def test_pop3_with_tls_from_the_start_and_by_stls(self):
        self.assert_both_ways("pop3.good.example", self.mail, "pop3", hidden="STLS", shown="SASL PLAIN")

    def test_submission_with_tls_from_the_start_and_by_starttls(self):
        self.assert_both_ways("smtp.good.example", self.submission, "smtp", hidden="STARTTLS", shown="AUTH PLAIN")

    def test_sign_in_that_is_offered_after_tls_only_is_seen_there_only(self):
        upgraded = self.probe("smtp.good.example", self.submission).json["ports"][1]
        self.assertNotIn("AUTH", " ".join(upgraded["beforeTLS"]))
        self.assertIn("PLAIN", upgraded["proof"]["mechanisms"])

    def test_a_look_is_recorded_and_replayed_for_the_same_ports_only(self):
        file = str(self.world.folder / "look")
        ca = str(self.world.authority.certificate)
        answer = mailconf("probe", "imap.good.example", "--json", "--allow-private", "--ca-file", ca, "--record", file,
                          *self.reached("imap.good.example", self.mail))
        self.assertEqual(answer.status, 0, answer.errors)
        for operand in ([], ["imap.good.example"]):
            replayed = mailconf("probe", *operand, "--json", "--replay", file)
            self.assertEqual(replayed.status, 0, replayed.errors)
            self.assertEqual([port["capabilities"] for port in replayed.json["ports"]],
                             [port["capabilities"] for port in answer.json["ports"]])
        for words, clause in ((["probe", "pop3.good.example"], "is a recording of imap.good.example"),
                              (["resolve"], "is a recording of mailconf probe"),
                              (["verify", "alice@good.example"], "is a recording of mailconf probe")):
            refused = mailconf(*words, "--replay", file)
            self.assertEqual((refused.status, refused.errors), (2, f"mailconf: {file}: {clause}\n"))

    def assert_refused(self, answer, verdict: str) -> None:
        self.assertEqual(answer.status, 1, answer.output + answer.errors)
        for port in answer.json["ports"]:
            self.assertEqual((port["proof"]["outcome"], port["proof"]["certificate"]), ("refused", verdict), port)
            self.assertTrue(port["proof"]["reason"])

    def test_a_certificate_for_another_name_is_refused(self):
        self.assert_refused(self.probe("imap.wrong.example", self.mail), "wrong-name")

    def test_an_expired_certificate_is_refused(self):
        self.assert_refused(self.probe("imap.old.example", self.expired), "expired")

    def test_a_server_without_tls_is_no_server_to_use(self):
        host = "imap.plain.example:143"
        answer = mailconf("probe", host, "--json", "--allow-private", "--connect-to",
                          f"{host}:{self.world.address}:{self.bare.ports['imap']}")
        self.assertEqual(answer.status, 1, answer.output + answer.errors)
        [port] = answer.json["ports"]
        self.assertEqual((port["socketType"], port["proof"]["outcome"]), ("STARTTLS", "refused"), port)
        self.assertIn("STARTTLS", port["proof"]["reason"])

    def test_settings_without_encryption_are_never_recommended(self):
        world = self.world
        certificate = world.authority.issue("autoconfig.plain.example")
        names = world.name_server({"plain.example": f"autoconfig A {world.address}\n"})
        publisher = world.publisher(MAILCONFD, {"autoconfig.plain.example": certificate}, {"plain.example": PLAIN})
        reached = [word for place, port in (("autoconfig.plain.example:443", publisher.https),
                                            ("imap.plain.example:143", self.bare.ports["imap"]),
                                            ("smtp.plain.example:587", self.bare.ports["submission"]))
                   for word in ("--connect-to", f"{place}:{world.address}:{port}")]
        answer = self.resolve("alice@plain.example", "--dns", names.endpoint, *reached)
        self.assertEqual((answer.status, answer.json["status"]), (3, "insecure-only"), answer.output)
        allowed = self.resolve("alice@plain.example", "--dns", names.endpoint, "--allow-plaintext", *reached)
        self.assertEqual((allowed.status, allowed.json["trust"]), (3, "insecure"), allowed.output)


if __name__ == "__main__":
    unittest.main()
