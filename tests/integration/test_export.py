"""mailconf export as a command, and odd values read back by the programs that they were written for."""

import configparser
import json
import plistlib
import tomllib
import unittest

from exporting import Exporting
from support import mailconf
from world import World

ODD = "o'b\"r\\i$e n %s #; ü"
ODD_IN_XML = "o'b\"r\\i$e n %s #; &#252;"


class OddValues(Exporting):
    """A user name with every character that means something somewhere is read back by each program as it was."""

    @classmethod
    def build(cls, world: World) -> None:
        super().build(world)
        cls.publish("implicit.example", "imap", user=ODD_IN_XML)

    def odd(self, target: str, *options: str) -> str:
        ended = self.export(target, "implicit.example", "--no-probe", *options)
        self.assertEqual(ended.status, 0, ended.errors)
        return ended.output

    def test_msmtp(self):
        file = self.home.file("configuration", self.odd("msmtp"))
        self.assertIn(f"user = {ODD}\n", self.run_program("msmtp", "-C", str(file), "-P", "bob@elsewhere.example").stdout)

    def test_fetchmail(self):
        file = self.home.file("configuration", self.odd("fetchmail"))
        done = self.run_program("fetchmail", "-V", "-f", str(file))
        self.assertIn(f"from {ODD}@imap.implicit.example", done.stdout)

    def test_neomutt_and_mutt(self):
        quoted = ODD.replace("\\", "\\\\").replace('"', '\\"')
        for name in ("neomutt", "mutt"):
            with self.subTest(name):
                file = self.home.file("configuration", self.odd(name))
                done = self.run_program(name, "-n", "-F", str(file), "-Q", "imap_user")
                self.assertIn(f'imap_user{" = " if name == "neomutt" else "="}"{quoted}"', done.stdout, done.stderr)

    def test_a_shell(self):
        file = self.home.file("settings.sh", self.odd("environment"))
        done = self.run_program("sh", "-c", f'. "{file}"; printf "%s" "$MAILCONF_INCOMING_USERNAME"')
        self.assertEqual(done.stdout, ODD)

    def test_the_parser_of_offlineimap_and_of_getmail(self):
        for target, parser, section, key in (
                ("offlineimap", configparser.ConfigParser(), "Repository alice@implicit.example-far", "remoteuser"),
                ("getmail6", configparser.RawConfigParser(), "retriever", "username")):
            parser.read_string(self.odd(target))
            self.assertEqual(parser.get(section, key), ODD)

    def test_toml_and_json(self):
        account = tomllib.loads(self.odd("himalaya"))["accounts"]["alice@implicit.example"]
        self.assertEqual(account["backend"]["login"], ODD)
        self.assertEqual(account["message"]["send"]["backend"]["login"], ODD)
        self.assertEqual(json.loads(self.odd("nodemailer"))["auth"]["user"], ODD)
        self.assertEqual(json.loads(self.odd("json"))["incoming"][0]["username"], ODD)

    def test_a_property_list(self):
        profile = plistlib.loads(self.odd("apple").encode())
        [mail] = profile["PayloadContent"]
        self.assertEqual((mail["IncomingMailServerUsername"], mail["OutgoingMailServerUsername"]), (ODD, ODD))
        self.assertEqual((mail["IncomingMailServerUseSSL"], mail["OutgoingMailServerUseSSL"]), (True, True))
        self.assertEqual(mail["IncomingMailServerPortNumber"], self.mail.ports["imaps"])

    def test_the_script_for_evolution_writes_its_sources_once(self):
        file = self.home.file("script", self.odd("evolution"))
        done = self.run_program("sh", str(file))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        folder = self.home.folder / ".config/evolution/sources"
        self.assertEqual(sorted(path.name for path in folder.iterdir()),
                         [f"alice@implicit.example{part}.source" for part in ("-identity", "-transport", "")])
        self.assertIn("User=" + ODD.replace("\\", "\\\\"), (folder / "alice@implicit.example.source").read_text())
        self.assertEqual((folder / "alice@implicit.example.source").stat().st_mode & 0o777, 0o600)
        self.assertNotEqual(self.run_program("sh", str(file)).returncode, 0)


