"""postfix for submission: STARTTLS on one port, TLS from the start on another, SASL by dovecot. Needs root."""

import os
import shutil
import subprocess
from pathlib import Path

from .certificates import Certificate
from .processes import Daemon, Missing, free_ports, program

MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
mail_owner = postfix
setgid_group = postdrop
myhostname = {hostname}
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
local_recipient_maps =
alias_maps =
alias_database =
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {sasl}
smtpd_sasl_security_options = noanonymous
smtpd_tls_security_level = {level}
smtpd_tls_auth_only = {auth_only}
smtpd_tls_mandatory_protocols = >=TLSv1.2
smtpd_tls_cert_file = {chain}
smtpd_tls_key_file = {key}
"""
MASTER = """\
{address}:{clear} inet n - n - - smtpd
{address}:{implicit} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes -o smtpd_tls_security_level=encrypt
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
anvil unix - - n - 1 anvil
proxymap unix - - n - - proxymap
postlog unix-dgram n - n - 1 postlogd
"""


class SubmissionServer:
    """Ports: submission (STARTTLS) and submissions (TLS from the start). Without a certificate neither offers TLS."""

    def __init__(self, folder: Path, address: str, hostname: str, certificate: Certificate | None, sasl_socket: Path):
        if os.geteuid() != 0:
            raise Missing("postfix can be started by root only")
        self.address = address
        clear, implicit = free_ports(address, 2)
        self.ports = {"submission": clear, "submissions": implicit}
        self.encrypted = certificate is not None
        self._prepare(folder)
        chain, key = (certificate.chain, certificate.key) if certificate else ("none", "none")
        (folder / "main.cf").write_text(MAIN.format(
            folder=folder, address=address, hostname=hostname, sasl=sasl_socket, chain=chain, key=key,
            level="encrypt" if certificate else "none", auth_only="yes" if certificate else "no"))
        (folder / "master.cf").write_text(self._services(clear, implicit))
        # Makes the queue's folders; the master itself is then a child that can be ended.
        subprocess.run([program("postfix"), "-c", str(folder), "check"], check=True, capture_output=True)
        self.daemon = Daemon("postfix", [program("master"), "-c", str(folder), "-s"], folder / "log")
        self.log = folder / "mail.log"

    def wait(self) -> None:
        self.daemon.wait_for(self.address, [self.ports["submission"]])
        if self.encrypted:
            self.daemon.wait_for(self.address, [self.ports["submissions"]])

    def _services(self, clear: int, implicit: int) -> str:
        text = MASTER.format(address=self.address, clear=clear, implicit=implicit)
        return text if self.encrypted else "".join(line for line in text.splitlines(True) if "wrappermode" not in line)

    @staticmethod
    def _prepare(folder: Path) -> None:
        folder.mkdir()
        folder.chmod(0o755)
        for name in ("queue", "data"):
            (folder / name).mkdir()
        shutil.chown(folder / "data", "postfix")
