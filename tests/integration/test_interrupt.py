"""Ctrl-C while the world hangs: the command ends at once and still reports what it knows."""

import json
import signal
import socket
import subprocess
import unittest

from support import MAILCONF, WorldCase
from world import World

LONG = "60"  # a deadline that is not what ends the run: far beyond what the test waits for


class Interrupt(WorldCase):
    @classmethod
    def build(cls, world: World) -> None:
        cls.names = world.name_server({"hang.example": f"autoconfig A {world.address}\n"})

    def start(self, *options: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [str(MAILCONF), "resolve", "alice@hang.example", "--json", "--ispdb", "off", "--allow-private",
             "--deadline", LONG, *options],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.kill)
        return process

    def interrupt(self, process: subprocess.Popen) -> dict:
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=20)
        self.assertEqual(process.returncode, 4)
        return json.loads(output)

    def test_while_a_name_server_is_silent(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
            silent.bind((self.world.address, 0))
            silent.settimeout(20)
            process = self.start("--dns", f"{self.world.address}:{silent.getsockname()[1]}")
            silent.recv(512)
            self.assertEqual(self.interrupt(process)["status"], "aborted")

    def test_while_a_web_server_accepts_and_says_nothing(self):
        with socket.create_server((self.world.address, 0)) as silent:
            silent.settimeout(20)
            process = self.start("--dns", self.names.endpoint, "--connect-to",
                                 f"autoconfig.hang.example:443:{self.world.address}:{silent.getsockname()[1]}")
            connection, _ = silent.accept()
            with connection:
                self.assertEqual(self.interrupt(process)["status"], "aborted")


if __name__ == "__main__":
    unittest.main()
