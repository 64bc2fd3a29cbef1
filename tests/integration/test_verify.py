"""mailconf verify against real servers: what it sends, where, how often, and what it says about the outcome."""

import base64
import json
import os
import pty
import select
import time
import unittest
from pathlib import Path

from support import MAILCONF, ROOT, Ended, WorldCase, mailconf
from world import Missing, World

try:
    import jsonschema
except ImportError:
    jsonschema = None

ALICE, PASSWORD = "alice@verify.example", 'wonder "land\\'
SERVERS = """\
<clientConfig version="1.1"><emailProvider id="verify.example"><domain>verify.example</domain>
{servers}</emailProvider></clientConfig>
"""
SERVER = """\
<{direction}Server type="{type}"><hostname>{hostname}</hostname><port>{port}</port><socketType>SSL</socketType>
<authentication>password-cleartext</authentication><username>%EMAILADDRESS%</username></{direction}Server>
"""


class Verify(WorldCase):
    @classmethod
    def build(cls, world: World) -> None:
        if jsonschema is None:
            raise Missing("the Python module jsonschema is not installed")
        hosts = ["imap.verify.example", "pop.verify.example", "smtp.verify.example"]
        certificate = world.authority.issue(*hosts)
        cls.names = world.name_server({"verify.example": "".join(f"{host}. A {world.address}\n" for host in hosts)})
        cls.mail = world.mail_server(hosts[0], certificate, users={ALICE: PASSWORD},
                                     mechanisms="plain login scram-sha-1 scram-sha-256 xoauth2 oauthbearer",
                                     token_key=b"a key that only this test knows!")
        cls.submission = world.submission_server(hosts[2], certificate, cls.mail)
        cls.policy = world.folder / "isp"
        cls.policy.mkdir()
        cls.publish(("incoming", "imap", hosts[0], 993), ("incoming", "pop3", hosts[1], 995),
                    ("outgoing", "smtp", hosts[2], 465))
        cls.connect_to = {f"{hosts[0]}:993": cls.mail.ports["imaps"], f"{hosts[1]}:995": cls.mail.ports["pop3s"],
                          f"{hosts[2]}:465": cls.submission.ports["submissions"]}

    @classmethod
    def publish(cls, *servers: tuple) -> None:
        written = "".join(SERVER.format(direction=direction, type=kind, hostname=host, port=port)
                          for direction, kind, host, port in servers)
        (cls.policy / "verify.example.xml").write_text(SERVERS.format(servers=written))

    def options(self, address: str = ALICE) -> list[str]:
        options = ["verify", address, "--dns", self.names.endpoint, "--ca-file", str(self.world.authority.certificate),
                   "--ispdb", "off", "--allow-private", "--isp-dir", str(self.policy)]
        for place, port in self.connect_to.items():
            options += ["--connect-to", f"{place}:{self.world.address}:{port}"]
        return options

    def file(self, name: str, text: str) -> str:
        path = Path(self.world.folder / name)
        path.write_text(text)
        return str(path)

    def verify(self, password: str, *more: str, address: str = ALICE) -> Ended:
        return mailconf(*self.options(address), "--json", "--password-file", self.file("password", password + "\n"), *more)

    def logins(self, answer: Ended) -> list[tuple]:
        jsonschema.validate(answer.json, json.loads((ROOT / "data" / "schema" / "verify.schema.json").read_text()))
        return [(login["type"], login["outcome"], login.get("mechanism", "")) for login in answer.json["logins"]]

    def test_a_right_password_is_accepted_everywhere_and_by_the_mechanism_that_tells_least(self):
        answer = self.verify(PASSWORD)
        self.assertEqual(self.logins(answer), [("imap", "accepted", "SCRAM-SHA-256"), ("smtp", "accepted", "SCRAM-SHA-256"),
                                               ("pop3", "accepted", "SCRAM-SHA-256")], answer.output)
        self.assertEqual(answer.status, 0)

    def test_a_wrong_password_is_tried_once_and_not_carried_from_server_to_server(self):
        answer = self.verify("wrong")
        self.assertEqual(self.logins(answer), [("imap", "refused", "SCRAM-SHA-256"), ("smtp", "not-tried", ""),
                                               ("pop3", "not-tried", "")], answer.output)
        self.assertEqual(answer.status, 1)

    def test_an_unknown_user_is_refused_as_one_with_a_wrong_password(self):
        answer = self.verify(PASSWORD, address="bob@verify.example")
        self.assertEqual(self.logins(answer)[0], ("imap", "refused", "SCRAM-SHA-256"), answer.output)

    def test_a_typed_name_is_tried_first_and_the_found_ones_after_it(self):
        answer = self.verify(PASSWORD, "--username", ALICE, address="info@verify.example")
        self.assertEqual([(login["username"], login["outcome"]) for login in answer.json["logins"]],
                         [(ALICE, "accepted")] * 3, answer.output)
        answer = self.verify(PASSWORD, "--username", "bob@verify.example")
        self.assertEqual([(login["username"], login["outcome"]) for login in answer.json["logins"][:3]],
                         [("bob@verify.example", "refused"), (ALICE, "accepted"), (ALICE, "accepted")], answer.output)

    def test_a_token_is_accepted_and_a_wrong_one_refused(self):
        for token, outcome, status in ((self.mail.token(ALICE), "accepted", 0), ("no.such.token", "refused", 1)):
            answer = mailconf(*self.options(), "--json", "--token-file", self.file("token", token))
            self.assertEqual(self.logins(answer)[0], ("imap", outcome, "OAUTHBEARER"), answer.output)
            self.assertEqual(answer.status, status, answer.output)

    def test_a_server_whose_certificate_is_bad_gets_no_password(self):
        answer = mailconf(*[word for word in self.options() if word != str(self.world.authority.certificate)
                            and word != "--ca-file"], "--json", "--password-file", self.file("password", PASSWORD))
        self.assertEqual(self.logins(answer), [], answer.output)
        self.assertNotEqual(answer.status, 0)

    def test_the_password_is_nowhere_in_what_is_said(self):
        answer = self.verify(PASSWORD, "--trace")
        self.assertNotIn("wonder", answer.output + answer.errors)
        for word in ("--password", PASSWORD):
            self.assertEqual(mailconf(*self.options(), word, PASSWORD).status, 2)

    def recorded(self, *more: str, name: str = "run") -> tuple[Ended, str]:
        """What verify said, and the recording of it."""
        file = self.world.folder / name
        answer = mailconf(*self.options(), "--json", "--record", str(file), *more)
        self.addCleanup(file.unlink)
        return answer, file.read_text()

    def assert_tells_nothing(self, recording: str, *secrets: str) -> None:
        for secret in ("alice", "bob", "wonder"):
            self.assertNotIn(secret, recording.lower())
        for secret in (ALICE, PASSWORD, *secrets):
            self.assertNotIn(secret, recording)
            # As SASL carries them, whatever stands before and after.
            for shift in range(3):
                self.assertNotIn(base64.b64encode(b"\0" * shift + secret.encode())[4:-4].decode(), recording)

    def test_a_recording_holds_how_the_logins_ended_but_no_name_and_no_password(self):
        answer, recording = self.recorded("--password-file", self.file("password", PASSWORD + "\n"),
                                          "--username", "bob@verify.example")
        self.assertEqual([login["outcome"] for login in answer.json["logins"]],
                         ["refused", "accepted", "accepted", "not-tried"], answer.output)
        self.assert_tells_nothing(recording, "bob@verify.example")
        replayed = mailconf("verify", "--json", "--replay", str(self.world.folder / "run"))
        self.assertEqual(self.logins(replayed), self.logins(answer), replayed.errors)
        self.assertEqual(replayed.json["logins"][1]["username"], "user@verify.example")
        self.assertEqual(replayed.status, answer.status)

    def test_a_recording_holds_no_token(self):
        token = self.mail.token(ALICE)
        answer, recording = self.recorded("--token-file", self.file("token", token))
        self.assertEqual(answer.status, 0, answer.output)
        self.assert_tells_nothing(recording, token, *token.split("."))

    def test_a_recording_of_a_verification_is_one_of_the_search_too(self):
        answer, _ = self.recorded("--password-file", self.file("password", "wrong\n"))
        replayed = mailconf("resolve", "carol@verify.example", "--json", "--replay", str(self.world.folder / "run"))
        self.assertEqual((answer.status, replayed.status), (1, 0), replayed.errors)
        self.assertEqual(replayed.json["incoming"][0]["username"], "carol@verify.example")

    def test_a_password_file_that_is_missing_or_empty_is_told_in_a_sentence(self):
        for path, clause in (("/nonexistent/password", "No such file"), (self.file("empty", ""), "no password"),
                             (self.file("long", "x" * 20000), "longer")):
            answer = mailconf(*self.options(), "--quiet", "--password-file", path)
            self.assertEqual(answer.status, 2)
            self.assertIn(clause, answer.errors)
            self.assertEqual(answer.errors.count("\n"), 1)

    def test_the_terminal_is_asked_once_the_servers_were_shown_and_does_not_show_the_answer(self):
        shown, status = self.at_a_terminal(*self.options(), answer=PASSWORD)
        self.assertEqual(status, 0, shown)
        self.assertLess(shown.index("imap.verify.example"), shown.index("Password for alice@verify.example"))
        self.assertNotIn("wonder", shown)
        self.assertEqual(shown.count("signed in"), 3, shown)

    def test_without_a_terminal_and_a_file_nothing_is_tried(self):
        answer = mailconf(*self.options(), "--quiet")
        self.assertEqual(answer.status, 2)
        self.assertIn("--password-file", answer.errors)

    def at_a_terminal(self, *arguments: str, answer: str) -> tuple[str, int]:
        child, terminal = pty.fork()
        if child == 0:
            os.execv(MAILCONF, [str(MAILCONF), *arguments])
        shown, answered, deadline = b"", False, time.monotonic() + 60
        while time.monotonic() < deadline:
            if not select.select([terminal], [], [], 1)[0]:
                continue
            try:
                octets = os.read(terminal, 4096)
            except OSError:  # the other side is closed
                break
            shown += octets
            if not answered and b"Password for" in shown and shown.rstrip().endswith(b":"):
                os.write(terminal, answer.encode() + b"\n")
                answered = True
        _, status = os.waitpid(child, 0)
        os.close(terminal)
        return shown.decode(errors="replace"), os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    unittest.main()
