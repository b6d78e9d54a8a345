"""The program `lsmap` as a child process: its version, a run that tells how far it is and can be stopped, its end in words.

Knows nothing of QGIS.
"""
import json
import os
import queue
import re
import shutil
import signal
import subprocess
import threading

#: Releases whose options and answers this plugin knows: those of one minor version.
SUPPORTED = (0, 1)

DONE, USAGE, DONE_WITH_GAPS, BAD_INPUT, RETRY, BUG = 0, 2, 3, 4, 5, 70
#: Seconds that the program has to end after it was asked to.
PATIENCE = 5


class ProgramError(Exception):
    """A sentence for the user: what is wrong and what to do."""


class Cancelled(Exception):
    """The user stopped the run; no output has appeared."""


class Program:
    """The program at a path, or of a name that is looked up on PATH."""

    def __init__(self, path="lsmap"):
        self.path = shutil.which(os.path.expanduser(path))
        if self.path is None:
            raise ProgramError(
                f"{path}: no such program; install lsmap, or set its path in Settings > Options > Processing > Providers > lsmap")

    def version(self):
        """The release as three numbers.

        Raises ProgramError where the program answers as lsmap does not.
        """
        try:
            answer = subprocess.run(
                [self.path, "--version"], capture_output=True, text=True, encoding="utf-8", timeout=30, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ProgramError(f"{self.path}: cannot be run: {error}") from error
        found = re.match(r"(\d+)\.(\d+)\.(\d+)\b", answer.stdout)
        if answer.returncode != DONE or found is None:
            raise ProgramError(f"{self.path}: does not tell its version; is it lsmap?")
        return tuple(int(number) for number in found.groups())

    def shake_hands(self):
        """Raises ProgramError where the release is one whose options may be others."""
        version = self.version()
        if version[:2] != SUPPORTED:
            ours = ".".join(map(str, SUPPORTED))
            raise ProgramError(
                f"{self.path}: lsmap {'.'.join(map(str, version))}, and this plugin is for {ours}; install the plugin of that release")

    def run(self, arguments, on_event=lambda event: None, is_cancelled=lambda: False):
        """Runs a command to its end.

        arguments: the command and its options, without --json.
        on_event: gets each line of the log, a dictionary with `event` (step, progress, note, warning).
        is_cancelled: asked ten times a second.
        Returns the answer as a dictionary, and whether something was missing (exit code 3).
        Raises Cancelled, and ProgramError with the program's own line for every other end.
        """
        with subprocess.Popen(
                [self.path, *arguments, "--json"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                text=True, encoding="utf-8", errors="replace") as process:
            # Both streams are read at once: a full pipe that nobody empties would stop the program.
            lines, answer = queue.Queue(), []
            readers = [
                threading.Thread(target=lambda: [lines.put(line) for line in process.stderr], daemon=True),
                threading.Thread(target=lambda: answer.append(process.stdout.read()), daemon=True)]
            for reader in readers:
                reader.start()
            said, stopped = [], False
            while readers[0].is_alive() or not lines.empty():
                if not stopped and is_cancelled():
                    self._stop(process)
                    stopped = True
                try:
                    self._tell(lines.get(timeout=0.1), on_event, said)
                except queue.Empty:
                    continue
            for reader in readers:
                reader.join()
            code = process.wait()
        if stopped:
            raise Cancelled()
        if code not in (DONE, DONE_WITH_GAPS):
            raise ProgramError(self._end(code, said))
        try:
            return json.loads(answer[0]), code == DONE_WITH_GAPS
        except ValueError as error:
            raise ProgramError(f"{self.path} {arguments[0]}: its answer is not JSON: {error}") from error

    @staticmethod
    def _tell(line, on_event, said):
        """A line of the log goes to the listener; any other is the program's last word."""
        try:
            event = json.loads(line)
        except ValueError:
            event = None
        if isinstance(event, dict) and "event" in event:
            on_event(event)
        elif line.strip():
            said.append(line.strip())

    @staticmethod
    def _stop(process):
        """Asks the program to end, as Ctrl-C does: it removes what it has begun."""
        if os.name == "posix":
            process.send_signal(signal.SIGINT)
        else:
            process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _end(self, code, said):
        last = said[-1] if said else "it said nothing"
        if code == USAGE:
            return f"{self.path} does not know this use, which is a bug of the plugin: {' '.join(said)}"
        if code == RETRY:
            return f"{last} (input or output failed: it may be tried again)"
        if code < 0:
            return f"{self.path} was ended by signal {-code}"
        return last.removeprefix("lsmap: ")
