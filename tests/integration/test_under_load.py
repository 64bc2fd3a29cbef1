"""mailconfd while many clients ask: hundreds of reloads, and an end without notice."""

import re
import shutil
import signal
import socket
import subprocess
import time
import unittest

from support import MAILCONFD, WorldCase
from test_server import Load, definition, get
from world import World
from world.processes import wait_until

RELOADS = 300
PATIENCE = 45.0  # seconds: with a sanitizer, on a busy machine, fewer reloads must do
DOMAINS = 50
HOST = "autoconfig.one.example"
PATH = "/mail/config-v1.1.xml"
IN_SERVICE = re.compile("domains are in service")
FAILURES = re.compile(r"(Socket errors|Non-2xx).*")


class Wrk:
    """Many connections that ask without a pause, over TLS; what failed is in `failures` afterwards. Nothing where there is no wrk."""

    def __init__(self, address: str, port: int):
        self.command = [shutil.which("wrk"), "-t1", "-c50", "-d600s", "-H", f"Host: {HOST}", f"https://{address}:{port}{PATH}"]
        self.failures: list[str] = []
        self.answered: int | None = None

    def __enter__(self) -> "Wrk":
        self.process = None
        if self.command[0]:
            self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return self

    def __exit__(self, *_: object) -> None:
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)  # it ends with its summary
        summary = self.process.communicate(timeout=20)[0]
        self.failures = [found[0] for found in FAILURES.finditer(summary)]
        self.answered = int(re.search(r"(\d+) requests in", summary)[1])


class UnderLoad(WorldCase):
    @classmethod
    def build(cls, world: World) -> None:
        cls.certificate = world.authority.issue(HOST)

    def setUp(self) -> None:
        others = {f"d{number}.example": definition(f"d{number}.example", "Other") for number in range(DOMAINS)}
        self.server = self.world.publisher(MAILCONFD, {HOST: self.certificate},
                                           {"one.example": definition("one.example", "One"), **others})
        self.addCleanup(lambda: self.server.daemon.stop())

    def document(self) -> tuple[int, str]:
        return get(self.server.address, self.server.http, PATH, HOST)

    def loads(self) -> int:
        return len(IN_SERVICE.findall(self.server.daemon.output()))

    def reload(self) -> None:
        before = self.loads()
        self.server.reload()
        wait_until(lambda: self.loads() > before, "a reload\n" + self.server.daemon.output()[-2000:])

    def renew_certificate(self) -> None:
        chain = self.server.folder / "certs" / f"{HOST}.crt"
        renewed = chain.with_suffix(".new")
        shutil.copy(self.certificate.chain, renewed)
        renewed.rename(chain)

    def reload_again_and_again(self) -> int:
        end = time.monotonic() + PATIENCE
        for number in range(RELOADS):
            self.server.define("one.example", definition("one.example", f"One {number}"))
            self.renew_certificate()
            self.reload()
            if time.monotonic() > end:
                break
        return number

    def test_hundreds_of_reloads_lose_no_request(self):
        with Load(self.document) as load, Wrk(self.server.address, self.server.https) as wrk:
            last = self.reload_again_and_again()
        self.assertEqual(load.wrong, [])
        self.assertGreater(load.answered, last)
        self.assertEqual(wrk.failures, [])
        self.assertTrue(wrk.answered is None or wrk.answered > last)
        self.assertIn(f"One {last}<", self.document()[1])

    def test_after_a_kill_everything_that_was_saved_is_there(self):
        for number in range(5):
            with socket.create_connection((self.server.address, self.server.http)):
                self.server.define("one.example", definition("one.example", f"One {number}"))
                self.server.kill_and_start_again()
            self.assertIn(f"One {number}<", self.document()[1])
            for other in range(DOMAINS):
                status, body = get(self.server.address, self.server.http, PATH, f"autoconfig.d{other}.example")
                self.assertEqual(status, 200, body)


if __name__ == "__main__":
    unittest.main()
