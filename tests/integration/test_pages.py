"""The pages for people in a browser: with and without JavaScript, on a phone, in the dark."""

import http.client
import plistlib
import socket
import ssl
import subprocess
import unittest
from contextlib import closing

from paging import DOMAIN, HOME, HOST, MAIL, STRANGER, TAB, PagesCase
from world import World
from world.processes import program


class Pages(PagesCase):
    @classmethod
    def build(cls, world: World) -> None:
        cls.reader = program("zbarimg")
        super().build(world)

    def test_who_types_an_address_sees_its_settings_with_and_without_javascript(self):
        for javascript in (False, True):
            self.browser.javascript(javascript)
            self.enter(f"alice@{DOMAIN}")
            self.assertEqual(self.settings(), self.expected("imap", f"alice@{DOMAIN}"))
        self.browser.picture("settings")

    def test_the_protocol_can_be_switched_with_and_without_javascript(self):
        for javascript in (False, True):
            self.browser.javascript(javascript)
            self.enter(f"alice@{DOMAIN}")
            self.browser.all(".choice a")[1].click()
            self.browser.wait(lambda: "protocol=pop3" in self.browser.driver.current_url, "POP3")
            self.assertEqual(self.settings(), self.expected("pop3", f"alice@{DOMAIN}"))

    def test_every_language_can_be_switched_to(self):
        links = [link.get_attribute("href") for link in self.browser.all(".languages a")]
        for link in links:
            self.browser.open(link)
            self.assertIn(f"lang={self.browser.find('html').get_attribute('lang')}", link)
            self.assertEqual(self.settings()[0], f"imap.{DOMAIN}")
            self.browser.picture(f"settings-{self.browser.find('html').get_attribute('lang')}")
        self.assertNotEqual(len(links), 1)

    def test_a_value_is_copied_and_that_is_said(self):
        self.browser.allow_clipboard(HOME.rstrip("/"))
        self.browser.find("code.copy + button").click()
        self.browser.wait(lambda: self.browser.find("#said").get_attribute("textContent") != "", "what was done")
        self.assertEqual(self.browser.find("#said").get_attribute("textContent"), "Copied")
        self.assertEqual(self.browser.run("return navigator.clipboard.readText()"), f"imap.{DOMAIN}")

    def test_without_javascript_nothing_is_offered_that_needs_it(self):
        self.assertNotEqual(self.browser.all("code.copy + button"), [])
        self.browser.javascript(False)
        self.browser.open(HOME)
        self.assertEqual(self.browser.all("code.copy + button"), [])

    def test_the_profile_is_downloaded_and_is_one(self):
        self.enter(f"alice@{DOMAIN}")
        self.browser.find("#settings .button").click()
        file = self.browser.downloads / f"{DOMAIN}.mobileconfig"
        self.browser.wait(file.exists, "the profile")
        account = plistlib.loads(file.read_bytes())["PayloadContent"][0]
        self.assertEqual(account["IncomingMailServerHostName"], f"imap.{DOMAIN}")

    def test_the_code_of_the_profile_is_shown(self):
        self.enter(f"alice@{DOMAIN}")
        code = "const code = document.querySelector('#profile img'); return code.complete && code.naturalWidth > 0"
        self.browser.wait(lambda: self.browser.run(code), "the code")

    def read_code(self) -> str:
        """The code as a camera sees it on the screen."""
        picture = self.world.folder / "code.png"
        self.browser.find("#profile img").screenshot(str(picture))
        return subprocess.run([self.reader, "--quiet", "--raw", str(picture)], capture_output=True, text=True, check=True,
                              timeout=20).stdout.strip()

    def fetched(self, url: str) -> bytes:
        """As a phone fetches it that knows the authority and nothing else."""
        context = ssl.create_default_context(cafile=str(self.world.authority.certificate))
        self.assertTrue(url.startswith(HOME), url)
        with closing(http.client.HTTPSConnection(HOST, timeout=20, context=context)) as connection:
            connection._create_connection = lambda *_: socket.create_connection(
                (self.world.address, self.publisher.https), timeout=20)
            connection.request("GET", url.removeprefix(HOME.rstrip("/")))
            answer = connection.getresponse()
            self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, "application/x-apple-aspen-config"))
            return answer.read()

    def test_the_code_on_the_page_leads_to_the_profile_with_and_without_javascript(self):
        for javascript, scheme in ((False, "light"), (True, "light"), (True, "dark")):
            self.browser.javascript(javascript)
            self.browser.scheme(scheme)
            self.enter(f"a+b@{DOMAIN}")
            profile = plistlib.loads(self.fetched(self.read_code()))
            account = profile["PayloadContent"][0]
            self.assertEqual(account["EmailAddress"], f"a+b@{DOMAIN}")
            self.assertEqual(account["IncomingMailServerHostName"], f"imap.{DOMAIN}")

    def test_the_self_test_tells_on_the_page_what_works(self):
        self.browser.find("#self-test button").click()
        self.browser.wait(lambda: self.browser.all("#result li"), "the outcome")
        self.assertEqual(self.browser.driver.current_url, HOME)
        self.every_server_works()
        self.browser.picture("self-test")

    def test_the_self_test_works_without_javascript(self):
        self.browser.javascript(False)
        self.browser.open(HOME)
        self.browser.find("#self-test button").click()
        self.browser.wait(lambda: self.browser.all("#result li"), "the outcome")
        self.assertNotEqual(self.browser.driver.current_url, HOME)
        self.every_server_works()

    def test_the_self_test_tells_of_a_certificate_for_another_name(self):
        self.browser.open(f"{HOME}self-test?domain={STRANGER}")
        lines = self.browser.texts("#result li.fails")
        self.assertEqual(len(lines), len(MAIL), lines)
        for line in lines:
            self.assertIn("its certificate is for another name", line)

    def every_server_works(self) -> None:
        lines = self.browser.texts("#result li")
        self.assertEqual(len(lines), len(MAIL), lines)
        for name, line in zip(MAIL, lines):
            self.assertTrue(line.startswith(f"{name}.{DOMAIN}:{self.ports[name]} works"), line)

    def test_a_phone_has_room_for_every_page(self):
        for name, url in self.pages().items():
            self.browser.width(320)
            self.browser.open(url)
            self.assertLessEqual(self.browser.run("return document.documentElement.scrollWidth"), 320, name)
            self.browser.picture(f"phone-{name}")

    def test_every_text_can_be_read_by_day_and_in_the_dark(self):
        for scheme in ("light", "dark"):
            for name, url in self.pages().items():
                self.browser.width(1100)
                self.browser.scheme(scheme)
                self.browser.open(url)
                contrast, element = self.browser.weakest_contrast()
                self.assertGreaterEqual(contrast, 4.5, f"{scheme} {name}: {element}")
                self.browser.picture(f"{scheme}-{name}")
        self.assertEqual(self.browser.run("return getComputedStyle(document.body).backgroundColor"), "rgb(20, 23, 26)")

    def test_axe_finds_nothing_that_keeps_anybody_out(self):
        for scheme in ("light", "dark"):
            for name, url in self.pages().items():
                self.browser.scheme(scheme)
                self.browser.open(url)
                self.assertEqual(self.browser.violations(self.rules), [], f"{scheme} {name}")

    def test_nothing_is_loaded_from_elsewhere(self):
        for url in self.pages().values():
            self.browser.open(url)
            self.assertEqual(self.browser.hosts() - {""}, {HOST})

    def test_the_keyboard_reaches_everything_in_the_order_of_the_page(self):
        self.browser.find("body").send_keys(TAB)
        self.assertEqual(self.browser.run("return document.activeElement.className"), "skip")
        reached = self.browser.run(
            "return [...document.querySelectorAll('a, button, input:not([type=hidden])')].every((each) => each.tabIndex === 0)")
        self.assertTrue(reached)

    def test_every_page_has_one_heading_of_the_first_level_and_names_for_its_fields(self):
        for url in self.pages().values():
            self.browser.open(url)
            self.assertEqual(len(self.browser.all("h1")), 1)
            unnamed = ("return [...document.querySelectorAll('input:not([type=hidden]), button, a, nav')].filter((each) => "
                       "!(each.textContent.trim() || each.getAttribute('aria-label') || each.labels?.length)).length")
            self.assertEqual(self.browser.run(unnamed), 0)


if __name__ == "__main__":
    unittest.main()
