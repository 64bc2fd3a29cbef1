"""With --proxy-only no packet leaves but to the proxy: seen on the wire, in a network namespace of the command's own."""

import unittest

from support import DEMO, MAILCONF, MAILCONFD, WorldCase
from world import Demo, Missing, World
from world.enclosure import OUTSIDE, Watched, leave_the_network, run_watched

ADDRESS = "alice@demo.example"
TCP, UDP = 6, 17
DNS_PORT = 53


class NothingGoesPastTheProxy(WorldCase):
    @classmethod
    def build(cls, world: World) -> None:
        try:
            leave_the_network()
            run_watched(world.folder / "trial", ["true"])
        except Missing as missing:
            # Not a matter of packages: some machines forbid it, those of CI too.
            raise unittest.SkipTest(f"because {missing}") from missing
        cls.demo = Demo(world, MAILCONFD, DEMO, with_postfix=False)
        cls.proxies = [world.connect_proxy(OUTSIDE), world.socks_proxy(OUTSIDE)]
        cls.runs = 0

    def watched(self, *arguments: str) -> Watched:
        type(self).runs += 1
        return run_watched(self.world.folder / f"run{self.runs}", [
            str(MAILCONF), *arguments, "--json", "--dns", f"{OUTSIDE}:{DNS_PORT}", *self.demo.places()])

    def resolve(self, address: str, *options: str) -> Watched:
        return self.watched("resolve", address, "--ispdb", "off", *options)

    def test_a_resolution_finds_and_proves_through_the_proxy_alone(self):
        for proxy in self.proxies:
            run = self.resolve(ADDRESS, "--proxy", proxy.url, "--proxy-only")
            self.assertEqual(run.packets, {(TCP, OUTSIDE, proxy.port)})
            self.assertEqual((run.status, run.json["status"], run.json["trust"]), (0, "found", "authenticated"),
                             run.output + run.errors)
            self.assertEqual({server["proof"]["outcome"] for server in run.json["incoming"]}, {"proven"})

    def test_what_only_the_DNS_tells_is_unknown_and_not_absent(self):
        proxy = self.proxies[0]
        run = self.resolve(ADDRESS, "--proxy", proxy.url, "--proxy-only", "--sources",
                           "srv,txt,mx-autoconfig,mx-builtin,guess,pacc")
        self.assertLessEqual(run.packets, {(TCP, OUTSIDE, proxy.port)})
        self.assertEqual((run.status, run.json["status"]), (4, "offline"), run.output)
        outcomes = {(row["source"], row["outcome"]) for row in run.json["sources"]}
        # Nobody waits for the services beside the mail.
        self.assertEqual({outcome for _, outcome in outcomes} - {"skipped"}, {"unknown"}, run.output)

    def test_a_domain_that_is_not_there_has_no_packet_of_its_own(self):
        proxy = self.proxies[1]
        run = self.resolve("someone@nowhere.example", "--proxy", proxy.url, "--proxy-only")
        self.assertEqual(run.packets, {(TCP, OUTSIDE, proxy.port)})
        self.assertEqual(run.status, 4, run.output)

    def test_a_probe_goes_through_the_proxy_alone(self):
        proxy = self.proxies[0]
        run = self.watched("probe", "imap.demo.example:993", "--proxy", proxy.url, "--proxy-only")
        self.assertEqual(run.packets, {(TCP, OUTSIDE, proxy.port)})
        self.assertEqual(run.status, 0, run.output + run.errors)

    def test_a_proxy_that_is_not_there_is_not_gone_round(self):
        run = self.resolve(ADDRESS, "--proxy", f"http://{OUTSIDE}:1", "--proxy-only")
        self.assertEqual(run.packets, {(TCP, OUTSIDE, 1)})
        self.assertEqual((run.status, run.json["status"]), (4, "offline"), run.output)

    def test_the_watcher_sees_what_goes_elsewhere(self):
        run = self.resolve(ADDRESS, "--proxy", "off")
        self.assertIn((UDP, OUTSIDE, DNS_PORT), run.packets)
        self.assertIn((TCP, self.world.address, self.demo.publisher.https), run.packets)

    def test_without_the_option_the_name_server_is_still_asked(self):
        proxy = self.proxies[0]
        run = self.resolve(ADDRESS, "--proxy", proxy.url)
        self.assertEqual({packet[:2] for packet in run.packets}, {(TCP, OUTSIDE), (UDP, OUTSIDE)})


if __name__ == "__main__":
    unittest.main()
