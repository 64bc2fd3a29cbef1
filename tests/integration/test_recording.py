"""A run in the demo world is recorded, and replayed when that world is gone."""

import stat
import tempfile
import unittest
from pathlib import Path

from support import DEMO, MAILCONFD, WorldCase, mailconf, without_network, without_times
from world import Demo, World

LOCAL_PART = "alice"
ADDRESS = LOCAL_PART + "@demo.example"


class RecordAndReplay(WorldCase):
    @classmethod
    def build(cls, world: World) -> None:
        demo = Demo(world, MAILCONFD, DEMO, with_postfix=True)
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.file = Path(folder.name) / "run"
        cls.answer = mailconf("resolve", ADDRESS, "--json", "--record", str(cls.file), *demo.options())
        world.close()

    def test_the_replay_says_the_same_but_for_times(self):
        self.assertEqual(self.answer.status, 0, self.answer.errors)
        replayed = without_network("resolve", ADDRESS, "--json", "--replay", str(self.file))
        self.assertEqual(replayed.status, 0, replayed.errors)
        self.assertEqual(without_times(replayed.json), without_times(self.answer.json))
        self.assertTrue(all(server["proof"]["outcome"] == "proven" for server in replayed.json["incoming"]))

    def test_without_an_address_the_replay_is_for_user(self):
        replayed = without_network("resolve", "--json", "--replay", str(self.file))
        self.assertEqual((replayed.status, replayed.json["address"]), (0, "user@demo.example"))
        self.assertEqual(replayed.json["incoming"][0]["username"], "user@demo.example")

    def test_the_file_is_private_and_does_not_hold_the_local_part(self):
        self.assertEqual(stat.S_IMODE(self.file.stat().st_mode), 0o600)
        self.assertNotIn(LOCAL_PART, self.file.read_text().lower())

    def test_a_recording_is_not_written_over(self):
        before = self.file.read_bytes()
        again = mailconf("resolve", ADDRESS, "--record", str(self.file))
        self.assertEqual((again.status, again.errors), (2, f"mailconf: {self.file}: is there already\n"))
        self.assertEqual(self.file.read_bytes(), before)

    def test_a_damaged_file_is_one_sentence_with_its_place(self):
        lines = self.file.read_text().splitlines(keepends=True)
        damaged = self.file.with_name("damaged")
        for text, place in ((lines[0] + "{}\n", ":2: "), ("".join(lines[:-1]), f":{len(lines) - 1}: it ends after"),
                            ("", ":1: it is empty"), ("".join(lines)[:-9], f":{len(lines)}: ")):
            damaged.write_text(text)
            refused = without_network("resolve", "--replay", str(damaged))
            self.assertEqual((refused.status, refused.output, refused.errors.count("\n")), (2, "", 1))
            self.assertTrue(refused.errors.startswith(f"mailconf: {damaged}{place}"), refused.errors)

    def test_it_is_for_its_domain_only(self):
        refused = without_network("resolve", "alice@other.example", "--replay", str(self.file))
        self.assertEqual((refused.status, refused.errors),
                         (2, f"mailconf: {self.file}: is a recording of demo.example\n"))


if __name__ == "__main__":
    unittest.main()
