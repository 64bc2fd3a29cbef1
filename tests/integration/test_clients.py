"""What mail clients send, octet by octet in the shape that each of them gives it, and what each of them would read from the
answer: the servers of the definition, whoever asks."""

import gzip
import http.client
import json
import plistlib
import re
import socket
import ssl
import tomllib
import unittest
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

from support import MAILCONFD, WorldCase
from world import World
from world.processes import wait_until

DOMAIN = "clients.example"
ADDRESS = f"Alice.B@{DOMAIN}"
EAS = f"https://eas.{DOMAIN}/Microsoft-Server-ActiveSync"
DEFINITION = f"""\
domains = ["{DOMAIN}"]
displayName = "Clients & Söhne"
displayShortName = "Clients"

[[incoming]]
type = "imap"
hostname = "imap.{DOMAIN}"
port = 993
socketType = "SSL"
authentication = ["password-cleartext"]
username = "%EMAILADDRESS%"

[[incoming]]
type = "pop3"
hostname = "pop.{DOMAIN}"
port = 995
socketType = "SSL"
authentication = ["password-cleartext"]
username = "%EMAILADDRESS%"

[[incoming]]
type = "activeSync"
url = "{EAS}"
authentication = ["http-basic"]
username = "%EMAILADDRESS%"

[[outgoing]]
type = "smtp"
hostname = "smtp.{DOMAIN}"
port = 587
socketType = "STARTTLS"
authentication = ["password-cleartext"]
username = "%EMAILADDRESS%"
"""
HOSTS = tuple(f"{label}{DOMAIN}" for label in ("autoconfig.", "autodiscover.", ""))

THUNDERBIRD = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.5.0"
OFFICE = "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)"
SAFARI = ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 "
          "Mobile/15E148 Safari/604.1")
# "alice@clients.example:secret": what a client sends along must be of no consequence, and in no log.
CREDENTIALS = "YWxpY2VAY2xpZW50cy5leGFtcGxlOnNlY3JldA=="

OUTLOOK_NAMESPACE = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"
MOBILESYNC_NAMESPACE = "http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006"
RESPONSE_NAMESPACE = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"
OUTLOOK_BODY = (
    '<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/'
    f'requestschema/2006"><Request><EMailAddress>{ADDRESS}</EMailAddress><AcceptableResponseSchema>{OUTLOOK_NAMESPACE}'
    "</AcceptableResponseSchema></Request></Autodiscover>")
THUNDERBIRD_BODY = (
    '<?xml version="1.0" encoding="utf-8"?>\n      <Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/'
    f'outlook/requestschema/2006">\n        <Request>\n          <EMailAddress>{ADDRESS}</EMailAddress>\n          '
    f"<AcceptableResponseSchema>{OUTLOOK_NAMESPACE}</AcceptableResponseSchema>\n        </Request>\n      </Autodiscover>")
MOBILESYNC_BODY = (
    '<?xml version="1.0" encoding="utf-8"?>\r\n<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/'
    f'mobilesync/requestschema/2006">\r\n  <Request>\r\n    <EMailAddress>{ADDRESS}</EMailAddress>\r\n    '
    f"<AcceptableResponseSchema>{MOBILESYNC_NAMESPACE}</AcceptableResponseSchema>\r\n  </Request>\r\n</Autodiscover>\r\n")


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def type(self) -> str:
        return self.headers.get("Content-Type", "")


class Connection:
    """Octets in, answers out. With `context` over TLS, the host named in the handshake."""

    def __init__(self, address: str, port: int, context: ssl.SSLContext | None = None, name: str | None = None):
        self.socket = socket.create_connection((address, port), timeout=20)
        if context:
            self.socket = context.wrap_socket(self.socket, server_hostname=name)

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, *lines: str, body: str = "") -> Answer:
        """Lines of the header in their order; the length of a body is put where it says {length}."""
        octets = body.encode()
        head = "\r\n".join(lines).replace("{length}", str(len(octets))) + "\r\n\r\n"
        self.socket.sendall(head.encode() + octets)
        answer = http.client.HTTPResponse(self.socket, method=lines[0].split(" ")[0])
        answer.begin()
        text = answer.read()
        if answer.headers.get("Content-Encoding") == "gzip":
            text = gzip.decompress(text)
        return Answer(answer.status, answer.headers, text)