class TheCommand(Exporting):
    def test_the_text_alone_goes_to_standard_output_and_what_to_think_of_it_to_standard_error(self):
        ended = self.export("msmtp", "implicit.example")
        self.assertEqual(ended.status, 0, ended.errors)
        self.assertTrue(ended.output.startswith("# "))
        self.assertIn("may be used without asking", ended.errors)
        self.assertEqual(self.export("msmtp", "implicit.example", "--quiet").errors, "")

    def test_what_the_user_has_to_do_first_is_a_comment_and_where_there_is_none_on_standard_error(self):
        policy = self.policies / "implicit.example.xml"
        self.addCleanup(policy.write_text, policy.read_text())
        page = '<enable visiturl="https://implicit.example/enable"><instruction lang="en">Switch it on</instruction></enable>'
        policy.write_text(policy.read_text().replace("</emailProvider>", page + "</emailProvider>"))
        hint = "Do first: allow mail programs to use the account: https://implicit.example/enable"
        for target, command in (("msmtp", ("msmtp", "-P", "bob@elsewhere.example", "-C")),
                                ("neomutt", ("neomutt", "-n", "-Q", "imap_user", "-F")),
                                ("mutt", ("mutt", "-n", "-Q", "imap_user", "-F")),
                                ("fetchmail", ("fetchmail", "-V", "-f"))):
            with self.subTest(target):
                ended = self.export(target, "implicit.example")
                self.assertTrue(ended.output.startswith(f"# {hint}\n"), ended.output)
                self.assertNotIn("Do first", ended.errors)
                file = self.home.file("configuration", ended.output)
                self.assertIn("alice@implicit.example", self.run_program(*command, str(file)).stdout)
        ended = self.export("nodemailer", "implicit.example")
        self.assertIn(f"mailconf: {hint}\n", ended.errors)
        self.assertIn("host", json.loads(ended.output))

    def test_a_file_is_private_and_is_not_replaced_unasked(self):
        file = self.home.folder / "msmtprc"
        self.assertEqual(self.export("msmtp", "implicit.example", "--output", str(file)).status, 0)
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        file.write_text("mine")
        self.assertEqual(self.export("msmtp", "implicit.example", "--output", str(file)).status, 2)
        self.assertEqual(file.read_text(), "mine")
        self.assertEqual(self.export("msmtp", "implicit.example", "--output", str(file), "--force").status, 0)
        self.assertNotEqual(file.read_text(), "mine")

    def test_a_recorded_search_exports_the_same_without_a_network(self):
        recording = str(self.home.folder / "recording")
        live = self.export("isync", "implicit.example", "--record", recording)
        self.assertEqual(live.status, 0, live.errors)
        again = mailconf("export", "alice@implicit.example", "--for", "isync", "--replay", recording, "--ca-file",
                         str(self.world.authority.certificate))
        self.assertEqual((again.status, again.output), (0, live.output), again.errors)
        other = mailconf("export", "alice@elsewhere.example", "--for", "isync", "--replay", recording)
        self.assertEqual((other.status, other.output), (2, ""), other.errors)
        without_operand = mailconf("export", "--for", "isync", "--replay", recording)
        self.assertEqual(without_operand.status, 0, without_operand.errors)
        self.assertIn('User "user@implicit.example"', without_operand.output)

    def test_settings_that_are_not_found_leave_no_text_and_the_exit_status_of_resolve(self):
        ended = self.export("msmtp", "nowhere.example")
        self.assertEqual((ended.status, ended.output), (1, ""), ended.errors)

    def test_settings_that_the_program_cannot_be_given_are_status_3_with_the_reason(self):
        ended = self.export("getmail6", "upgraded.example")
        self.assertEqual((ended.status, ended.output), (3, ""))
        self.assertIn("getmail6 cannot be made to insist on STARTTLS", ended.errors)

    def test_less_trust_than_required_leaves_no_text(self):
        srv = f"_imaps._tcp SRV 0 1 {self.mail.ports['imaps']} imap.implicit.example.\n" \
              f"_submissions._tcp SRV 0 1 {self.submission.ports['submissions']} smtp.implicit.example.\n"
        names = self.world.name_server({"foreign.example": srv, "implicit.example":
                                        f"imap A {self.world.address}\nsmtp A {self.world.address}\n"})
        ended = mailconf("export", "alice@foreign.example", "--for", "msmtp", "--dns", names.endpoint, "--ispdb", "off",
                         "--allow-private", "--ca-file", str(self.world.authority.certificate),
                         "--require-trust", "authenticated")
        self.assertEqual((ended.status, ended.output), (3, ""), ended.errors)
        self.assertIn("less trust than required", ended.errors)

    def test_a_command_for_the_password_that_the_program_has_no_key_for_is_a_mistake(self):
        ended = self.export("fetchmail", "implicit.example", "--password-command", "true")
        self.assertEqual((ended.status, ended.output), (2, ""))
        self.assertIn("--password-command: fetchmail takes no command", ended.errors)


del Exporting  # a frame, not a case


if __name__ == "__main__":
    unittest.main()
