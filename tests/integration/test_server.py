"""mailconfd as its administrator sees it: certificates by name, reload under load, a clean end, --check,
and domains that are served because their mail comes to us."""

import http.client
import re
import socket
import ssl
import threading
import time
import unittest

from support import MAILCONFD, WorldCase
from world import World
from world.processes import wait_until

DEFINITION = """\
domains = ["{domain}"]
id = "{domain}"
displayName = "{title}"

[[incoming]]
type = "imap"
hostname = "imap.{domain}"
port = 993
socketType = "SSL"
authentication = ["password-cleartext"]
username = "%EMAILADDRESS%"

[[outgoing]]
type = "smtp"
hostname = "smtp.{domain}"
port = 465
socketType = "SSL"
authentication = ["password-cleartext"]
username = "%EMAILADDRESS%"
"""
WORKERS = 2
MOST_REQUESTS = 5000  # of a worker, should a reload never show


def definition(domain: str, title: str) -> str:
    return DEFINITION.format(domain=domain, title=title)


def get(address: str, port: int, path: str, host: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(address, port, timeout=20)
    try:
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


class Load:
    """Clients that ask without a pause until told to stop, and keep every answer that is not what it should be."""

    def __init__(self, ask):
        self.ask = ask
        self.wrong: list[str] = []
        self.answered = 0
        self.enough = threading.Event()
        self.workers = [threading.Thread(target=self._work) for _ in range(WORKERS)]

    def __enter__(self) -> "Load":
        for worker in self.workers:
            worker.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.enough.set()
        for worker in self.workers:
            worker.join()

    def _work(self) -> None:
        for _ in range(MOST_REQUESTS):
            if self.enough.is_set():
                return
            try:
                status, body = self.ask()
                if status != 200 or "imap.one.example" not in body:
                    self.wrong.append(f"{status} {body[:200]}")
            except OSError as problem:
                self.wrong.append(repr(problem))
            self.answered += 1


class TheServer(WorldCase):
    @classmethod
    def build(cls, world: World) -> None:
        cls.certificates = {f"autoconfig.{d}": world.authority.issue(f"autoconfig.{d}")
                            for d in ("one.example", "two.example")}

    def setUp(self) -> None:
        self.server = self.world.publisher(MAILCONFD, self.certificates, {
            "one.example": definition("one.example", "One"), "two.example": definition("two.example", "Two")})
        self.addCleanup(self.server.daemon.stop)

    def get(self, path: str, host: str, port: int | None = None) -> tuple[int, str]:
        return get(self.server.address, port or self.server.http, path, host)

    def document(self) -> tuple[int, str]:
        return self.get("/mail/config-v1.1.xml?emailaddress=alice%40one.example", "autoconfig.one.example")

    def shows(self, title: str) -> bool:
        return f"<displayName>{title}</displayName>" in self.document()[1]

    def test_the_certificate_is_chosen_by_the_name_that_the_client_asks_for(self):
        context = ssl.create_default_context(cafile=str(self.world.authority.certificate))
        for name in self.certificates:
            with socket.create_connection((self.server.address, self.server.https), timeout=20) as plain:
                with context.wrap_socket(plain, server_hostname=name) as secure:
                    self.assertEqual(secure.getpeercert()["subjectAltName"], (("DNS", name),))

    def test_the_admin_listener_says_that_it_is_well(self):
        self.assertEqual(self.get("/healthz", "localhost", self.server.admin)[0], 200)

    def test_a_good_definition_is_taken_under_load_without_a_lost_request(self):
        with Load(self.document) as load:
            self.server.define("one.example", definition("one.example", "One anew"))
            self.server.reload()
            wait_until(lambda: self.shows("One anew"), "the new definition\n" + self.server.daemon.output())
        self.assertEqual(load.wrong, [])
        self.assertGreater(load.answered, 0)

    def test_a_bad_definition_leaves_the_old_one_in_service_and_says_where_it_is_wrong(self):
        with Load(self.document) as load:
            self.server.define("one.example", definition("one.example", "One anew").replace("993", '"many"', 1))
            self.server.define("two.example", definition("two.example", "Two anew"))
            self.server.reload()
            wait_until(lambda: "Two anew" in self.get("/mail/config-v1.1.xml", "autoconfig.two.example")[1],
                       "the good neighbour\n" + self.server.daemon.output())
        self.assertTrue(self.shows("One"))
        self.assertEqual(load.wrong, [])
        self.assertRegex(self.server.daemon.output(), r"one\.example\.toml:8\b.*port")

    def test_it_ends_within_five_seconds_although_a_client_holds_its_connection(self):
        with socket.create_connection((self.server.address, self.server.http)):
            begin = time.monotonic()
            self.assertEqual(self.server.daemon.stop(), 0, self.server.daemon.output())
            self.assertLess(time.monotonic() - begin, 5)

    def test_check_accepts_what_can_be_served(self):
        checked = self.server.check()
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def test_check_names_file_line_and_field_of_what_cannot(self):
        self.server.define("two.example", definition("two.example", "Two").replace("465", "70000"))
        checked = self.server.check()
        self.assertNotEqual(checked.returncode, 0)
        self.assertRegex(checked.stdout + checked.stderr, r"two\.example\.toml:16\b.*port")


class ServingByMx(WorldCase):
    """Domains that no definition names, in the zones of a real name server."""

    @classmethod
    def build(cls, world: World) -> None:
        cls.names = world.name_server({
            "ours.example": "@ MX 20 backup.elsewhere.example.\n@ MX 10 in1.mx.one.example.\n",
            "elsewhere.example": "@ MX 10 mx.elsewhere.example.\n", "nomail.example": "@ MX 0 .\n",
            "broken.example": None})
        certificates = {"autoconfig.one.example": world.authority.issue("autoconfig.one.example")}
        claiming = 'mxDomains = ["mx.one.example"]\n' + definition("one.example", "One")
        cls.server = world.publisher(MAILCONFD, certificates, {"one.example": claiming},
                                     server=f'serve-by-mx = true\ndns = ["{cls.names.endpoint}"]')

    def get(self, domain: str) -> tuple[int, str]:
        return get(self.server.address, self.server.http, f"/mail/config-v1.1.xml?emailaddress=alice%40{domain}",
                   "autoconfig.one.example")

    def test_a_domain_whose_mail_comes_to_us_gets_the_settings_with_its_own_name_alone(self):
        status, body = self.get("ours.example")
        self.assertEqual(status, 200, body + self.server.daemon.output())
        self.assertEqual(re.findall(r"<domain.*?>(.*?)</domain>", body), ["ours.example"])
        self.assertIn("<hostname>imap.one.example</hostname>", body)
        self.assertIn("alice@ours.example", body)

    def test_a_domain_whose_mail_goes_elsewhere_or_nowhere_is_not_found(self):
        for domain in ("elsewhere.example", "nomail.example", "missing.example"):
            self.assertEqual(self.get(domain)[0], 404, domain)

    def test_a_domain_whose_name_server_fails_may_be_ours(self):
        self.assertEqual(self.get("broken.example")[0], 503)

    def test_no_address_gets_into_the_log(self):
        self.get("ours.example")
        self.assertNotIn("alice", self.server.daemon.output())


if __name__ == "__main__":
    unittest.main()
