"""Files over HTTPS under several names, by Python's own server; this file is its program too."""

import http.server
import ssl
import sys
from pathlib import Path

from .processes import Daemon, free_ports

PROGRAM = "import sys; sys.path.insert(0, sys.argv.pop(1)); from world.web_site import serve; serve(*sys.argv[1:])"


class WebSite:
    """`certificate` is for all names; `files` are texts by path, without the first stroke."""

    def __init__(self, folder: Path, address: str, certificate, files: dict[str, str]):
        folder.mkdir()
        self.address = address
        [self.https] = free_ports(address, 1)
        for path, text in files.items():
            file = folder / "files" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        command = [sys.executable, "-c", PROGRAM, str(Path(__file__).parents[1]), address, str(self.https),
                   str(certificate.chain), str(certificate.key), str(folder / "files")]
        self.daemon = Daemon("web site", command, folder / "log")

    def wait(self) -> None:
        self.daemon.wait_for(self.address, [self.https])

    def connect_to(self, *names: str) -> list[str]:
        """The options that lead to it by these names."""
        return [part for name in names
                for part in ("--connect-to", f"{name}:443:{self.address}:{self.https}")]


def serve(address: str, port: str, chain: str, key: str, files: str) -> None:
    def handler(*arguments):
        return http.server.SimpleHTTPRequestHandler(*arguments, directory=files)

    server = http.server.ThreadingHTTPServer((address, int(port)), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    # The handshake is for the connection's own thread: one that hangs must not hold up the others.
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.serve_forever()
