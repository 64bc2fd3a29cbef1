"""certbot obtains and renews a certificate from Pebble through mailconfd, which serves it without a restart."""

import os
import shutil
import socket
import ssl
import subprocess
import unittest
from pathlib import Path

from support import MAILCONFD, ROOT, WorldCase
from test_server import definition, get
from world import World
from world.processes import program, wait_until

NAME = "autoconfig.one.example"
HOOK = ROOT / "server" / "doc" / "deploy-hook"
PATIENCE = 60
PLACE = "/.well-known/acme-challenge/"


class Acme(WorldCase):
    @classmethod
    def build(cls, world: World) -> None:
        cls.certbot_program = program("certbot")
        program("lego")
        cls.names = world.name_server({"one.example": f"@ A {world.address}\nautoconfig A {world.address}\n"})
        cls.webroot = world.folder / "webroot"
        cls.webroot.mkdir()
        cls.server = world.publisher(
            MAILCONFD, {"another.example": world.authority.issue("another.example")},
            {"one.example": definition("one.example", "One")}, server='plain-http = "redirect"',
            tls=f'acme-challenges = "{cls.webroot}"')
        cls.acme = world.acme_authority(cls.names, cls.server.http)

    def certbot(self, *arguments: str) -> subprocess.CompletedProcess:
        folder = self.world.folder / "certbot"
        return subprocess.run(
            [self.certbot_program, *arguments, "--non-interactive", "--config-dir", str(folder / "config"),
             "--work-dir", str(folder / "work"), "--logs-dir", str(folder / "logs")],
            env={**os.environ, "REQUESTS_CA_BUNDLE": str(self.world.authority.certificate),
                 "MAILCONFD_CERTIFICATES": str(self.certificates())},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE)

    def certificates(self) -> Path:
        return self.server.folder / "certs"

    def served(self, name: str = NAME) -> bytes:
        """The certificate that is shown for the name; whose it is, the test compares."""
        context = ssl._create_unverified_context()
        with socket.create_connection((self.server.address, self.server.https), timeout=20) as plain:
            with context.wrap_socket(plain, server_hostname=name) as secure:
                return secure.getpeercert(binary_form=True)

    def stored(self, name: str = NAME) -> bytes:
        text = (self.certificates() / f"{name}.crt").read_text()
        end = "-----END CERTIFICATE-----"
        return ssl.PEM_cert_to_DER_cert(text[:text.index(end) + len(end)] + "\n")

    def test_a_certificate_is_obtained_and_its_renewal_served_without_a_restart(self):
        before = self.served()
        done = self.certbot("certonly", "--webroot", "-w", str(self.webroot), "-d", NAME, "--server",
                            self.acme.directory, "--agree-tos", "--register-unsafely-without-email",
                            "--deploy-hook", str(HOOK))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr + self.acme.daemon.output())
        first = self.stored()
        self.assertNotEqual(first, before)
        wait_until(lambda: self.served() == first, "the first certificate\n" + self.server.daemon.output())
        # The folder's group is who may read the key, and nobody else.
        self.assertEqual((self.certificates() / f"{NAME}.key").stat().st_mode & 0o777, 0o640)

        done = self.certbot("renew", "--force-renewal", "--no-random-sleep-on-renew")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr + self.acme.daemon.output())
        second = self.stored()
        self.assertNotEqual(second, first)
        wait_until(lambda: self.served() == second, "the renewed certificate\n" + self.server.daemon.output())
        self.assertIsNone(self.server.daemon.process.poll())
        self.assertEqual([path.name for path in self.certificates().iterdir() if path.name.startswith(".")], [])

    def test_lego_obtains_one_too(self):
        name = "one.example"
        done = subprocess.run(
            [program("lego"), "--path", str(self.world.folder / "lego"), "--server", self.acme.directory, "--accept-tos",
             "--email", "operator@one.example", "--http", "--http.webroot", str(self.webroot), "--domains", name,
             "run", "--run-hook", str(HOOK)],
            env={**os.environ, "LEGO_CA_CERTIFICATES": str(self.world.authority.certificate),
                 "MAILCONFD_CERTIFICATES": str(self.certificates())}, capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        stored = self.stored(name)
        wait_until(lambda: self.served(name) == stored, "lego's certificate\n" + self.server.daemon.output())

    def test_everything_else_goes_to_https(self):
        self.assertEqual(get(self.server.address, self.server.http, "/mail/config-v1.1.xml", NAME)[0], 308)
        self.assertEqual(get(self.server.address, self.server.http, PLACE + "missing", NAME)[0], 404)


class TheHook(unittest.TestCase):
    def setUp(self) -> None:
        self.world = World()
        self.addCleanup(self.world.close)
        self.folder = self.world.folder / "certs"
        self.folder.mkdir()

    def run_hook(self, **environment: str) -> subprocess.CompletedProcess:
        return subprocess.run([str(HOOK)], env={"PATH": os.environ["PATH"], "MAILCONFD_CERTIFICATES": str(self.folder),
                                                **environment}, capture_output=True, text=True, timeout=PATIENCE)

    def test_lego_s_files_keep_their_name(self):
        pair = self.world.authority.issue("*.example.org")
        chain = shutil.copy(pair.chain, self.world.folder / "_.example.org.crt")
        done = self.run_hook(LEGO_CERT_DOMAIN="*.example.org", LEGO_CERT_PATH=str(chain),
                             LEGO_CERT_KEY_PATH=str(pair.key))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual((self.folder / "_.example.org.crt").read_text(), pair.chain.read_text())
        self.assertEqual((self.folder / "_.example.org.key").read_text(), pair.key.read_text())

    def test_by_hand_it_says_what_it_needs_and_does_nothing(self):
        done = self.run_hook()
        self.assertEqual(done.returncode, 2)
        self.assertIn("RENEWED_LINEAGE", done.stderr)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_a_lineage_without_a_key_leaves_what_is_there(self):
        lineage = self.world.folder / "live" / "a.example"
        lineage.mkdir(parents=True)
        (self.folder / "a.example.key").write_text("old")
        self.assertNotEqual(self.run_hook(RENEWED_LINEAGE=str(lineage)).returncode, 0)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["a.example.key"])
        self.assertEqual((self.folder / "a.example.key").read_text(), "old")


if __name__ == "__main__":
    unittest.main()
