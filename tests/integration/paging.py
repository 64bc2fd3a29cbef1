"""A browser before the pages of a domain whose mail servers work, and what the tests of that share."""

import os

from browser import Browser, axe
from support import MAILCONFD, WorldCase
from world import World

DOMAIN = "demo.example"
STRANGER = "stranger.example"  # whose hosts lead to the servers of the other, and their certificate
HOST = f"autoconfig.{DOMAIN}"
ENTER, TAB = "\ue007", "\ue004"  # as WebDriver §17.4.2 writes them
HOME = f"https://{HOST}/"
MAIL = {"imap": "imaps", "pop3": "pop3s", "smtp": "submissions"}
SERVER = """
[[{0}]]
type = "{1}"
hostname = "{1}.{2}"
port = {3}
socketType = "SSL"
authentication = ["password-cleartext"]
username = "%EMAILADDRESS%"
"""
DEFINITION = """\
domains = ["{domain}"]
displayName = "Demo Mail"
webmail = "https://webmail.{domain}/"

[operator]
name = "Demo <Hosting> & Co"
color = "#ffcc00"
supportMail = "help@{domain}"
supportPhone = "+1 555 0100"
supportPage = "https://www.{domain}/help"
supportHours = "Monday to Friday, 9 to 17"
logo = "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSI0MCIgaGVpZ2h0PSI0MCI+PGNpcmNsZSBjeD0iMjAiIGN5PSIyMCIgcj0iMTgiLz48L3N2Zz4="
"""


class PagesCase(WorldCase):
    @classmethod
    def build(cls, world: World) -> None:
        hosts = [f"{name}.{DOMAIN}" for name in MAIL]
        certificate = world.authority.issue(*hosts)
        cls.mail = world.mail_server(hosts[0], certificate)
        zone = "".join(f"{host}. A {world.address}\n" for host in hosts)
        names = world.name_server({DOMAIN: zone, STRANGER: zone.replace(DOMAIN, STRANGER)})
        cls.ports = {name: cls.mail.ports[port] for name, port in MAIL.items()}
        definition = DEFINITION.format(domain=DOMAIN)
        for name, port in cls.ports.items():
            definition += SERVER.format("outgoing" if name == "smtp" else "incoming", name, DOMAIN, port)
        # mailconfd trusts the authority of the world, as the system's.
        os.environ["SSL_CERT_FILE"] = str(world.authority.certificate)
        cls.addClassCleanup(os.environ.pop, "SSL_CERT_FILE")
        stranger = definition.replace(DOMAIN, STRANGER)
        cls.publisher = world.publisher(MAILCONFD, {HOST: world.authority.issue(HOST)},
                                        {DOMAIN: definition, STRANGER: stranger},
                                        server=f'dns = ["{names.endpoint.replace(" ", "")}"]',
                                        tls="[pages]\nallow-private = true")
        places = {f"{HOST}:443": f"{world.address}:{cls.publisher.https}"}
        cls.rules = axe()
        cls.browser = Browser(world.folder / "browser", places)
        cls.addClassCleanup(cls.browser.close)

    def setUp(self) -> None:
        self.browser.javascript(True)
        self.browser.width(1100)
        self.browser.scheme("light")
        self.browser.open(HOME)
        self.browser.complaints()

    def tearDown(self) -> None:
        self.assertEqual(self.browser.complaints(), [])

    def enter(self, address: str) -> None:
        self.browser.open(HOME)
        field = self.browser.find("#emailaddress")
        field.send_keys(address + ENTER)
        self.browser.wait(lambda: "emailaddress=" in self.browser.driver.current_url, "the settings of the address")

    def settings(self) -> list[str]:
        return self.browser.texts("code.copy")

    def expected(self, reading: str, user: str) -> list[str]:
        return [f"{reading}.{DOMAIN}", str(self.ports[reading]), user, f"smtp.{DOMAIN}", str(self.ports["smtp"]), user]

    def pages(self) -> dict[str, str]:
        return {"setup": f"{HOME}?emailaddress=alice@{DOMAIN}", "guide": f"{HOME}guide/outlook", "help": f"{HOME}help/encryption"}
