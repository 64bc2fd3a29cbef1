"""dovecot: IMAP, POP3 and submission on free ports, as root or as an ordinary user."""

import base64
import grp
import hmac
import json
import os
import pwd
from dataclasses import dataclass, field
from pathlib import Path

from .certificates import Certificate
from .processes import Daemon, free_ports, program

COMMON = """\
protocols = {protocols}
base_dir = {folder}/run
state_dir = {folder}/run
login_trusted_networks =
log_path = /dev/stderr
default_internal_user = {internal_user}
default_internal_group = {internal_group}
default_login_user = {login_user}
default_vsz_limit = 0
mail_location = maildir:{folder}/mail/%n
mail_uid = {mail_user}
mail_gid = {mail_group}
first_valid_uid = 0
hostname = {hostname}
submission_relay_host = 127.0.0.1
listen = {address}
auth_mechanisms = {mechanisms}
disable_plaintext_auth = yes
passdb {{
  driver = passwd-file
  mechanisms = plain login scram-sha-1 scram-sha-256
  args = scheme=plain username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={mail_user} gid={mail_group} home={folder}/mail/%n
}}
auth_failure_delay = 0
service anvil {{
  chroot =
  # Every client comes from one address: the wrong passwords of one test would slow down the next.
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service auth {{
  unix_listener {folder}/sasl {{
    mode = 0666
  }}
}}
"""
TLS = """\
ssl = required
verbose_ssl = yes
ssl_min_protocol = TLSv1.2
ssl_cert = <{chain}
ssl_key = <{key}
"""
TOKENS = """\
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2.conf
}}
"""
LOCAL_TOKENS = """\
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={folder}/keys/
username_attribute = sub
"""
LOGIN = """\
service {protocol}-login {{
  chroot =
  inet_listener {protocol} {{
    port = {clear}
  }}
  inet_listener {protocol}s {{
    port = {implicit}
    ssl = {ssl}
  }}
}}
"""
PROTOCOLS = ["imap", "pop3", "submission"]


@dataclass
class MailServer:
    """Ports by name: imap, imaps, pop3, pop3s, submission, submissions; the one that offers TLS from the start has the s.

    Without a certificate no port offers TLS at all.
    """

    folder: Path
    address: str
    hostname: str
    certificate: Certificate | None
    users: dict[str, str] = field(default_factory=dict)
    mechanisms: str = "plain login"
    token_key: bytes | None = None

    def __post_init__(self) -> None:
        self.folder.mkdir()
        self.folder.chmod(0o755)
        numbers = iter(free_ports(self.address, 2 * len(PROTOCOLS)))
        self.ports = {name: next(numbers) for protocol in PROTOCOLS for name in (protocol, protocol + "s")}
        (self.folder / "users").write_text("".join(f"{name}:{password}::::::\n" for name, password in self.users.items()))
        if self.token_key:
            self._accept_tokens(self.token_key)
        configuration = self.folder / "dovecot.conf"
        configuration.write_text(self._configuration())
        self.daemon = Daemon("dovecot", [program("dovecot"), "-F", "-c", str(configuration)], self.folder / "log")

    def token(self, user: str) -> str:
        """An access token for the user: a JWT (RFC 7519), signed with the key that the server knows."""
        def part(octets: bytes) -> bytes:
            return base64.urlsafe_b64encode(octets).rstrip(b"=")
        head = part(b'{"alg":"HS256","typ":"JWT"}') + b"." + part(json.dumps({"sub": user, "exp": 4102444800}).encode())
        return (head + b"." + part(hmac.digest(self.token_key, head, "sha256"))).decode()

    def _accept_tokens(self, key: bytes) -> None:
        place = self.folder / "keys" / "default" / "HS256"
        place.mkdir(parents=True)
        (place / "default").write_text(base64.b64encode(key).decode())
        (self.folder / "oauth2.conf").write_text(LOCAL_TOKENS.format(folder=self.folder))

    @property
    def sasl_socket(self) -> Path:
        return self.folder / "sasl"

    def wait(self) -> None:
        clear = [self.ports[name] for name in PROTOCOLS]
        implicit = [self.ports[name + "s"] for name in PROTOCOLS] if self.certificate else []
        self.daemon.wait_for(self.address, clear + implicit)

    def _configuration(self) -> str:
        text = COMMON.format(folder=self.folder, protocols=" ".join(PROTOCOLS), hostname=self.hostname,
                             address=self.address, mechanisms=self.mechanisms, **_users())
        if self.token_key:
            text += TOKENS.format(folder=self.folder)
        if self.certificate:
            text += TLS.format(chain=self.certificate.chain, key=self.certificate.key)
        else:
            text += "ssl = no\n"
            text = text.replace("disable_plaintext_auth = yes", "disable_plaintext_auth = no")
        for protocol in PROTOCOLS:
            implicit = self.ports[protocol + "s"] if self.certificate else 0
            text += LOGIN.format(protocol=protocol, clear=self.ports[protocol], implicit=implicit,
                                 ssl="yes" if self.certificate else "no")
        return text


def _users() -> dict[str, str]:
    """dovecot drops its rights when it has some to drop."""
    if os.geteuid() == 0:
        return {"internal_user": "dovecot", "internal_group": "dovecot", "login_user": "dovecot",
                "mail_user": "nobody", "mail_group": "nogroup"}
    me, group = pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(os.getegid()).gr_name
    return {"internal_user": me, "internal_group": group, "login_user": me, "mail_user": me, "mail_group": group}
