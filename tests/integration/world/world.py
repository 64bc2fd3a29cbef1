"""The world: one folder, one loopback address, and the servers in it."""

import random
import shutil
import signal
import tempfile
from pathlib import Path

from .acme import AcmeAuthority
from .certificates import Authority, Certificate
from .dnssec import Signed, ValidatingResolver
from .dovecot import MailServer
from .fronts import Front
from .nsd import NameServer
from .postfix import SubmissionServer
from .proxies import ConnectProxy, SocksProxy
from .publisher import Publisher
from .web_site import WebSite


def own_address() -> str:
    """An address of 127.0.0.0/8 that is likely nobody else's, so that worlds side by side never fight for a port."""
    return f"127.{random.randint(64, 254)}.{random.randint(0, 254)}.{random.randint(1, 254)}"


class World:
    def __init__(self) -> None:
        # Short, because a UNIX socket's path may have 108 octets only.
        self.folder = Path(tempfile.mkdtemp(prefix="mailconf-", dir="/tmp"))
        self.folder.chmod(0o755)
        self.address = own_address()
        self._servers: list = []
        self._authority: Authority | None = None

    def __enter__(self) -> "World":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        for server in self._servers:
            server.daemon.signal(signal.SIGTERM)
        while self._servers:
            self._servers.pop().daemon.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def authority(self) -> Authority:
        if self._authority is None:
            self._authority = Authority(self.folder / "ca")
        return self._authority

    def name_server(self, zones: dict[str, str | Signed | None]) -> NameServer:
        return self._started(NameServer(self._room("nsd"), self.address, zones))

    def validating_resolver(self, authoritative: NameServer) -> ValidatingResolver:
        return self._started(ValidatingResolver(self._room("unbound"), self.address, authoritative))

    def connect_proxy(self, address: str | None = None) -> ConnectProxy:
        return self._started(ConnectProxy(self._room("tinyproxy"), address or self.address))

    def socks_proxy(self, address: str | None = None) -> SocksProxy:
        return self._started(SocksProxy(self._room("microsocks"), address or self.address))

    def mail_server(self, hostname: str, certificate: Certificate | None, **more) -> MailServer:
        return self._started(MailServer(self._room("dovecot"), self.address, hostname, certificate, **more))

    def submission_server(self, hostname: str, certificate: Certificate | None, sasl: MailServer) -> SubmissionServer:
        return self._started(
            SubmissionServer(self._room("postfix"), self.address, hostname, certificate, sasl.sasl_socket))

    def publisher(self, binary: Path, certificates: dict[str, Certificate], definitions: dict[str, str],
                  **more) -> Publisher:
        return self._started(Publisher(self._room("mailconfd"), self.address, binary, certificates, definitions, **more))

    def web_site(self, certificate: Certificate, files: dict[str, str]) -> WebSite:
        return self._started(WebSite(self._room("web"), self.address, certificate, files))

    def front(self, kind: type[Front], domain: str, certificate: Certificate, backend: str) -> Front:
        return self._started(kind(self._room("front"), self.address, domain, certificate, backend))

    def acme_authority(self, names: NameServer, http_port: int) -> AcmeAuthority:
        certificate = self.authority.issue(self.address)
        return self._started(AcmeAuthority(self._room("pebble"), self.address, certificate, names.endpoint, http_port))

    def adopt(self, server):
        """A server that a test brings along: waited for, and ended with the others."""
        return self._started(server)

    def _room(self, name: str) -> Path:
        return self.folder / f"{name}{len(self._servers)}"

    def _started(self, server):
        self._servers.append(server)
        server.wait()
        return server
