"""Names to sign in with, looked up in slapd, PostgreSQL, MariaDB and SQLite."""

import itertools
import sqlite3
import unittest
from concurrent.futures import ThreadPoolExecutor

from looking import PEOPLE, Looking, in_directory, people_of
from world import World
from world.databases import MariaDB, PostgreSQL
from world.directory import Directory

TABLE = "CREATE TABLE person (address VARCHAR(320) PRIMARY KEY, login VARCHAR(320));\n"
QUERY = "SELECT login FROM person WHERE address = ?"
DATABASE = """
[[logins]]
name = "{name}"
url = "{url}"
query = "{query}"
"""
STRANGE = ("*", '"*)(uid=*"', '"\' OR 1=1 --"', "'", "%", "%EMAILDOMAIN%", '"\\\\"', "x" * 64, "ü", "|uid=*")


def statements(domain: str) -> str:
    return TABLE + "".join("INSERT INTO person (address, login) VALUES ('{}', '{}');\n".format(who.replace("'", "''"), login)
                           for who, login in people_of(domain).items())


class EverySource(Looking):
    @classmethod
    def build(cls, world: World) -> None:
        domains = {name: f"{name}.example" for name in ("ldaps", "starttls", "ldapi", "postgresql", "mariadb", "sqlite")}
        people = {who: login for domain in domains.values() for who, login in people_of(domain).items()}
        certificate = world.authority.issue(world.address)
        cls.directory = world.adopt(Directory(world.folder / "slapd", world.address, people, certificate))
        cls.databases = {"postgresql": world.adopt(PostgreSQL(world.folder / "pg", world.address)),
                         "mariadb": world.adopt(MariaDB(world.folder / "my", world.address))}
        for name, database in cls.databases.items():
            database.execute(statements(domains[name]))
        file = world.folder / "people.db"
        with sqlite3.connect(file) as connection:
            connection.executescript(statements(domains["sqlite"]))
        urls = {"ldaps": cls.directory.tls_url, "starttls": cls.directory.plain_url, "ldapi": cls.directory.socket_url}
        sources = {domains[name]: in_directory(domains[name], url, cls.directory, world) for name, url in urls.items()}
        urls = {"sqlite": f"sqlite:{file}", **{name: database.url for name, database in cls.databases.items()}}
        sources |= {domains[name]: DATABASE.format(name=domains[name], url=url, query=QUERY) for name, url in urls.items()}
        cls.domains = list(sources)
        cls.publish(world, sources)

    def everywhere(self, check, *more) -> None:
        """check(domain, …) for every source, and for every one of `more`, side by side: each answer takes its time."""
        with ThreadPoolExecutor(64) as pool:
            for done in [pool.submit(check, domain, *rest) for domain in self.domains for rest in itertools.product(*more)]:
                done.result()

    def test_row_38_every_format_tells_the_name_that_the_source_has(self) -> None:
        def check(domain: str) -> None:
            self.wait_until_known(f"camille@{domain}", "cdubois")
            for body in self.documents(f"camille@{domain}"):
                self.assertIn("cdubois", body)

        self.everywhere(check)

    def test_row_39_an_alias_has_the_name_of_its_owner(self) -> None:
        def check(domain: str, person: tuple[str, str]) -> None:
            self.wait_until_known(person[0].format(domain), person[1])

        self.everywhere(check, PEOPLE.items())

    def test_row_100_an_address_is_a_value_whatever_it_holds(self) -> None:
        def check(domain: str, local_part: str) -> None:
            # Asked for twice: the second time, what came of the first is remembered.
            for _ in range(2):
                body = self.documents(f"{local_part}@{domain}")[0]
                self.assertNotIn("cdubois", body)
                self.assertIn(f"<hostname>imap.{domain}</hostname>", body)

        self.everywhere(check, STRANGE)
        self.assertNotIn("cannot be asked", self.server.daemon.output())

    def test_no_address_and_no_password_gets_into_the_log(self) -> None:
        self.everywhere(lambda domain: self.wait_until_known(f"camille@{domain}", "cdubois"))
        for secret in ("camille", "cdubois", "p@ss"):
            self.assertNotIn(secret, self.server.daemon.output())

    def test_check_asks_each_of_them(self) -> None:
        checked = self.server.check()
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)


if __name__ == "__main__":
    unittest.main()
