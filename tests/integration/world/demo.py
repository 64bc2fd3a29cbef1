"""The demo: mailconfd publishes a domain definition, and the servers it names run on loopback.

No name of the demo exists in the public DNS, and none of its ports needs a privilege: mailconf is told by --connect-to
where host:port is, and by --dns which name server knows the domain. TLS still demands a certificate for each name.
"""

import tomllib
from pathlib import Path

from .world import World

TYPES = {"imap": "imap", "pop3": "pop3", "smtp": "submission"}


def port_name(server: dict) -> str:
    """"imaps", "submission", …: how the servers of the world call the port of a server of a definition."""
    return TYPES[server["type"]] + ("s" if server["socketType"] == "SSL" else "")


class Demo:
    def __init__(self, world: World, mailconfd: Path, definition: Path, with_postfix: bool, **mail):
        text = definition.read_text()
        self.definition = tomllib.loads(text)
        self.domain = self.definition["domains"][0]
        self.world = world
        self.autoconfig = "autoconfig." + self.domain
        servers = self.definition["incoming"] + self.definition["outgoing"]
        hostnames = sorted({server["hostname"] for server in servers})
        mail_certificate = world.authority.issue(*hostnames)
        web_certificate = world.authority.issue(self.autoconfig, self.domain)

        self.names = world.name_server({self.domain: self._zone(hostnames)})
        self.mail = world.mail_server(hostnames[0], mail_certificate, **mail)
        ports = dict(self.mail.ports)
        if with_postfix:
            self.submission = world.submission_server(hostnames[-1], mail_certificate, self.mail)
            ports.update(self.submission.ports)
        self.publisher = world.publisher(mailconfd, {self.autoconfig: web_certificate, self.domain: web_certificate},
                                         {self.domain: text})
        self.connect_to = {(self.autoconfig, 443): self.publisher.https, (self.domain, 443): self.publisher.https}
        for server in servers:
            self.connect_to[server["hostname"], server["port"]] = ports[port_name(server)]

    def options(self) -> list[str]:
        """What mailconf needs to find its way in this world, whatever proxy the environment names."""
        return ["--dns", self.names.endpoint, "--proxy", "off", "--ispdb", "off", *self.places()]

    def places(self) -> list[str]:
        options = ["--ca-file", str(self.world.authority.certificate), "--allow-private"]
        for (host, port), to_port in self.connect_to.items():
            options += ["--connect-to", f"{host}:{port}:{self.world.address}:{to_port}"]
        return options

    def _zone(self, hostnames: list[str]) -> str:
        names = [self.domain, self.autoconfig, *hostnames]
        return "".join(f"{name}. A {self.world.address}\n" for name in names)
