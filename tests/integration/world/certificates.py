"""A throw-away certificate authority, made with the openssl command."""

import ipaddress
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .processes import program

CONFIGURATION = """\
[ca]
default_ca = here
[here]
dir = {folder}
database = {folder}/index.txt
new_certs_dir = {folder}/issued
rand_serial = yes
default_md = sha256
policy = anything
copy_extensions = copy
unique_subject = no
x509_extensions = leaf
[anything]
commonName = supplied
[leaf]
basicConstraints = CA:FALSE
extendedKeyUsage = serverAuth
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[request]
distinguished_name = name
[name]
"""
KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc"]
LONG_AGO = ["-startdate", "20200101000000Z", "-enddate", "20200201000000Z"]


@dataclass(frozen=True)
class Certificate:
    chain: Path
    key: Path


def is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Authority:
    def __init__(self, folder: Path):
        self.folder = folder
        (folder / "issued").mkdir(parents=True)
        (folder / "index.txt").touch()
        self.configuration = folder / "openssl.cnf"
        self.configuration.write_text(CONFIGURATION.format(folder=folder))
        self.certificate = folder / "ca.pem"
        self._openssl("req", "-x509", *KEY, "-days", "2", "-subj", "/CN=Throw-away authority", "-extensions", "root",
                      "-keyout", str(folder / "ca.key"), "-out", str(self.certificate))

    def issue(self, *names: str, expired: bool = False, days: int = 2) -> Certificate:
        """A certificate for the DNS names, or addresses, given; the first names the files."""
        stem = self.folder / (names[0].replace("*", "any") + ("-expired" if expired else ""))
        certificate = Certificate(stem.with_name(stem.name + ".crt"), stem.with_name(stem.name + ".key"))
        request = stem.with_name(stem.name + ".csr")
        self._openssl("req", "-new", *KEY, "-subj", f"/CN={names[0]}",
                      "-addext", "subjectAltName=" + ",".join(("IP:" if is_address(name) else "DNS:") + name for name in names),
                      "-keyout", str(certificate.key), "-out", str(request))
        self._openssl("ca", "-batch", "-notext", "-in", str(request), "-out", str(certificate.chain),
                      "-cert", str(self.certificate), "-keyfile", str(self.folder / "ca.key"),
                      *(LONG_AGO if expired else ["-days", str(days)]))
        return certificate

    def _openssl(self, command: str, *arguments: str) -> None:
        subprocess.run([program("openssl"), command, "-config", str(self.configuration), *arguments], check=True,
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
