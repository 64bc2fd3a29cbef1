"""A definition file, mailconfd, autoconfig XML, mailconf resolve, and the proof at dovecot and postfix."""

import json
import unittest

from support import DEMO, MAILCONFD, ROOT, Ended, WorldCase, mailconf
from world import Demo, Missing, World

try:
    import jsonschema
except ImportError:
    jsonschema = None

ADDRESS = "alice@demo.example"


class TheWholeRoad(WorldCase):
    @classmethod
    def build(cls, world: World) -> None:
        if jsonschema is None:
            raise Missing("the Python module jsonschema is not installed")
        cls.demo = Demo(world, MAILCONFD, DEMO, with_postfix=True)
        cls.answer = mailconf("resolve", ADDRESS, "--json", *cls.demo.options())

    def test_it_ends_with_usable_settings(self):
        self.assertEqual(self.answer.status, 0, self.answer.output + self.answer.errors)
        report = self.answer.json
        self.assertEqual((report["status"], report["trust"]), ("found", "authenticated"))
        self.assertEqual((report["address"], report["domain"]), (ADDRESS, "demo.example"))

    def test_the_servers_are_those_of_the_definition_in_its_order(self):
        for direction in ("incoming", "outgoing"):
            published = [(s["type"], s["hostname"], s["port"], s["socketType"]) for s in self.demo.definition[direction]]
            found = [(s["type"], s["hostname"], s["port"], s["socketType"]) for s in self.answer.json[direction]]
            self.assertEqual(found, published)

    def test_every_server_is_proven_by_a_handshake(self):
        for server in self.servers(self.answer):
            proof = server["proof"]
            self.assertEqual((proof["outcome"], proof["certificate"]), ("proven", "valid"), server)
            self.assertIn("PLAIN", proof["mechanisms"])
            self.assertIn(proof["tls"], ("TLSv1.2", "TLSv1.3"))

    def test_the_user_name_is_filled_in_and_its_template_kept(self):
        for server in self.servers(self.answer):
            self.assertEqual((server["username"], server["usernameTemplate"]), (ADDRESS, "%EMAILADDRESS%"))
            self.assertEqual(server["source"], "autoconfig")

    def test_the_report_follows_its_schema(self):
        schema = json.loads((ROOT / "data" / "schema" / "result.schema.json").read_text())
        jsonschema.validate(self.answer.json, schema)
        nothing = self.resolve("nobody@nowhere.example", "--dns", self.demo.names.endpoint)
        jsonschema.validate(nothing.json, schema)

    def test_the_local_part_was_not_needed_so_it_was_not_sent(self):
        for row in self.answer.json["sources"]:
            self.assertNotIn("alice", row["target"])

    def test_for_people_there_is_a_table_and_the_explanation(self):
        shown = mailconf("resolve", ADDRESS, "--trace", *self.demo.options())
        self.assertEqual(shown.status, 0, shown.errors)
        for expected in ("imap.demo.example", "pop.demo.example", "smtp.demo.example", "autoconfig.demo.example"):
            self.assertIn(expected, shown.output)

    def test_other_clients_find_the_same_servers_and_are_told_of_nobody(self):
        shown = mailconf("simulate", "demo.example", "--json", *self.simulation_options())
        schema = json.loads((ROOT / "data" / "schema" / "simulation.schema.json").read_text())
        jsonschema.validate(shown.json, schema)
        clients = {each["client"]["name"]: each for each in shown.json["clients"]}
        self.assertGreaterEqual(len(clients), 14)
        for name, way in (("thunderbird", "autoconfig"), ("evolution", "autoconfig"), ("kmail", "autoconfig"),
                          ("geary", "autoconfig"), ("thunderbird-android", "autoconfig"), ("delta-chat", "autoconfig"),
                          ("outlook", "autodiscover"), ("apple-mail", "profile")):
            with self.subTest(client=name):
                self.assertEqual(clients[name].get("foundBy"), way, clients[name])
                self.assertEqual((clients[name]["incoming"][0]["hostname"], clients[name]["encrypted"]),
                                 ("imap.demo.example", True))
                self.assertEqual(clients[name]["incoming"][0]["username"], "%EMAILADDRESS%")
        self.assertFalse(clients["claws-mail"]["found"], "the demo has no service records")
        self.assertEqual(shown.status, 1)
        plain = [request for each in clients.values() for request in each["requests"]
                 if "http://" in request["request"]]
        self.assertTrue(plain)
        for request in plain:
            self.assertEqual((request["outcome"], request["answer"]), ("skipped", "not asked: plain HTTP"))

    def test_one_client_is_shown_with_all_its_requests(self):
        shown = mailconf("simulate", ADDRESS, "--client", "thunderbird", *self.simulation_options())
        self.assertEqual(shown.status, 0, shown.output + shown.errors)
        for expected in ("imap.demo.example:993", "MX demo.example", "https://demo.example/autodiscover/autodiscover.xml",
                         "postmaster%40"):
            self.assertIn(expected, shown.output)
        self.assertNotIn("alice%40", shown.output)

    def simulation_options(self) -> list[str]:
        return ["--dns", self.demo.names.endpoint, "--proxy", "off", *self.demo.places()]

    @staticmethod
    def servers(answer: Ended) -> list[dict]:
        return answer.json["incoming"] + answer.json["outgoing"]


if __name__ == "__main__":
    unittest.main()