def text_of(element: ElementTree.Element, path: str) -> str:
    return element.findtext(path, "").strip()


Server = tuple[str, str, int, str, str]  # type, host, port, socket type, user name


def expected(incoming: tuple[str, ...], user: str) -> list[Server]:
    """The servers of the definition that a client knows by their types, each with the user name it is to send."""
    definition = tomllib.loads(DEFINITION)
    return [(server["type"], server["hostname"], server["port"], server["socketType"], user)
            for server in definition["incoming"] + definition["outgoing"] if server["type"] in (*incoming, "smtp")]


def read_autoconfig(answer: Answer, incoming: tuple[str, ...]) -> list[Server]:
    """As Thunderbird and K-9 do: what either refuses is a failure."""
    assert answer.status == 200, answer
    assert re.match(r"(text|application)/xml", answer.type), answer.type
    provider = ElementTree.fromstring(answer.body).find("emailProvider")
    assert re.fullmatch(r"[a-z0-9.-]+", provider.get("id")), "K-9 wants a host name"
    assert [domain.text for domain in provider.findall("domain")] == [DOMAIN]
    servers = []
    for server in (*provider.findall("incomingServer"), *provider.findall("outgoingServer")):
        if server.get("type") not in (*incoming, "smtp"):
            continue
        known = {"OAuth2", "password-cleartext", "password-encrypted"}
        assert known & {authentication.text for authentication in server.findall("authentication")}
        assert text_of(server, "socketType") in ("SSL", "STARTTLS")
        servers.append((server.get("type"), text_of(server, "hostname"), int(text_of(server, "port")),
                        text_of(server, "socketType"), text_of(server, "username")))
    return servers


def read_outlook(answer: Answer) -> list[Server]:
    """As Outlook 2016 does: Encryption decides, "TLS" is STARTTLS, and other words than on and off are none."""
    assert answer.status == 200 and answer.type.startswith("text/xml"), answer
    root = ElementTree.fromstring(answer.body)
    assert root.tag == f"{{{RESPONSE_NAMESPACE}}}Autodiscover"
    space = {"o": OUTLOOK_NAMESPACE}
    [account] = root.findall("o:Response/o:Account", space)
    assert account.findtext("o:AccountType", "", space) == "email"
    assert account.findtext("o:Action", "", space) == "settings"
    servers = []
    for protocol in account.findall("o:Protocol", space):
        value = {child.tag.rpartition("}")[2]: (child.text or "") for child in protocol}
        if value["Type"] not in ("IMAP", "POP3", "SMTP"):
            continue
        assert value["SSL"] == "on" and value["SPA"] == "off", value
        socket_type = {"SSL": "SSL", "TLS": "STARTTLS"}[value["Encryption"]]
        servers.append((value["Type"].lower(), value["Server"], int(value["Port"]), socket_type, value["LoginName"]))
    return servers


def read_mobilesync(answer: Answer) -> tuple[str, str]:
    """The address that the device was asked for, and where it is to synchronise."""
    assert answer.status == 200 and answer.type.startswith("text/xml"), answer
    space = {"m": MOBILESYNC_NAMESPACE}
    [response] = ElementTree.fromstring(answer.body).findall("m:Response", space)
    [server] = response.findall("m:Action/m:Settings/m:Server", space)
    assert server.findtext("m:Type", "", space) == "MobileSync"
    return response.findtext("m:User/m:EMailAddress", "", space), server.findtext("m:Url", "", space)


