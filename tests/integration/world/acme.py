"""Pebble: a certificate authority with ACME (RFC 8555) that asks for its challenges as a public one does."""

import json
from pathlib import Path

from .certificates import Certificate
from .processes import Daemon, free_ports, program

# The real pauses, and the nonces that are refused by chance, prove nothing here.
AT_ONCE = {"PEBBLE_VA_NOSLEEP": "1", "PEBBLE_WFE_NONCEREJECT": "0"}


class AcmeAuthority:
    """`certificate` is for its own address; names are looked up at `dns`, and asked by http at `http_port`."""

    def __init__(self, folder: Path, address: str, certificate: Certificate, dns: str, http_port: int):
        folder.mkdir()
        self.address = address
        self.https, management, nothing = free_ports(address, 3)
        configuration = folder / "pebble.json"
        configuration.write_text(json.dumps({"pebble": {
            "listenAddress": f"{address}:{self.https}", "managementListenAddress": f"{address}:{management}",
            "certificate": str(certificate.chain), "privateKey": str(certificate.key), "httpPort": http_port,
            "tlsPort": nothing, "ocspResponderURL": "", "externalAccountBindingRequired": False}}))
        self.daemon = Daemon("pebble", [program("pebble"), "-config", str(configuration), "-dnsserver", dns],
                             folder / "log", AT_ONCE)

    @property
    def directory(self) -> str:
        return f"https://{self.address}:{self.https}/dir"

    def wait(self) -> None:
        self.daemon.wait_for(self.address, [self.https])
