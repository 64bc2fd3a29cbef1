"""nsd, authoritative for the zones given and for an otherwise empty root: what is not in a zone does not exist."""

from pathlib import Path

from .dnssec import Signed, sign
from .processes import Daemon, free_ports, program

SERVER = """\
server:
  ip-address: {address}@{port}
  server-count: 1
  username: ""
  chroot: ""
  database: ""
  zonesdir: "{folder}"
  pidfile: ""
  xfrdfile: "{folder}/xfrd.state"
  xfrdir: "{folder}"
  zonelistfile: "{folder}/zone.list"
  hide-version: yes
  rrl-ratelimit: 0
remote-control:
  control-enable: no
"""
ZONE = """\
zone:
  name: "{name}"
  zonefile: "{file}"
"""
HEAD = """\
$ORIGIN {origin}
$TTL 60
@ SOA ns.invalid. hostmaster.invalid. 1 3600 600 86400 60
@ NS ns.invalid.
"""


class NameServer:
    """`zones`: name -> records in master-file form, relative to the zone, or Signed records, whose trust anchor is then in
    `anchors`. None: nothing can be loaded, so SERVFAIL."""

    def __init__(self, folder: Path, address: str, zones: dict[str, str | Signed | None]):
        folder.mkdir()
        self.address = address
        [self.port] = free_ports(address, 1)
        text = SERVER.format(folder=folder, address=address, port=self.port)
        self.zones = {".": "", **zones}
        self.anchors: dict[str, Path] = {}
        for name, records in self.zones.items():
            file = folder / f"zone-{name.strip('.') or 'root'}"
            text += ZONE.format(name=name, file=file)
            if records is not None:
                self._write_zone(file, name, records)
        configuration = folder / "nsd.conf"
        configuration.write_text(text)
        self.daemon = Daemon("nsd", [program("nsd"), "-d", "-c", str(configuration)], folder / "log")

    def _write_zone(self, file: Path, name: str, records: str | Signed) -> None:
        signed = records if isinstance(records, Signed) else None
        origin = name if name.endswith(".") else name + "."
        file.write_text(HEAD.format(origin=origin) + (signed.records if signed else records))
        if signed:
            self.anchors[name] = sign(file, name, signed.tampered)

    @property
    def endpoint(self) -> str:
        return f"{self.address}:{self.port}"

    def wait(self) -> None:
        self.daemon.wait_for(self.address, [self.port])
