"""The QR code of a profile as a camera sees it: drawn by librsvg, read by zbar."""

import http.client
import subprocess
import unittest
from contextlib import closing

from support import MAILCONFD, WorldCase
from test_server import definition
from world import World
from world.processes import program

HOST = "autoconfig.one.example"


class ProfileCode(WorldCase):
    @classmethod
    def build(cls, world: World) -> None:
        cls.draw = program("rsvg-convert")
        cls.read = program("zbarimg")
        cls.server = world.publisher(MAILCONFD, {HOST: world.authority.issue(HOST)},
                                     {"one.example": definition("one.example", "One")})

    def get(self, target: str) -> tuple[int, bytes]:
        with closing(http.client.HTTPConnection(self.server.address, self.server.http, timeout=20)) as connection:
            connection.request("GET", target, headers={"Host": HOST})
            answer = connection.getresponse()
            return answer.status, answer.read()

    def text_of_code(self, address: str) -> str:
        status, drawing = self.get(f"/profile.qr?emailaddress={address}")
        self.assertEqual(status, 200, drawing)
        picture = self.world.folder / "code.png"
        subprocess.run([self.draw, "--output", str(picture)], input=drawing, check=True, timeout=20)
        return subprocess.run([self.read, "--quiet", "--raw", str(picture)], capture_output=True, text=True, check=True,
                              timeout=20).stdout.strip()

    def test_row_91_the_code_holds_the_https_url_of_the_profile(self):
        text = self.text_of_code("alice@one.example")
        self.assertEqual(text, f"https://{HOST}/email.mobileconfig?emailaddress=alice%40one.example")

    def test_row_91_the_url_leads_to_the_profile_of_just_that_address(self):
        for address in ("alice%2Btag@one.example", "o%27hara%26b%3Dc@one.example", "%22a%20b%22@one.example"):
            target = self.text_of_code(address).removeprefix(f"https://{HOST}")
            self.assertEqual(self.get(target)[0], 200, target)
            self.assertEqual(self.get(target), self.get(f"/email.mobileconfig?emailaddress={address}"))


if __name__ == "__main__":
    unittest.main()
