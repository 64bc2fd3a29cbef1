"""Domains that are known from DNS alone, answered by nsd; the servers are dovecot and postfix."""

import unittest

from support import WorldCase
from world import World

MANY = 60  # targets: their SRV records do not fit into a UDP answer


class DomainsInDns(WorldCase):
    @classmethod
    def build(cls, world: World) -> None:
        certificate = world.authority.issue("imap.srv.example", "smtp.srv.example", "imap.many.example",
                                            "smtp.many.example")
        cls.mail = world.mail_server("imap.srv.example", certificate)
        cls.submission = world.submission_server("smtp.srv.example", certificate, cls.mail)
        cls.names = world.name_server({
            "srv.example": cls.services("srv.example") + cls.hosts(),
            "many.example": cls.services("many.example") + cls.hosts() + cls.fallbacks(),
            "none.example": "@ MX 0 .\n_imaps._tcp SRV 0 0 0 .\n_submissions._tcp SRV 0 0 0 .\n"
                            "_imap._tcp SRV 0 0 0 .\n_submission._tcp SRV 0 0 0 .\n",
            "silent.example": None,
        })

    @classmethod
    def services(cls, domain: str) -> str:
        return (f"_imaps._tcp SRV 0 1 {cls.mail.ports['imaps']} imap.{domain}.\n"
                f"_submissions._tcp SRV 0 1 {cls.submission.ports['submissions']} smtp.{domain}.\n")

    @classmethod
    def hosts(cls) -> str:
        return f"imap A {cls.world.address}\nsmtp A {cls.world.address}\n"

    @staticmethod
    def fallbacks() -> str:
        return "".join(f"_imaps._tcp SRV 9 1 993 a-rather-long-name-for-a-fallback-host-{n}.many.example.\n"
                       for n in range(MANY))

    def ask(self, domain: str, *options: str):
        return self.resolve("alice@" + domain, "--dns", self.names.endpoint, *options)

    def test_srv_records_alone_lead_to_proven_servers(self):
        answer = self.ask("srv.example")
        report = answer.json
        self.assertEqual(answer.status, 0, answer.output)
        found = [(s["type"], s["hostname"], s["port"], s["socketType"], s["source"], s["proof"]["outcome"])
                 for s in report["incoming"][:1] + report["outgoing"][:1]]
        self.assertEqual(found, [
            ("imap", "imap.srv.example", self.mail.ports["imaps"], "SSL", "srv", "proven"),
            ("smtp", "smtp.srv.example", self.submission.ports["submissions"], "SSL", "srv", "proven")])

    def test_a_truncated_answer_is_asked_for_again_over_tcp(self):
        answer = self.ask("many.example", "--sources", "srv")
        first = answer.json["incoming"][0]
        self.assertEqual((first["hostname"], first["port"], first["proof"]["outcome"]),
                         ("imap.many.example", self.mail.ports["imaps"], "proven"))

    def test_a_target_of_one_dot_says_that_the_service_is_not_there(self):
        answer = self.ask("none.example")
        self.assertEqual((answer.status, answer.json["status"]), (1, "not-found"), answer.output)
        rows = [row for row in answer.json["sources"] if row["source"] == "srv" and "_imaps." in row["target"]]
        self.assertEqual([row["outcome"] for row in rows], ["absent"])

    def test_a_null_mx_leads_nowhere(self):
        rows = [row for row in self.ask("none.example").json["sources"] if row["source"].startswith("mx-")]
        self.assertTrue(rows)
        self.assertEqual({row["outcome"] for row in rows} - {"absent", "skipped"}, set(), rows)

    def test_a_name_server_that_fails_is_not_an_absence(self):
        answer = self.ask("silent.example")
        self.assertEqual(answer.status, 4, answer.output)
        self.assertIn(answer.json["status"], ("unknown", "offline"))
        rows = [row for row in answer.json["sources"] if row["source"] == "srv"]
        self.assertEqual({row["outcome"] for row in rows}, {"unknown"}, rows)

    def test_a_domain_that_does_not_exist_is_a_definite_answer(self):
        answer = self.ask("nowhere.example")
        self.assertEqual((answer.status, answer.json["status"]), (1, "not-found"), answer.output)


if __name__ == "__main__":
    unittest.main()