class Clients(WorldCase):
    @classmethod
    def build(cls, world: World) -> None:
        certificates = {host: world.authority.issue(host) for host in HOSTS}
        cls.server = world.publisher(MAILCONFD, certificates, {DOMAIN: DEFINITION}, tls="[log]\naccess = true")
        cls.context = ssl.create_default_context(cafile=str(world.authority.certificate))

    def by_tls(self, host: str) -> Connection:
        return Connection(self.server.address, self.server.https, self.context, host)

    def in_clear(self) -> Connection:
        return Connection(self.server.address, self.server.http)

    def thunderbird(self, connection: Connection, path: str, host: str) -> Answer:
        return connection.send(f"GET {path} HTTP/1.1", f"Host: {host}", f"User-Agent: {THUNDERBIRD}", "Accept: */*",
                               "Accept-Language: en-US,en;q=0.5", "Accept-Encoding: gzip, deflate, br, zstd",
                               "Connection: keep-alive", "Pragma: no-cache", "Cache-Control: no-cache")

    def test_thunderbird_reads_the_same_at_all_four_places(self) -> None:
        host = f"autoconfig.{DOMAIN}"
        query = "?emailaddress=" + ADDRESS.replace("@", "%40")
        well_known = f"/.well-known/autoconfig/mail/config-v1.1.xml{query}"
        for connection, path, name in ((self.by_tls(host), f"/mail/config-v1.1.xml{query}", host),
                                       (self.by_tls(DOMAIN), well_known, DOMAIN),
                                       (self.in_clear(), f"/mail/config-v1.1.xml{query}", host),
                                       (self.in_clear(), well_known, DOMAIN)):
            with self.subTest(path=path, host=name), connection:
                answer = self.thunderbird(connection, path, name)
                self.assertEqual(read_autoconfig(answer, ("imap", "pop3")), expected(("imap", "pop3"), ADDRESS))
                self.assertEqual(answer.headers["Content-Encoding"], None, "one person's document is not worth a cache")

    def test_thunderbird_posts_to_autodiscover_with_the_password(self) -> None:
        for host, path in ((f"autodiscover.{DOMAIN}", "/autodiscover/autodiscover.xml"),
                           (DOMAIN, "/autodiscover/autodiscover.xml")):
            with self.subTest(host), self.by_tls(host) as connection:
                answer = connection.send(
                    f"POST {path} HTTP/1.1", f"Host: {host}", f"User-Agent: {THUNDERBIRD}", "Accept: */*",
                    "Accept-Language: en-US,en;q=0.5", "Accept-Encoding: gzip, deflate, br, zstd",
                    "Content-Type: text/xml; charset=utf-8", f"Authorization: Basic {CREDENTIALS}",
                    "Content-Length: {length}", "Connection: keep-alive", body=THUNDERBIRD_BODY)
                self.assertEqual(read_outlook(answer), expected(("imap", "pop3"), ADDRESS))
        self.assertNotIn(CREDENTIALS, self.server.daemon.output())

    def test_thunderbird_for_android_asks_without_the_address(self) -> None:
        host = f"autoconfig.{DOMAIN}"
        for connection in (self.by_tls(host), self.in_clear()):
            with connection:
                answer = connection.send("GET /mail/config-v1.1.xml HTTP/1.1", f"Host: {host}", "Connection: Keep-Alive",
                                         "Accept-Encoding: gzip", "User-Agent: okhttp/4.12.0")
                self.assertEqual(answer.headers["Content-Encoding"], "gzip")
                self.assertEqual(read_autoconfig(answer, ("imap",)), expected(("imap",), "%EMAILADDRESS%"))

    def test_evolution_asks_for_a_user_of_its_own_making(self) -> None:
        host = f"autoconfig.{DOMAIN}"
        with self.by_tls(host) as connection:
            answer = connection.send(
                f"GET /mail/config-v1.1.xml?emailaddress=EVOLUTIONUSER%40{DOMAIN}&emailmd5=0bc83cb571cd1c50ba6f3e8a78ef1346 "
                "HTTP/1.1", f"Host: {host}", "User-Agent: Evolution/3.46.4", "Accept-Encoding: gzip, deflate, br",
                "Connection: Keep-Alive")
            servers = read_autoconfig(answer, ("imap", "pop3"))
        put_in = [(*server[:4], server[4].replace("EVOLUTIONUSER", ADDRESS.partition("@")[0])) for server in servers]
        self.assertEqual(put_in, expected(("imap", "pop3"), ADDRESS))

    def test_kmail_asks_for_the_document_alone(self) -> None:
        host = f"autoconfig.{DOMAIN}"
        with self.by_tls(host) as connection:
            answer = connection.send(
                "GET /mail/config-v1.1.xml HTTP/1.1", f"Host: {host}", "Connection: keep-alive",
                "User-Agent: Mozilla/5.0 (X11; Linux x86_64) KHTML/5.103.0 (like Gecko) Konqueror/5 KIO/5.103",
                "Pragma: no-cache", "Cache-control: no-cache", "Accept: text/html, text/*;q=0.9, image/jpeg;q=0.9, */*;q=0.1",
                "Accept-Encoding: gzip, deflate", "Accept-Charset: utf-8, *;q=0.5", "Accept-Language: en-US,en;q=0.9")
            self.assertEqual(read_autoconfig(answer, ("imap", "pop3")), expected(("imap", "pop3"), "%EMAILADDRESS%"))

    def test_nextcloud_does_not_encode_the_address(self) -> None:
        for host, path in ((f"autoconfig.{DOMAIN}", "/mail/config-v1.1.xml"),
                           (DOMAIN, "/.well-known/autoconfig/mail/config-v1.1.xml")):
            with self.subTest(host), self.by_tls(host) as connection:
                answer = connection.send(f"GET {path}?emailaddress={ADDRESS} HTTP/1.1", f"Host: {host}",
                                         "User-Agent: Nextcloud Server Crawler", "Accept-Encoding: gzip")
                self.assertEqual(read_autoconfig(answer, ("imap",)), expected(("imap",), ADDRESS))

    def test_outlook_asks_for_the_place_by_json_and_posts_to_it_on_one_connection(self) -> None:
        """Outlook 2021 and 365, with the host as they write it and the letter case of their paths."""
        host = f"AutoDiscover.{DOMAIN}"
        common = ("Connection: Keep-Alive", f"User-Agent: {OFFICE}",
                  "Client-Request-Id: {6D2B8F3A-4E0B-4C6F-9C1D-0A3F5E7B9D21}", f"Host: {host}")
        with self.by_tls(f"autodiscover.{DOMAIN}") as connection:
            answer = connection.send(
                f"GET /autodiscover/autodiscover.json?Email={ADDRESS.replace('@', '%40')}&Protocol=Autodiscoverv1"
                "&RedirectCount=1 HTTP/1.1", *common, "Accept: application/json")
            self.assertEqual((answer.status, answer.type.partition(";")[0]), (200, "application/json"))
            place = json.loads(answer.body)
            self.assertEqual(place["Protocol"], "Autodiscoverv1")
            self.assertRegex(place["Url"].lower(), f"^https://autodiscover.{DOMAIN}/autodiscover/autodiscover.xml$")
            for path in ("/autodiscover/autodiscover.xml", "/AutoDiscover/AutoDiscover.xml", "/Autodiscover/Autodiscover.xml"):
                answer = connection.send(
                    f"POST {path} HTTP/1.1", *common[:2], "Content-Type: text/xml", "Depth: 0",
                    "X-MS-CookieUri-Requested: t", "X-FeatureVersion: 1", "X-MapiHttpCapability: 1",
                    f"X-AnchorMailbox: {ADDRESS}", "Content-Length: {length}", *common[2:], body=OUTLOOK_BODY)
                self.assertEqual(read_outlook(answer), expected(("imap", "pop3"), ADDRESS))

    def test_outlook_waits_to_be_told_to_go_on_with_the_body(self) -> None:
        host = f"autodiscover.{DOMAIN}"
        with self.by_tls(host) as connection:
            octets = OUTLOOK_BODY.encode()
            connection.socket.sendall(
                f"POST /autodiscover/autodiscover.xml HTTP/1.1\r\nContent-Type: text/xml\r\nUser-Agent: {OFFICE}\r\n"
                f"Host: {host}\r\nContent-Length: {len(octets)}\r\nExpect: 100-continue\r\n\r\n".encode())
            self.assertTrue(connection.socket.recv(4096).startswith(b"HTTP/1.1 100 "))
            connection.socket.sendall(octets)
            answer = http.client.HTTPResponse(connection.socket, method="POST")
            answer.begin()
            body = answer.read()
        self.assertEqual(read_outlook(Answer(answer.status, answer.headers, body)), expected(("imap", "pop3"), ADDRESS))

    def test_outlook_is_sent_to_https_from_where_it_asks_in_clear(self) -> None:
        host = f"autodiscover.{DOMAIN}"
        with self.in_clear() as connection:
            answer = connection.send("GET /autodiscover/autodiscover.xml HTTP/1.1", "Connection: Keep-Alive",
                                     f"User-Agent: {OFFICE}", f"Host: {host}")
        self.assertEqual((answer.status, answer.headers["Location"]),
                         (302, f"https://{host}/autodiscover/autodiscover.xml"))

    def test_a_samsung_phone_is_told_where_to_synchronise(self) -> None:
        host = f"autodiscover.{DOMAIN}"
        with self.by_tls(host) as connection:
            answer = connection.send(
                "POST /Autodiscover/Autodiscover.xml HTTP/1.1", "Content-Type: text/xml", f"Authorization: Basic {CREDENTIALS}",
                "User-Agent: SAMSUNG-SM-G998B/101.14", "Connection: keep-alive", "Content-Length: {length}",
                f"Host: {host}", "Accept-Encoding: gzip", body=MOBILESYNC_BODY)
            self.assertEqual(read_mobilesync(answer), (ADDRESS, EAS))

    def test_an_iphone_with_exchange_is_told_where_to_synchronise(self) -> None:
        with self.by_tls(DOMAIN) as connection:
            answer = connection.send(
                "POST /autodiscover/autodiscover.xml HTTP/1.1", f"Host: {DOMAIN}", "Content-Type: text/xml",
                "Accept: */*", f"Authorization: Basic {CREDENTIALS}", "Accept-Language: en-GB,en;q=0.9",
                "Accept-Encoding: gzip, deflate, br", "User-Agent: iOS/17.5.1 (21F90) dataaccessd/1.0",
                "Content-Length: {length}", "Connection: keep-alive", body=MOBILESYNC_BODY)
            self.assertEqual(read_mobilesync(answer), (ADDRESS, EAS))
            answer = connection.send(
                f"GET /autodiscover/autodiscover.json/v1.0/{ADDRESS.replace('@', '%40')}?Protocol=ActiveSync&RedirectCount=1 "
                "HTTP/1.1", f"Host: {DOMAIN}", "Accept: */*", "User-Agent: Outlook-iOS/2.0")
            self.assertEqual(json.loads(answer.body), {"Protocol": "ActiveSync", "Url": EAS})

    def test_an_iphone_downloads_a_profile(self) -> None:
        with self.by_tls(DOMAIN) as connection:
            answer = connection.send(
                f"GET /email.mobileconfig?emailaddress={ADDRESS.replace('@', '%40')} HTTP/1.1", f"Host: {DOMAIN}",
                "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "Sec-Fetch-Site: none",
                "Sec-Fetch-Mode: navigate", f"User-Agent: {SAFARI}", "Accept-Language: en-GB,en;q=0.9",
                "Sec-Fetch-Dest: document", "Accept-Encoding: gzip, deflate, br", "Connection: keep-alive")
        self.assertEqual((answer.status, answer.type.partition(";")[0]), (200, "application/x-apple-aspen-config"))
        [mail] = [payload for payload in plistlib.loads(answer.body)["PayloadContent"]
                  if payload["PayloadType"] == "com.apple.mail.managed"]
        self.assertEqual(mail["EmailAddress"], ADDRESS)
        servers = [(kind, mail[f"{way}MailServerHostName"], mail[f"{way}MailServerPortNumber"],
                    mail[f"{way}MailServerUsername"])
                   for kind, way in (("imap", "Incoming"), ("smtp", "Outgoing"))]
        self.assertEqual(servers, [(kind, host, port, user) for kind, host, port, _, user in expected(("imap",), ADDRESS)])
        self.assertTrue(mail["IncomingMailServerUseSSL"] and mail["OutgoingMailServerUseSSL"])

    def test_whoever_asked_no_address_and_no_password_is_in_the_log(self) -> None:
        with self.by_tls(DOMAIN) as connection:
            self.thunderbird(connection, f"/.well-known/autoconfig/mail/config-v1.1.xml?emailaddress={ADDRESS}", DOMAIN)
        wait_until(lambda: "thunderbird" in self.server.daemon.output(), "the line of the request")
        for secret in (ADDRESS.partition("@")[0], CREDENTIALS, "emailaddress"):
            self.assertNotIn(secret, self.server.daemon.output())


if __name__ == "__main__":
    unittest.main()
