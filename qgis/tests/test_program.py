"""The program as a child process, against one that plays it: no QGIS and no lsmap is needed."""
import os
import stat
import sys
import tempfile
import textwrap
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from lsmap.program import Cancelled, Program, ProgramError


class ProgramTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "lsmap")

    def play(self, body, version="0.1.9 (abc)"):
        """A program that answers with a version, and else does what the body says."""
        with open(self.path, "w", encoding="utf-8") as file:
            file.write(f"#!{sys.executable}\nimport json, signal, sys, time\nif '--version' in sys.argv:\n")
            file.write(f"    print({version!r})\n    sys.exit(0)\n" + textwrap.dedent(body))
        os.chmod(self.path, os.stat(self.path).st_mode | stat.S_IXUSR)
        return Program(self.path)

    def test_a_program_that_is_not_there_is_said_with_what_to_do(self):
        with self.assertRaisesRegex(ProgramError, "no such program; install lsmap, or set its path"):
            Program(self.path)

    def test_any_release_of_the_minor_version_is_taken(self):
        self.play("").shake_hands()

    def test_other_releases_and_other_programs_are_refused(self):
        for version in ("0.2.0", "1.1.0", "sleep (GNU coreutils) 9.1", ""):
            with self.subTest(version), self.assertRaises(ProgramError):
                self.play("", version).shake_hands()

    def test_the_log_is_told_in_order_and_the_answer_returned(self):
        program = self.play("""
            print(json.dumps({"event": "step", "title": "雨"}), file=sys.stderr)
            print(json.dumps({"event": "progress", "fraction": 0.5}), file=sys.stderr)
            print(json.dumps({"arguments": sys.argv[1:]}))
        """)
        events = []
        answer, has_gaps = program.run(["predict", "--area=鳥取県"], events.append)
        self.assertEqual([event["event"] for event in events], ["step", "progress"])
        self.assertEqual(events[0]["title"], "雨")
        self.assertEqual(answer["arguments"], ["predict", "--area=鳥取県", "--json"])
        self.assertFalse(has_gaps)

    def test_gaps_are_no_error(self):
        answer, has_gaps = self.play("print('{}')\nsys.exit(3)").run(["predict"])
        self.assertEqual((answer, has_gaps), ({}, True))

    def test_every_other_end_is_the_programs_own_line(self):
        for code in (2, 4, 5, 70):
            program = self.play(f"print('lsmap: rain.nc: no such file; name one', file=sys.stderr)\nsys.exit({code})")
            with self.subTest(code), self.assertRaisesRegex(ProgramError, "rain.nc: no such file; name one"):
                program.run(["predict"])

    def test_an_answer_that_is_no_json_is_refused(self):
        with self.assertRaisesRegex(ProgramError, "not JSON"):
            self.play("print('{')").run(["predict"])

    def test_much_output_on_both_streams_does_not_stop_it(self):
        answer, _ = self.play("""
            for i in range(20_000):
                print(json.dumps({"event": "note", "message": "x" * 40}), file=sys.stderr)
            print(json.dumps(["y" * 40] * 20_000))
        """).run(["rain", "check"])
        self.assertEqual(len(answer), 20_000)

    def test_cancel_asks_the_program_to_end_and_waits_for_it(self):
        mark = self.path + ".ended"
        program = self.play(f"""
            def end(*_):
                open({mark!r}, "w").close()
                sys.exit(130)
            signal.signal(signal.SIGINT, end)
            print(json.dumps({{"event": "step", "title": "long"}}), file=sys.stderr, flush=True)
            time.sleep(60)
        """)
        events, start = [], time.monotonic()
        with self.assertRaises(Cancelled):
            program.run(["predict"], events.append, lambda: bool(events))
        self.assertTrue(os.path.exists(mark))
        self.assertLess(time.monotonic() - start, 10)


if __name__ == "__main__":
    unittest.main()
