"""What is asked because settings were found: the policy that vouches for a mail exchanger, and the issuer of tokens."""

import json
import unittest

from support import WorldCase
from world import World

DOCUMENT = """\
<clientConfig version="1.1"><emailProvider id="provider.example"><domain>provider.example</domain>
<incomingServer type="imap"><hostname>imap.provider.example</hostname><port>993</port><socketType>SSL</socketType>
<authentication>OAuth2</authentication><username>%EMAILADDRESS%</username></incomingServer>
<outgoingServer type="smtp"><hostname>smtp.provider.example</hostname><port>465</port><socketType>SSL</socketType>
<authentication>OAuth2</authentication><username>%EMAILADDRESS%</username></outgoingServer>
</emailProvider><oAuth2><issuer>login.provider.example</issuer></oAuth2></clientConfig>
"""
POLICY = "version: STSv1\r\nmode: {mode}\r\nmx: *.provider.example\r\nmax_age: 86400\r\n"
METADATA = {"issuer": "https://login.provider.example",
            "authorization_endpoint": "https://login.provider.example/authorize",
            "token_endpoint": "https://login.provider.example/token"}
DOMAINS = ("enforced.example", "tested.example")


class CustomersOfOneProvider(WorldCase):
    @classmethod
    def build(cls, world: World) -> None:
        own = ("autoconfig.provider.example", "login.provider.example")
        files = {"mail/config-v1.1.xml": DOCUMENT,
                 ".well-known/openid-configuration": json.dumps(METADATA)}
        cls.sites = [(own, world.web_site(world.authority.issue(*own), files))]
        zones = {"provider.example": "".join(f"{name}. A {world.address}\n" for name in own)}
        for domain, mode in zip(DOMAINS, ("enforce", "testing")):
            name = "mta-sts." + domain
            site = world.web_site(world.authority.issue(name), {".well-known/mta-sts.txt": POLICY.format(mode=mode)})
            cls.sites.append(((name,), site))
            zones[domain] = (f'@ MX 10 mx.provider.example.\n_mta-sts TXT "v=STSv1; id=1;"\n'
                             f"mta-sts A {world.address}\n")
        cls.names = world.name_server(zones)

    def ask(self, domain: str) -> dict:
        places = [option for names, site in self.sites for option in site.connect_to(*names)]
        answer = self.resolve("alice@" + domain, "--dns", self.names.endpoint, "--sources", "mx-autoconfig", "--no-probe",
                              *places)
        self.assertEqual(answer.errors, "")
        return answer.json

    def test_Z3_an_enforced_policy_makes_what_the_mx_leads_to_authenticated(self):
        report = self.ask("enforced.example")
        self.assertEqual((report["status"], report["trust"]), ("found", "authenticated"), report)
        self.assertIn("the MTA-STS policy of enforced.example vouches for mx.provider.example", report["decisions"])

    def test_Z3_a_tested_policy_does_not(self):
        report = self.ask("tested.example")
        self.assertEqual((report["status"], report["trust"]), ("found", "confirm"), report)

    def test_X16_the_issuer_tells_where_to_sign_in(self):
        oauth2 = self.ask("enforced.example")["oauth2"]
        self.assertEqual(oauth2["authURL"], METADATA["authorization_endpoint"])
        self.assertEqual(oauth2["tokenURL"], METADATA["token_endpoint"])


if __name__ == "__main__":
    unittest.main()
