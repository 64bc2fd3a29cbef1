"""slapd with people in it: over ldaps, over ldap with STARTTLS where there is a certificate, and by a socket."""

import subprocess
from pathlib import Path
from urllib.parse import quote

from .certificates import Certificate
from .processes import Daemon, Missing, free_ports, program

BASE = "dc=example,dc=org"
READER = f"cn=reader,{BASE}"
PASSWORD = "rd p@ss/word"
SCHEMAS = Path("/etc/ldap/schema")
MODULES = Path("/usr/lib/ldap")
CONFIGURATION = """\
include {schemas}/core.schema
include {schemas}/cosine.schema
include {schemas}/inetorgperson.schema
modulepath {modules}
moduleload back_mdb
pidfile {folder}/pid
argsfile {folder}/args
{tls}
database mdb
maxsize 16777216
suffix "{base}"
directory {folder}/data
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="{reader}" read by * none
"""
TLS = """\
TLSCertificateFile {certificate.chain}
TLSCertificateKeyFile {certificate.key}
"""
HEAD = """\
dn: {base}
objectClass: dcObject
objectClass: organization
dc: example
o: Example

dn: {reader}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: reader
userPassword: {password}

dn: ou=people,{base}
objectClass: organizationalUnit
ou: people
"""
PERSON = """
dn: cn={number},ou=people,{base}
objectClass: inetOrgPerson
cn: {number}
sn: Person
mail: {address}
uid: {login}
"""


class Directory:
    """`people`: address -> name to sign in with. READER alone may look, with PASSWORD."""

    def __init__(self, folder: Path, address: str, people: dict[str, str], certificate: Certificate | None):
        if not SCHEMAS.is_dir():
            raise Missing("slapd's schemas are not installed")
        (folder / "data").mkdir(parents=True)
        self.address = address
        self.port, self.tls_port = free_ports(address, 2)
        self.socket = folder / "socket"
        self.folder = folder
        self.configuration = folder / "slapd.conf"
        self.configuration.write_text(CONFIGURATION.format(
            schemas=SCHEMAS, modules=MODULES, folder=folder, base=BASE, reader=READER,
            tls=TLS.format(certificate=certificate) if certificate else ""))
        people_file = folder / "people.ldif"
        people_file.write_text(HEAD.format(base=BASE, reader=READER, password=PASSWORD) + "".join(
            PERSON.format(number=number, base=BASE, address=who, login=login)
            for number, (who, login) in enumerate(people.items())))
        self.password_file = folder / "password"
        self.password_file.write_text(PASSWORD + "\n")
        subprocess.run([program("slapadd"), "-q", "-f", str(self.configuration), "-l", str(people_file)], check=True,
                       capture_output=True, timeout=60)
        self.start()

    @property
    def plain_url(self) -> str:
        return f"ldap://{self.address}:{self.port}"

    @property
    def tls_url(self) -> str:
        return f"ldaps://{self.address}:{self.tls_port}"

    @property
    def socket_url(self) -> str:
        return "ldapi://" + quote(str(self.socket), safe="")

    def start(self) -> None:
        self.daemon = Daemon("slapd", [program("slapd"), "-d", "0", "-f", str(self.configuration), "-h",
                                       f"{self.plain_url} {self.tls_url} {self.socket_url}"], self.folder / "log")

    def wait(self) -> None:
        self.daemon.wait_for(self.address, [self.port, self.tls_port])
