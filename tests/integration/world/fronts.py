"""Reverse proxies in front of mailconfd, each with the snippet that server/doc ships for it.

Only ports, paths of certificates and the domain are other ones than there, and around the snippet stands what makes the
program a child in a folder of its own.
"""

from pathlib import Path

from .certificates import Certificate
from .processes import Daemon, free_ports, program

DOC = Path(__file__).resolve().parents[3] / "server" / "doc"
SHIPPED_CERTIFICATES = "/etc/letsencrypt/live/autoconfig.example.com"
NGINX = """\
daemon off;
user root;
pid {folder}/pid;
error_log stderr;
events {{ }}
http {{
  access_log off;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  {snippet}
}}
"""
CADDY = """\
{{
	admin off
	http_port {http}
	https_port {https}
	default_bind {address}
	storage file_system {folder}/storage
	local_certs
	skip_install_trust
}}
{snippet}
"""
APACHE = """\
ServerRoot {folder}
ServerName {address}
PidFile {folder}/pid
DefaultRuntimeDir {folder}
Mutex file:{folder}
ErrorLog /dev/stderr
Listen {address}:{http}
Listen {address}:{https}
{modules}
{snippet}
"""
APACHE_MODULES = ("mpm_event", "authz_core", "socache_shmcb", "headers", "proxy", "proxy_http", "ssl")
HAPROXY = """\
defaults
  timeout connect 5s
  timeout client 30s
  timeout server 30s
{snippet}
"""


def shipped(name: str, changes: dict[str, str]) -> str:
    """The snippet with each text replaced that must stand in it."""
    text = (DOC / name).read_text()
    for old, new in changes.items():
        assert old in text, f"{name} does not hold {old!r} any more"
        text = text.replace(old, new)
    return text


class Front:
    """`domain` takes the place of example.com; `backend` is where mailconfd answers, "ADDRESS:PORT"."""

    def __init__(self, folder: Path, address: str, domain: str, certificate: Certificate, backend: str):
        folder.mkdir()
        self.folder = folder
        self.address = address
        self.certificate = certificate
        self.http, self.https = free_ports(address, 2)
        self.changes = {"example.com": domain, "127.0.0.1:8080": backend}
        self.daemon = Daemon(type(self).__name__, self._command(), folder / "log",
                             {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder)})

    def wait(self) -> None:
        self.daemon.wait_for(self.address, [self.http, self.https])

    def authority(self) -> Path | None:
        """Who vouches for its certificate; None for the authority of the world."""
        return None

    def _certificate_changes(self) -> dict[str, str]:
        return {f"{SHIPPED_CERTIFICATES}/fullchain.pem": str(self.certificate.chain),
                f"{SHIPPED_CERTIFICATES}/privkey.pem": str(self.certificate.key)}

    def _write(self, name: str, template: str, snippet: str, **more) -> str:
        path = self.folder / name
        path.write_text(template.format(folder=self.folder, address=self.address, http=self.http, https=self.https,
                                        snippet=snippet, **more))
        return str(path)

    def _command(self) -> list[str]:
        raise NotImplementedError


class Nginx(Front):
    def _command(self) -> list[str]:
        snippet = shipped("nginx.conf", {
            **self._certificate_changes(), "  listen [::]:80;\n": "", "  listen [::]:443 ssl http2;\n": "",
            "listen 80;": f"listen {self.address}:{self.http};",
            "listen 443 ssl": f"listen {self.address}:{self.https} ssl", **self.changes})
        return [program("nginx"), "-e", str(self.folder / "start.log"), "-c", self._write("nginx.conf", NGINX, snippet)]


class Caddy(Front):
    def _command(self) -> list[str]:
        return [program("caddy"), "run", "--adapter", "caddyfile", "--config",
                self._write("Caddyfile", CADDY, shipped("Caddyfile", self.changes))]

    def authority(self) -> Path:
        return self.folder / "storage" / "pki" / "authorities" / "local" / "root.crt"


class Apache(Front):
    def _command(self) -> list[str]:
        snippet = shipped("apache.conf", {
            **self._certificate_changes(), "*:80": f"{self.address}:{self.http}",
            "*:443": f"{self.address}:{self.https}", **self.changes})
        modules = "\n".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so"
                            for name in APACHE_MODULES)
        return [program("apache2"), "-X", "-f", self._write("apache.conf", APACHE, snippet, modules=modules)]


class Haproxy(Front):
    def _command(self) -> list[str]:
        both = self.folder / "certs"
        both.mkdir()
        (both / "a.pem").write_text(self.certificate.chain.read_text() + self.certificate.key.read_text())
        # No name of a domain stands in this one.
        changes = {key: value for key, value in self.changes.items() if key != "example.com"}
        snippet = shipped("haproxy.cfg", {
            "/etc/haproxy/certs/": f"{both}/", "bind :80": f"bind {self.address}:{self.http}",
            "bind :443": f"bind {self.address}:{self.https}", **changes})
        return [program("haproxy"), "-db", "-f", self._write("haproxy.cfg", HAPROXY, snippet)]


FRONTS = {"nginx": Nginx, "caddy": Caddy, "apache": Apache, "haproxy": Haproxy}
