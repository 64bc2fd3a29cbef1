"""Proxies that let everything through to whoever has the account: tinyproxy (CONNECT) and microsocks (SOCKS5)."""

from pathlib import Path

from .processes import Daemon, free_ports, program

ACCOUNT = ("carol", "s3cret")
TINYPROXY = """\
Listen {address}
Port {port}
Timeout 60
MaxClients 50
BasicAuth {user} {password}
LogLevel Connect
"""


class Proxy:
    """`url` holds the account, `bare_url` does not."""

    scheme: str

    def __init__(self, folder: Path, address: str):
        folder.mkdir()
        self.address = address
        [self.port] = free_ports(address, 1)
        command = self._command(folder)
        self.daemon = Daemon(Path(command[0]).name, command, folder / "log")

    @property
    def url(self) -> str:
        return f"{self.scheme}://{':'.join(ACCOUNT)}@{self.address}:{self.port}"

    @property
    def bare_url(self) -> str:
        return f"{self.scheme}://{self.address}:{self.port}"

    def wait(self) -> None:
        self.daemon.wait_for(self.address, [self.port])

    def _command(self, folder: Path) -> list[str]:
        raise NotImplementedError


class ConnectProxy(Proxy):
    scheme = "http"

    def _command(self, folder: Path) -> list[str]:
        configuration = folder / "tinyproxy.conf"
        configuration.write_text(TINYPROXY.format(address=self.address, port=self.port, user=ACCOUNT[0],
                                                  password=ACCOUNT[1]))
        return [program("tinyproxy"), "-d", "-c", str(configuration)]


class SocksProxy(Proxy):
    scheme = "socks5h"

    def _command(self, folder: Path) -> list[str]:
        return [program("microsocks"), "-i", self.address, "-p", str(self.port), "-u", ACCOUNT[0], "-P", ACCOUNT[1]]
