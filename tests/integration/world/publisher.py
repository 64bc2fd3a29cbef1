"""mailconfd with a folder of domain definitions and certificates."""

import shutil
import signal
import subprocess
from pathlib import Path

from .certificates import Certificate
from .processes import Daemon, free_ports

CONFIGURATION = """\
[server]
http = ["{address}:{http}"]
https = ["{address}:{https}"]
{server}

[tls]
certificates = "certs"
{tls}

[store]
url = "directory:domains"

[admin]
listen = "{address}:{admin}"

{more}
"""


class Publisher:
    def __init__(self, folder: Path, address: str, binary: Path, certificates: dict[str, Certificate],
                 definitions: dict[str, str], server: str = "", tls: str = "", more: str = ""):
        """`server`, `tls`: more lines of these sections; `more`: more sections."""
        self.folder = folder
        self.address = address
        self.binary = binary
        self.http, self.https, self.admin = free_ports(address, 3)
        for part in ("certs", "domains"):
            (folder / part).mkdir(parents=True)
        for name, certificate in certificates.items():
            shutil.copy(certificate.chain, folder / "certs" / f"{name}.crt")
            shutil.copy(certificate.key, folder / "certs" / f"{name}.key")
        for name, text in definitions.items():
            self.define(name, text)
        self.configuration = folder / "mailconfd.toml"
        self.configuration.write_text(
            CONFIGURATION.format(address=address, http=self.http, https=self.https, admin=self.admin,
                                 server=server, tls=tls, more=more))
        self.daemon = Daemon("mailconfd", self._command(), folder / "log")

    def define(self, name: str, text: str) -> None:
        (self.folder / "domains" / f"{name}.toml").write_text(text)

    def check(self) -> subprocess.CompletedProcess:
        return subprocess.run([*self._command(), "--check"], capture_output=True, text=True, timeout=30)

    def dns_records(self) -> str:
        """The records that the published documents need, as lines of a zone."""
        return subprocess.run([*self._command(), "--dns"], capture_output=True, text=True, timeout=30, check=True).stdout

    def reload(self) -> None:
        self.daemon.signal(signal.SIGHUP)

    def kill_and_start_again(self) -> None:
        """As after a power cut: nothing is said before, and nothing may be needed after."""
        self.daemon.signal(signal.SIGKILL)
        self.daemon.process.wait()
        self.daemon = Daemon("mailconfd", self._command(), self.folder / "log")
        self.wait()

    def wait(self) -> None:
        self.daemon.wait_for(self.address, [self.http, self.https, self.admin])

    def _command(self) -> list[str]:
        return [str(self.binary), "--config", str(self.configuration)]
