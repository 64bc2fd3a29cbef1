"""A directory that hangs, ends and comes back while names to sign in with are looked up there; and others that must not be
trusted."""

import signal
import time
import unittest
from concurrent.futures import ThreadPoolExecutor

from looking import Looking, in_directory, people_of
from test_server import get
from world import World
from world.directory import Directory
from world.processes import wait_until

ANSWER_TIME = 0.5  # seconds, of every answer


class Trouble(Looking):
    @classmethod
    def build(cls, world: World) -> None:
        people = people_of("staff.example") | {"huge@staff.example": "x" * 100_000}
        cls.directory = world.adopt(
            Directory(world.folder / "slapd", world.address, people, world.authority.issue(world.address)))
        cls.clear = world.adopt(Directory(world.folder / "clear", world.address, people_of("clear.example"), None))
        cls.foreign = world.adopt(Directory(world.folder / "foreign", world.address, people_of("foreign.example"),
                                            world.authority.issue("elsewhere.example")))
        cls.sources = {
            "staff.example": in_directory("staff.example", cls.directory.tls_url, cls.directory, world),
            "clear.example": in_directory("clear.example", cls.clear.plain_url, cls.clear, world),
            "foreign.example": in_directory("foreign.example", cls.foreign.tls_url, cls.foreign, world),
        }

    def setUp(self) -> None:
        self.publish(self.world, self.sources)
        self.addCleanup(self.server.daemon.stop)

    def pattern_stands(self, address: str) -> None:
        self.assertTrue(self.signs_in_as(address, address))

    def test_row_99_a_directory_that_is_away_is_told_of_once_and_everybody_gets_what_is_published(self) -> None:
        self.wait_until_known("info@staff.example", "cdubois")
        self.directory.daemon.stop()
        try:
            self.assertTrue(self.signs_in_as("info@staff.example", "cdubois"), "what is remembered is told")
            for who in ("camille", "nobody", "camille"):
                self.pattern_stands(f"{who}@staff.example")
            wait_until(lambda: "logins.staff.example: cannot be asked" in self.server.daemon.output(), "the loss")
            metrics = get(self.server.address, self.server.admin, "/metrics", "localhost")[1]
            self.assertRegex(metrics, r'mailconfd_login_look_ups_total\{outcome="failed"\} [1-9]')
        finally:
            self.directory.start()
            self.directory.wait()
        self.wait_until_known("camille@staff.example", "cdubois")
        self.assertEqual(self.server.daemon.output().count("logins.staff.example: cannot be asked"), 1)
        self.assertEqual(self.server.daemon.output().count("logins.staff.example: can be asked again"), 1)

    def test_row_99_a_directory_that_hangs_stops_nobody(self) -> None:
        self.directory.daemon.signal(signal.SIGSTOP)
        try:
            with ThreadPoolExecutor(8) as pool:
                list(pool.map(self.pattern_stands, [f"user{number}@staff.example" for number in range(8)]))
            self.pattern_stands("camille@plain.example")
            wait_until(lambda: "logins.staff.example: cannot be asked" in self.server.daemon.output(), "the loss")
            begin = time.monotonic()
            self.assertEqual(self.server.daemon.stop(), 0)
            self.assertLess(time.monotonic() - begin, 5)
        finally:
            self.directory.daemon.signal(signal.SIGCONT)

    def test_an_answer_that_is_too_long_is_not_read(self) -> None:
        self.pattern_stands("huge@staff.example")
        wait_until(lambda: "logins.staff.example: cannot be asked" in self.server.daemon.output(), "the refusal")
        self.assertNotIn("no user name", self.server.daemon.output())
        self.wait_until_known("camille@staff.example", "cdubois")

    def test_row_48_the_time_of_an_answer_is_the_same_for_all(self) -> None:
        self.wait_until_known("camille@staff.example", "cdubois")
        for who in ("camille", "nobody", "nobody", "info"):
            begin = time.monotonic()
            self.autoconfig(f"{who}@staff.example")
            self.assertGreaterEqual(time.monotonic() - begin, ANSWER_TIME)

    def test_a_directory_without_tls_or_with_another_ones_certificate_is_not_asked(self) -> None:
        for domain in ("clear.example", "foreign.example"):
            self.pattern_stands(f"camille@{domain}")
            wait_until(lambda: f"logins.{domain}: cannot be asked" in self.server.daemon.output(), domain)
            self.pattern_stands(f"camille@{domain}")
        checked = self.server.check()
        self.assertEqual(checked.returncode, 2)
        self.assertIn("logins.clear.example: " + self.clear.plain_url + ": STARTTLS failed", checked.stdout)
        self.assertIn("logins.foreign.example: " + self.foreign.tls_url, checked.stdout)
        self.assertNotIn("logins.staff.example", checked.stdout)


if __name__ == "__main__":
    unittest.main()
