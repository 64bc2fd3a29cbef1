"""mailconfd that looks names to sign in with up, and what the tests of that share."""

import http.client

from support import MAILCONFD, WorldCase
from test_server import definition
from world import World
from world.directory import BASE, READER, Directory
from world.processes import wait_until

PEOPLE = {"camille@{}": "cdubois", "info@{}": "cdubois", "o'hara@{}": "ohara", "a+b@{}": "plus"}
DIRECTORY = """
[[logins]]
name = "{name}"
url = "{url}"
base = "ou=people,{base}"
filter = "(&(objectClass=inetOrgPerson)(mail=%EMAILADDRESS%))"
attribute = "uid"
ca-file = "{ca}"
bind-dn = "{reader}"
password-file = "{password_file}"
"""
POST = ('<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"><Request>'
        "<EMailAddress>{}</EMailAddress></Request></Autodiscover>")


def people_of(domain: str) -> dict[str, str]:
    return {address.format(domain): login for address, login in PEOPLE.items()}


def looked_up(domain: str) -> str:
    return f'logins = "{domain}"\n' + definition(domain, domain)


def in_directory(name: str, url: str, directory: Directory, world: World) -> str:
    """The table of the configuration."""
    return DIRECTORY.format(name=name, url=url, base=BASE, reader=READER, ca=world.authority.certificate,
                            password_file=directory.password_file)


class Looking(WorldCase):
    """A mailconfd that `sources` are configured for: domain -> its table of the configuration."""

    @classmethod
    def publish(cls, world: World, sources: dict[str, str]) -> None:
        definitions = {domain: looked_up(domain) for domain in sources}
        definitions["plain.example"] = definition("plain.example", "Plain")
        certificates = {"plain.example": world.authority.issue("plain.example")}
        cls.server = world.publisher(MAILCONFD, certificates, definitions, tls="".join(sources.values()),
                                     server='trusted-proxies = ["127.0.0.0/8"]')

    def ask(self, method: str, path: str, host: str, body: str = "") -> tuple[int, str]:
        connection = http.client.HTTPConnection(self.server.address, self.server.http, timeout=20)
        try:
            connection.request(method, path, body.encode(), {"Host": host, "X-Forwarded-Proto": "https"})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def documents(self, address: str) -> list[str]:
        """Autoconfig, Autodiscover and the profile."""
        host = "autoconfig." + address.rpartition("@")[2]
        encoded = "".join(f"%{octet:02x}" for octet in address.encode())
        escaped = address.replace("&", "&amp;").replace("<", "&lt;")
        answers = [self.ask("GET", f"/mail/config-v1.1.xml?emailaddress={encoded}", host),
                   self.ask("POST", "/autodiscover/autodiscover.xml", host, POST.format(escaped)),
                   self.ask("GET", f"/email.mobileconfig?emailaddress={encoded}", host)]
        for status, body in answers:
            self.assertEqual(status, 200, body + self.server.daemon.output())
        return [body for _, body in answers]

    def autoconfig(self, address: str) -> str:
        path = "/mail/config-v1.1.xml?emailaddress=" + address.replace("@", "%40").replace("+", "%2B")
        status, body = self.ask("GET", path, "autoconfig." + address.rpartition("@")[2])
        self.assertEqual(status, 200, body)
        return body

    def signs_in_as(self, address: str, login: str) -> bool:
        return f"<username>{login}</username>" in self.autoconfig(address)

    def wait_until_known(self, address: str, login: str) -> None:
        wait_until(lambda: self.signs_in_as(address, login), f"{login} for {address}\n{self.server.daemon.output()}")
