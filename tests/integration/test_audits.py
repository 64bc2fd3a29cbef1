"""mailconfd audits its own domains, in the zones of nsd, one with a mail server whose certificate has expired."""

import http.client
import json
import re
import socket
import time
import unittest

from support import MAILCONFD, ROOT, WorldCase
from test_server import definition, get
from world import Missing, World
from world.processes import wait_until

try:
    import jsonschema
except ImportError:
    jsonschema = None

EXPIRED = 'mailconfd_audit_findings{code="certificate-expired",severity="error"}'


class Audits(WorldCase):
    @classmethod
    def build(cls, world: World) -> None:
        if jsonschema is None:
            raise Missing("the Python module jsonschema is not installed")
        cls.mail = world.mail_server("imap.one.example", world.authority.issue("imap.one.example", expired=True))
        cls.names = world.name_server({
            "one.example": f"_imaps._tcp SRV 0 1 {cls.mail.ports['imaps']} imap\nimap A {world.address}\n",
            "two.example": "@ MX 10 mx\n", "foreign.example": "@ MX 10 mx\n"})
        # Takes questions and answers none.
        cls.silent = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        cls.silent.bind((world.address, 0))
        cls.addClassCleanup(cls.silent.close)

    def publish(self, dns: str, every: str = 'every = "1d"') -> None:
        section = f'[audit]\n{every}\ndns = ["{dns}"]\nca-file = "{self.world.authority.certificate}"\nallow-private = true'
        self.server = self.world.publisher(MAILCONFD, {}, {name: definition(name, name) for name in
                                                           ("one.example", "two.example")}, more=section)
        self.addCleanup(self.server.daemon.stop)

    def admin(self, path: str) -> tuple[int, str]:
        return get(self.server.address, self.server.admin, path, "localhost")

    def metric(self, series: str) -> float | None:
        found = re.search(rf"^{re.escape(series)} (\S+)$", self.admin("/metrics")[1], re.MULTILINE)
        return float(found[1]) if found else None

    def test_a_certificate_that_has_expired_shows_in_the_metrics(self):
        self.publish(self.names.endpoint)
        wait_until(lambda: self.metric("mailconfd_audit_domains") == 2, "the first round\n" + self.server.daemon.output())
        self.assertEqual(self.metric(EXPIRED), 1)
        self.assertGreater(self.metric('mailconfd_audit_findings{code="srv-missing",severity="warning"}'), 0)
        self.assertLess(abs(self.metric("mailconfd_audit_oldest_timestamp_seconds") - time.time()), 60)
        self.assertRegex(self.server.daemon.output(), r"audit of one\.example: .*certificate-expired")

    def test_an_administrator_is_told_of_own_domains_and_of_no_others(self):
        self.publish(self.names.endpoint, every="")
        status, body = self.admin("/audit/one.example")
        self.assertEqual(status, 200, body)
        audit = json.loads(body)
        jsonschema.validate(audit, json.loads((ROOT / "data" / "schema" / "check.schema.json").read_text()))
        self.assertIn("certificate-expired", {finding["code"] for finding in audit["findings"]})
        self.assertTrue(audit["complete"])
        self.assertEqual(self.admin("/audit/foreign.example")[0], 404)
        self.assertEqual(get(self.server.address, self.server.http, "/audit/one.example", "one.example")[0], 404)

    def test_audits_that_hang_do_not_delay_the_end(self):
        self.publish(f"{self.world.address}:{self.silent.getsockname()[1]}")
        waiting = http.client.HTTPConnection(self.server.address, self.server.admin, timeout=20)
        self.addCleanup(waiting.close)
        self.silent.settimeout(20)
        self.silent.recv(512)  # one is under way
        waiting.request("GET", "/audit/two.example")
        begin = time.monotonic()
        self.assertEqual(self.server.daemon.stop(), 0, self.server.daemon.output())
        self.assertLess(time.monotonic() - begin, 4)

    def test_other_settings_are_taken_on_sighup(self):
        self.publish(self.names.endpoint, every="")
        text = self.server.configuration.read_text()
        self.server.configuration.write_text(text[:text.index("[audit]")])
        self.server.reload()
        wait_until(lambda: self.admin("/audit/one.example")[0] == 404, "the end of audits")
        self.server.configuration.write_text(text + "x = 1\n")
        self.server.reload()
        wait_until(lambda: "audit.x: is no known field" in self.server.daemon.output(), "the complaint")
        self.server.configuration.write_text(text.replace("[audit]", '[audit]\nevery = "1d"'))
        self.server.reload()
        wait_until(lambda: self.metric(EXPIRED) == 1, "the first round\n" + self.server.daemon.output())


if __name__ == "__main__":
    unittest.main()
