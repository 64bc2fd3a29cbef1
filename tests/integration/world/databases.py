"""PostgreSQL and MariaDB with one empty database and one user, on loopback. Neither runs as root: there they get users of their own."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

from .processes import Daemon, Missing, free_ports, program

USER = "mailconf"
PASSWORD = "p@ss/word"
IN_URL = "p%40ss%2Fword"
PATIENCE = 60  # seconds for a folder of data to be made


def _postgresql(name: str) -> str:
    """Debian keeps the programs of each version apart."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    if not found:
        raise Missing(f"the program {name} is not installed")
    return str(found[-1])


class Database:
    """`start()` and `stop()` as often as wanted; `url` is what a store is called."""

    system_user = ""
    scheme = ""
    ending = signal.SIGTERM

    def __init__(self, folder: Path, address: str):
        self.folder = folder
        self.address = address
        self.port, = free_ports(address, 1)
        self.url = f"{self.scheme}://{USER}:{IN_URL}@{address}:{self.port}/mailconf"
        folder.mkdir()
        self._give_away(folder)
        self.prepare()
        self.start()

    def prepare(self) -> None:
        raise NotImplementedError

    def command(self) -> list[str]:
        raise NotImplementedError

    def execute(self, statements: str) -> None:
        """With the database's own client, in the one database."""
        raise NotImplementedError

    def start(self) -> None:
        self.daemon = Daemon(self.scheme, [*self._as_user(), *self.command()], self.folder / "log")
        self.daemon.wait_for(self.address, [self.port])

    def wait(self) -> None:
        """start() has waited."""

    def stop(self) -> None:
        self.daemon.signal(self.ending)
        self.daemon.process.wait(PATIENCE)

    def run(self, *command: str, text: str = "") -> None:
        subprocess.run([*self._as_user(), *command], input=text, check=True, capture_output=True, text=True,
                       timeout=PATIENCE, cwd=self.folder)

    def file(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text)
        self._give_away(path)
        return path

    def _as_user(self) -> list[str]:
        if os.geteuid() != 0:
            return []
        return [program("setpriv"), f"--reuid={self.system_user}", f"--regid={self.system_user}", "--clear-groups", "--"]

    def _give_away(self, path: Path) -> None:
        if os.geteuid() == 0:
            shutil.chown(path, self.system_user, self.system_user)


class PostgreSQL(Database):
    system_user = "postgres"
    scheme = "postgresql"
    ending = signal.SIGINT  # without waiting for the clients

    def prepare(self) -> None:
        password = self.file("password", PASSWORD)
        self.run(_postgresql("initdb"), "-D", "data", "-U", USER, "-E", "UTF8", "--no-locale", "--no-sync", "-A", "scram-sha-256",
                 "--pwfile", str(password))
        # Before anybody listens: the server in single-user mode reads statements.
        self.run(_postgresql("postgres"), "--single", "-D", "data", "postgres", text="CREATE DATABASE mailconf;\n")

    def command(self) -> list[str]:
        return [_postgresql("postgres"), "-D", str(self.folder / "data"), "-k", str(self.folder), "-h", self.address,
                "-p", str(self.port), "-F"]

    def execute(self, statements: str) -> None:
        target = f"host={self.address} port={self.port} user={USER} password='{PASSWORD}' dbname=mailconf"
        self.run(_postgresql("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", target, text=statements)


class MariaDB(Database):
    system_user = "mysql"
    scheme = "mysql"

    def prepare(self) -> None:
        self.run(program("mariadb-install-db"), "--no-defaults", f"--datadir={self.folder}/data", "--skip-test-db",
                 "--auth-root-authentication-method=normal")
        self.statements = self.file("statements", (
            "CREATE DATABASE IF NOT EXISTS mailconf;\n"
            f"CREATE USER IF NOT EXISTS '{USER}'@'%' IDENTIFIED BY '{PASSWORD}';\n"
            f"GRANT ALL ON mailconf.* TO '{USER}'@'%';\n"))

    def command(self) -> list[str]:
        return [program("mariadbd"), "--no-defaults", f"--datadir={self.folder}/data", f"--socket={self.folder}/socket",
                f"--bind-address={self.address}", f"--port={self.port}", f"--init-file={self.statements}",
                f"--pid-file={self.folder}/pid", "--skip-name-resolve"]

    def execute(self, statements: str) -> None:
        self.run(program("mariadb"), "--no-defaults", f"--host={self.address}", f"--port={self.port}", f"--user={USER}",
                 f"--password={PASSWORD}", "mailconf", text=statements)
