"""Long lists from standard input: many at once, cut off anywhere, and carried on as if nothing had happened."""

import json
import resource
import signal
import socket
import subprocess
import tempfile
import unittest
from pathlib import Path

from support import MAILCONF, TIME_LIMIT, Ended, WorldCase
from world import World

DOMAINS = [f"d{number}.list.example" for number in range(60)]
# A domain that is asked for twice has two results, and what is no address has one too.
LINES = [*DOMAINS, *(f"alice@{domain}" for domain in DOMAINS[:20]), "d7.list.example", "no address@", "", "d7.list.example"]
RESULTS = len(LINES) - 1


def key(report: dict) -> tuple[str, str, str]:
    return report["address"], report["domain"], report["status"]


def results(text: str) -> list[tuple[str, str, str]]:
    return sorted(key(json.loads(line)) for line in text.splitlines())


class Bulk(WorldCase):
    @classmethod
    def build(cls, world: World) -> None:
        cls.names = world.name_server({"list.example": "nothing A 192.0.2.1\n"})
        cls.whole = cls.run_list(*cls.options())

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "results"

    @classmethod
    def options(cls) -> list[str]:
        return ["--ispdb", "off", "--no-probe", "--dns", cls.names.endpoint]

    @staticmethod
    def run_list(*options: str, lines: list[str] = LINES, largest_file: int | None = None) -> Ended:
        def limit() -> None:
            # Writing beyond it kills the process in the middle of a line.
            if largest_file is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

        done = subprocess.run([str(MAILCONF), "resolve", "-", *options], input="\n".join(lines), capture_output=True,
                              text=True, timeout=TIME_LIMIT, preexec_fn=limit)
        return Ended(done.returncode, done.stdout, done.stderr)

    def test_every_line_has_one_result(self):
        found = results(self.whole.output)
        self.assertEqual(len(found), RESULTS, self.whole.errors)
        self.assertEqual(sum(1 for _, _, status in found if status == "bad-input"), 1)
        self.assertEqual({status for _, _, status in found}, {"not-found", "bad-input"})
        self.assertEqual(self.whole.status, 2)

    def test_the_number_at_once_changes_nothing_but_the_order(self):
        for number in ("1", "3", "200"):
            ended = self.run_list(*self.options(), "--concurrency", number)
            self.assertEqual(results(ended.output), results(self.whole.output))
            self.assertEqual(ended.status, self.whole.status)

    def test_a_run_killed_at_any_point_is_carried_on_to_the_same_end(self):
        size = len(self.whole.output.encode())
        killed = 0
        for limit in (0, 1, 500, *range(size // 9, size, size // 9)):
            self.file.unlink(missing_ok=True)
            cut_off = self.run_list(*self.options(), "--resume", str(self.file), largest_file=limit)
            killed += cut_off.status == -signal.SIGXFSZ
            ended = self.run_list(*self.options(), "--resume", str(self.file))
            self.assertEqual(results(self.file.read_text()), results(self.whole.output), f"cut off after {limit} octets")
            self.assertEqual((ended.status, ended.output), (self.whole.status, ""), ended.errors)
        self.assertGreaterEqual(killed, 10)

    def test_a_run_killed_again_and_again_gets_there_too(self):
        size = len(self.whole.output.encode())
        for limit in range(size // 7, size, size // 7):
            self.run_list(*self.options(), "--resume", str(self.file), largest_file=limit)
        self.run_list(*self.options(), "--resume", str(self.file))
        self.assertEqual(results(self.file.read_text()), results(self.whole.output))

    def test_csv_is_carried_on_in_the_same_way(self):
        whole = self.run_list(*self.options(), "--format", "csv")
        rows = sorted(line.rsplit(",", 1)[0] for line in whole.output.splitlines())  # but for the time it took
        self.assertEqual(len(rows), RESULTS + 1)
        for limit in range(10, len(whole.output.encode()), 700):
            self.file.unlink(missing_ok=True)
            self.run_list(*self.options(), "--format", "csv", "--resume", str(self.file), largest_file=limit)
            self.run_list(*self.options(), "--format", "csv", "--resume", str(self.file))
            self.assertEqual(sorted(line.rsplit(",", 1)[0] for line in self.file.read_text().splitlines()), rows)

    def test_what_is_in_the_file_is_not_asked_again(self):
        self.run_list(*self.options(), "--resume", str(self.file))
        before = self.file.read_bytes()
        # Nobody answers at this name server: whoever asked would not find the same.
        ended = self.run_list("--ispdb", "off", "--no-probe", "--dns", f"{self.world.address}:1", "--resume", str(self.file))
        self.assertEqual((ended.status, self.file.read_bytes()), (self.whole.status, before))

    def test_a_file_of_another_kind_is_refused_and_left_alone(self):
        self.file.write_text("\n".join(LINES))
        ended = self.run_list(*self.options(), "--resume", str(self.file))
        self.assertEqual(ended.status, 2)
        self.assertIn(f"{self.file}:1: ", ended.errors)
        self.assertEqual(self.file.read_text(), "\n".join(LINES))

    def test_options_of_lists_are_refused_for_operands(self):
        done = subprocess.run([str(MAILCONF), "resolve", "a@list.example", "--concurrency", "4"], capture_output=True,
                              text=True, timeout=TIME_LIMIT)
        self.assertEqual((done.returncode, done.stderr),
                         (2, "mailconf: --concurrency: is for addresses from standard input (-)\n"))

    def test_results_come_while_the_input_is_still_open_and_an_interrupt_keeps_them(self):
        process = subprocess.Popen([str(MAILCONF), "resolve", "-", *self.options()], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(process.kill)
        process.stdin.write("d1.list.example\nd2.list.example\n")
        process.stdin.flush()
        first = sorted(json.loads(process.stdout.readline())["domain"] for _ in range(2))
        self.assertEqual(first, ["d1.list.example", "d2.list.example"])
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=TIME_LIMIT), 4)
        self.assertEqual(process.communicate()[0], "")

    def test_an_interrupt_amid_silence_leaves_no_result_of_what_was_under_way(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
            server.bind((self.world.address, 0))
            server.settimeout(TIME_LIMIT)
            process = subprocess.Popen(
                [str(MAILCONF), "resolve", "-", "--ispdb", "off", "--deadline", "60", "--no-probe", "--resume", str(self.file),
                 "--dns", f"{self.world.address}:{server.getsockname()[1]}"],
                stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            self.addCleanup(process.kill)
            process.stdin.write("no address@\nd1.list.example\n")
            process.stdin.flush()
            server.recv(512)
            process.send_signal(signal.SIGINT)
            self.assertEqual(process.wait(timeout=20), 4)
            process.communicate()
        self.assertEqual([status for _, _, status in results(self.file.read_text())], ["bad-input"])


if __name__ == "__main__":
    unittest.main()
