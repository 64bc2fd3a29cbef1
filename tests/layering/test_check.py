"""The check finds what it is there to find."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from check import problems  # noqa: E402


class LayeringCheck(unittest.TestCase):
    def found(self, path: str, text: str) -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, path)
            file.parent.mkdir(parents=True)
            file.write_text(text)
            return problems(Path(folder))

    def test_an_arrow_that_points_up_is_found(self):
        self.assertEqual(self.found("resolver/model/a.cpp", '#include "formats/xml.h"\n'),
                         ['resolver/model/a.cpp:1: may not include "formats/xml.h"'])

    def test_an_arrow_that_points_down_is_fine(self):
        self.assertEqual(self.found("resolver/engine/a.cpp", '#include "sources/source.h"\n#include "model/url.h"\n'), [])

    def test_the_engine_sees_the_seam_of_the_network_and_nothing_else_of_it(self):
        text = '#include "network/network.h"\n#include "network/real_network.h"\n'
        self.assertEqual(len(self.found("resolver/engine/a.cpp", text)), 1)

    def test_the_server_and_the_command_see_public_headers_only(self):
        for folder in ("server", "tools/mailconf"):
            self.assertEqual(len(self.found(folder + "/a.cpp", '#include "mailconf/result.h"\n#include "model/url.h"\n')), 1)

    def test_pure_code_has_no_sockets_threads_clocks_files_or_random_numbers(self):
        for line in ("#include <thread>", "#include <fstream>", "#include <random>", "#include <sys/socket.h>",
                     "#include <boost/asio/ip/tcp.hpp>", "auto t = std::chrono::steady_clock::now();"):
            for folder in ("model", "formats", "protocol", "sources", "engine", "clients"):
                self.assertEqual(len(self.found(f"resolver/{folder}/a.h", line + "\n")), 1, line)

    def test_the_network_may_use_them(self):
        self.assertEqual(self.found("resolver/network/a.cpp", "#include <thread>\n#include <boost/asio/ip/tcp.hpp>\n"), [])

    def test_a_library_belongs_to_its_folder(self):
        self.assertEqual(len(self.found("resolver/sources/a.cpp", "#include <boost/json.hpp>\n")), 1)

    def test_a_very_long_file_is_found(self):
        self.assertEqual(len(self.found("tests/model/a.cpp", "\n" * 401)), 1)

    def test_unfinished_work_is_found(self):
        self.assertEqual(len(self.found("server/a.cpp", "// TO" + "DO later\n")), 1)


if __name__ == "__main__":
    unittest.main()
