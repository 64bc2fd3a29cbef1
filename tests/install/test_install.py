"""Installs the build, then makes the README's example with nothing but what was installed.

Arguments: SOURCE_FOLDER BUILD_FOLDER CXX
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SOURCE, BUILD, CXX = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
# The same program without the network: what it prints is then known.
ALL_OPTIONS, NO_NETWORK = "Resolver::create({})", 'Resolver::create({.sources = {"builtin"}, .probe = false})'
EXAMPLE = re.compile(r"<!-- example -->\n```cpp\n(.*?)```", re.S)


def run(*command: str, **more) -> subprocess.CompletedProcess:
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=300,
                          stdin=subprocess.DEVNULL, **more)
    return done


def must(*command: str, **more) -> str:
    done = run(*command, **more)
    if done.returncode != 0:
        raise AssertionError(f"{shlex.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


class InstalledTree(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = Path(tempfile.mkdtemp(prefix="mailconf-install-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.prefix = cls.folder / "prefix"
        must("cmake", "--install", BUILD, "--prefix", cls.prefix)
        cls.project = cls.folder / "project"
        shutil.copytree(SOURCE / "tests" / "install" / "embedding", cls.project)
        [example] = EXAMPLE.findall((SOURCE / "README.md").read_text())
        (cls.project / "example.cpp").write_text(example)
        (cls.project / "offline.cpp").write_text(example.replace(ALL_OPTIONS, NO_NETWORK))

    def libraries(self) -> Path:
        [package] = self.prefix.rglob("mailconf.pc")
        return package.parent.parent

    def assert_works(self, folder: Path) -> None:
        environment = {**os.environ, "LD_LIBRARY_PATH": str(self.libraries())}
        self.assertEqual(run(folder / "example", "no address", env=environment).returncode, 2)
        self.assertIn("imap.gmail.com:993\n", must(folder / "offline", "someone@gmail.com", env=environment))

    def test_the_example_of_the_readme_is_made_with_cmake(self):
        build = self.folder / "cmake"
        must("cmake", "-S", self.project, "-B", build, f"-DCMAKE_PREFIX_PATH={self.prefix}", f"-DCMAKE_CXX_COMPILER={CXX}")
        must("cmake", "--build", build)
        self.assert_works(build)

    def test_the_example_of_the_readme_is_made_with_pkg_config(self):
        environment = {**os.environ, "PKG_CONFIG_PATH": str(self.libraries() / "pkgconfig")}
        flags = shlex.split(must("pkg-config", "--cflags", "--libs", "mailconf", env=environment))
        for name in ("example", "offline"):
            must(CXX, "-std=c++20", self.project / f"{name}.cpp", "-o", self.folder / name, *flags)
        self.assert_works(self.folder)

    def test_the_installed_programs_find_the_installed_library(self):
        self.assertIn("resolve", must(self.prefix / "bin" / "mailconf", "--help"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
