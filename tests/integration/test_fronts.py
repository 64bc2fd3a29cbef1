"""mailconfd behind nginx, Caddy, Apache and HAProxy, each with the snippet that is shipped for it."""

import http.client
import socket
import ssl
import unittest
from contextlib import closing

from support import MAILCONFD, WorldCase
from test_server import definition
from world import Missing, World
from world.enclosure import OUTSIDE, leave_the_network
from world.fronts import FRONTS
from world.processes import wait_until

DOMAIN = "one.example"
HOST = f"autoconfig.{DOMAIN}"
DOCUMENT = "/mail/config-v1.1.xml?emailaddress=alice%40one.example"
AUTODISCOVER = "/autodiscover/autodiscover.xml"
ANSWER = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"
QUESTION = ('<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"><Request>'
            f"<EMailAddress>alice@{DOMAIN}</EMailAddress><AcceptableResponseSchema>{ANSWER}</AcceptableResponseSchema>"
            "</Request></Autodiscover>")
FORGED = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Host": "autoconfig.two.example", "X-Forwarded-Proto": "http"}
MOST_REQUESTS = 5000
# Programs on this machine are not counted; an address that is no loopback address makes a stranger of one.
strangers: list[str] = []


def setUpModule() -> None:
    try:
        leave_the_network()
        strangers.append(OUTSIDE)
    except Missing:
        pass  # some machines forbid it, those of CI too: one test is skipped


class Connection(http.client.HTTPSConnection):
    """To the front, whatever the host is called, with the certificate checked for that host."""

    def __init__(self, front, context: ssl.SSLContext, host: str, source: str | None = None):
        super().__init__(host, timeout=20)
        self.front = front
        self.context = context
        self.source = (source, 0) if source else None

    def connect(self) -> None:
        plain = socket.create_connection((self.front.address, self.front.https), timeout=20, source_address=self.source)
        self.sock = self.context.wrap_socket(plain, server_hostname=self.host)

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> http.client.HTTPResponse:
        self.request(method, path, body, headers)
        answer = self.getresponse()
        answer.text = answer.read().decode()
        return answer


class Behind(WorldCase):
    """The cases; each front has a class of its own."""

    front_name = ""

    @classmethod
    def build(cls, world: World) -> None:
        names = [f"{label}.{DOMAIN}" for label in ("autoconfig", "autodiscover", "ua-auto-config", "mta-sts")]
        certificate = world.authority.issue(*names)
        cls.server = world.publisher(
            MAILCONFD, {HOST: certificate},
            {name: definition(name, name) for name in (DOMAIN, "two.example")},
            server='trusted-proxies = ["127.0.0.1"]\nplain-http = "redirect"')
        cls.front = world.front(FRONTS[cls.front_name], DOMAIN, certificate,
                                f"{cls.server.address}:{cls.server.http}")
        authority = cls.front.authority() or world.authority.certificate
        wait_until(authority.exists, f"the authority of {cls.front_name}\n{cls.front.daemon.output()}")
        cls.context = ssl.create_default_context(cafile=str(authority))

    def connection(self, host: str = HOST, source: str | None = None) -> closing:
        return closing(Connection(self.front, self.context, host, source))

    def test_a_document_arrives_as_mailconfd_wrote_it(self):
        with self.connection() as connection:
            answer = connection.ask("GET", DOCUMENT)
        self.assertEqual(answer.status, 200, answer.text + self.front.daemon.output())
        direct = http.client.HTTPSConnection(self.server.address, self.server.https, timeout=20,
                                             context=ssl._create_unverified_context())
        with closing(direct):
            direct.request("GET", DOCUMENT, headers={"Host": HOST})
            self.assertEqual(answer.text, direct.getresponse().read().decode())
        self.assertIn("<hostname>imap.one.example</hostname>", answer.text)

    def test_autodiscover_is_posted_through_and_not_redirected(self):
        with self.connection(f"autodiscover.{DOMAIN}") as connection:
            answer = connection.ask("POST", AUTODISCOVER, QUESTION, **{"Content-Type": "text/xml; charset=utf-8"})
        self.assertEqual(answer.status, 200, answer.text)
        self.assertIn("<Server>imap.one.example</Server>", answer.text)

    def test_what_comes_in_clear_is_sent_to_https_at_the_same_host_once(self):
        with closing(http.client.HTTPConnection(self.front.address, self.front.http, timeout=20)) as connection:
            connection.request("GET", DOCUMENT, headers={"Host": HOST})
            answer = connection.getresponse()
        self.assertEqual(answer.status, 308)
        self.assertRegex(answer.headers["Location"], rf"^https://{HOST}(:{self.front.https})?/mail/config-v1\.1\.xml\?")

    def test_what_the_client_says_of_itself_is_not_believed(self):
        with self.connection() as connection:
            # Without an address the host alone names the domain; and "http" would be sent to https.
            answer = connection.ask("GET", "/mail/config-v1.1.xml", **FORGED)
        self.assertEqual(answer.status, 200, answer.text)
        self.assertIn("<hostname>imap.one.example</hostname>", answer.text)

    def test_the_client_is_slowed_and_not_the_proxy(self):
        if not strangers:
            raise unittest.SkipTest("because no network namespace can be made here")
        with self.connection(source=strangers[0]) as client:
            status = 200
            for number in range(MOST_REQUESTS):
                # Another name each time, which must not make another client of it.
                status = client.ask("GET", DOCUMENT, **{"X-Forwarded-For": f"203.0.113.{number % 256}"}).status
                if status != 200:
                    break
        self.assertEqual(status, 429)
        with self.connection() as another:
            self.assertEqual(another.ask("GET", DOCUMENT).status, 200)


class BehindNginx(Behind):
    front_name = "nginx"


class BehindCaddy(Behind):
    front_name = "caddy"


class BehindApache(Behind):
    front_name = "apache"


class BehindHaproxy(Behind):
    front_name = "haproxy"


del Behind  # it has no front

if __name__ == "__main__":
    unittest.main()
