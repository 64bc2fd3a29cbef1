"""A zone signed with ldns's tools, and unbound, which validates it."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from .processes import Daemon, free_ports, program

ALGORITHM = "ECDSAP256SHA256"
SERVER = """\
server:
  interface: {address}@{port}
  access-control: 127.0.0.0/8 allow
  num-threads: 1
  do-daemonize: no
  do-not-query-localhost: no
  username: ""
  chroot: ""
  directory: "{folder}"
  pidfile: ""
  use-syslog: no
  val-log-level: 2
  module-config: "validator iterator"
remote-control:
  control-enable: no
"""
ANCHOR = 'server:\n  trust-anchor-file: "{file}"\n'
STUB = 'stub-zone:\n  name: "{name}"\n  stub-addr: {address}@{port}\n'


@dataclass(frozen=True)
class Signed:
    """Records of a zone to be signed. `tampered`: what stands there, and what somebody makes of it after the signing."""

    records: str
    tampered: tuple[str, str] | None = None


def sign(file: Path, name: str, tampered: tuple[str, str] | None) -> Path:
    """Signs a zone file in its place; the file with its trust anchor is returned."""
    key = _run(file.parent, "ldns-keygen", "-a", ALGORITHM, "-k", name)
    signed = file.with_name(file.name + ".signed")
    _run(file.parent, "ldns-signzone", "-o", name, "-f", str(signed), str(file), key)
    text = signed.read_text()
    if tampered:
        before, after = tampered
        if text.count(before) != 1:
            raise ValueError(f"{before!r} does not stand once in\n{text}")
        text = text.replace(before, after)
    file.write_text(text)
    return file.parent / (key + ".ds")


def _run(folder: Path, name: str, *arguments: str) -> str:
    return subprocess.run([program(name), *arguments], cwd=folder, check=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True).stdout.strip()


class ValidatingResolver:
    """Asks one authoritative server for everything, and believes what the trust anchors of its zones prove."""

    def __init__(self, folder: Path, address: str, authoritative):
        folder.mkdir()
        self.address = address
        [self.port] = free_ports(address, 1)
        text = SERVER.format(folder=folder, address=address, port=self.port)
        text += "".join(ANCHOR.format(file=file) for file in authoritative.anchors.values())
        text += "".join(STUB.format(name=name, address=authoritative.address, port=authoritative.port)
                        for name in authoritative.zones)
        configuration = folder / "unbound.conf"
        configuration.write_text(text)
        self.daemon = Daemon("unbound", [program("unbound"), "-d", "-p", "-c", str(configuration)], folder / "log")

    @property
    def endpoint(self) -> str:
        return f"{self.address}:{self.port}"

    def wait(self) -> None:
        self.daemon.wait_for(self.address, [self.port])
