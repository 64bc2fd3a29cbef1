"""Two mailconfd that share a database: changes, and the database going away and coming back."""

import os
import subprocess
import unittest
from pathlib import Path

from support import MAILCONF, MAILCONFD, WorldCase
from test_server import definition, get
from world import World
from world.databases import MariaDB, PostgreSQL
from world.processes import Daemon, free_ports, wait_until

CONFIGURATION = """\
[server]
http = ["{address}:{http}"]
[store]
url = "{url}"
[admin]
listen = "{address}:{admin}"
"""
# Where it is not installed, mailconf finds mailconfd by PATH.
WITH_SERVER = {**os.environ, "PATH": f"{Path(MAILCONFD).parent}:{os.environ.get('PATH', '')}"}
CONFIG = "/mail/config-v1.1.xml"


class Instance:
    def __init__(self, folder: Path, address: str, url: str):
        self.address = address
        self.http, self.admin = free_ports(address, 2)
        folder.mkdir()
        self.configuration = folder / "mailconfd.toml"
        self.configuration.write_text(
            CONFIGURATION.format(address=address, http=self.http, admin=self.admin, url=url))
        self.daemon = Daemon("mailconfd", [str(MAILCONFD), "--config", str(self.configuration)], folder / "log")

    def wait(self) -> None:
        self.daemon.wait_for(self.address, [self.http, self.admin])

    def asked(self, domain: str) -> tuple[int, str]:
        return get(self.address, self.http, CONFIG, f"autoconfig.{domain}")

    def ready(self) -> tuple[int, str]:
        return get(self.address, self.admin, "/readyz", "localhost")

    def serves(self, domain: str, title: str) -> bool:
        status, body = self.asked(domain)
        return status == 200 and title in body


class Stores:
    """What holds for every database; `database` is its class."""

    database = None

    @classmethod
    def build(cls, world: World) -> None:
        cls.store = world.adopt(cls.database(world.folder / "database", world.address))
        cls.instances = [world.adopt(Instance(world.folder / name, world.address, cls.store.url)) for name in ("a", "b")]

    def domain(self, *words: str) -> str:
        configuration = str(self.instances[0].configuration)
        done = subprocess.run([str(MAILCONF), "domain", words[0], "--config", configuration, *words[1:]],
                              capture_output=True, text=True, timeout=30, env=WITH_SERVER)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def define(self, domain: str, title: str) -> str:
        path = self.world.folder / f"{domain}.toml"
        path.write_text(definition(domain, title))
        self.domain("add", str(path))
        return path.read_text()

    def wait_until_all_serve(self, domain: str, title: str) -> None:
        wait_until(lambda: all(instance.serves(domain, title) for instance in self.instances), f"{title} everywhere")

    def test_row_98_a_change_is_served_by_every_instance(self) -> None:
        self.define("changed.example", "Before")
        self.wait_until_all_serve("changed.example", "Before")
        self.define("changed.example", "After: Grüße")
        self.wait_until_all_serve("changed.example", "After: Grüße")

    def test_what_was_added_is_listed_shown_and_removed(self) -> None:
        text = self.define("shown.example", "Größe \\\" '")
        self.assertIn("shown.example\tshown.example\n", self.domain("list"))
        self.assertEqual(self.domain("show", "shown.example"), text)
        self.domain("remove", "shown.example")
        self.assertNotIn("shown.example", self.domain("list"))

    def test_an_import_is_served_and_keeps_what_is_there(self) -> None:
        self.define("here.example", "Here")
        self.wait_until_all_serve("here.example", "Here")
        path = self.world.folder / "import.xml"
        path.write_text(self.instances[0].asked("here.example")[1]
                        .replace("<domain>here.example</domain>",
                                 "<domain>here.example</domain><domain>imported.example</domain>")
                        .replace("<displayName>Here", "<displayName>Imported"))
        self.assertEqual(self.domain("import", str(path)), f"imported.example: imported from {path}\n")
        self.wait_until_all_serve("imported.example", "Imported")
        self.assertTrue(self.instances[0].serves("here.example", "Here"))

    def test_a_definition_of_many_octets_comes_back_whole(self) -> None:
        path = self.world.folder / "long.toml"
        path.write_text("# " + "x" * 500_000 + "\n" + definition("long.example", "Long"))
        self.domain("add", str(path))
        self.assertEqual(self.domain("show", "long.example"), path.read_text())

    def test_row_99_without_its_database_memory_serves_and_says_so_until_it_is_back(self) -> None:
        self.define("kept.example", "Kept")
        self.define("unread.example", "Unread")
        self.wait_until_all_serve("kept.example", "Kept")
        one = self.instances[0]
        self.store.stop()
        wait_until(lambda: "from memory" in one.ready()[1], "the loss to be noticed")
        self.assertEqual(one.ready()[0], 200)
        self.assertTrue(one.serves("kept.example", "Kept"))
        self.assertEqual(one.asked("unread.example")[0], 503)
        self.store.start()
        wait_until(lambda: "from memory" not in one.ready()[1], "the return to be noticed")
        self.define("kept.example", "Changed")
        self.wait_until_all_serve("kept.example", "Changed")
        self.assertEqual(one.daemon.output().count("the store can be read again"), 1)
        self.assertNotIn("p@ss", one.daemon.output())


class OnPostgreSQL(Stores, WorldCase):
    database = PostgreSQL


class OnMariaDB(Stores, WorldCase):
    database = MariaDB


if __name__ == "__main__":
    unittest.main()
