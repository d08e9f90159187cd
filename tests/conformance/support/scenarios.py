"""Plays scenarios and counts them. A scenario is a function that raises Wrong, or AssertionError, where the server is not as it should be."""
import sys
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "blackbox"))


class Wrong(Exception):
    """The server, or an answer of its, is not what the standard says."""


class Skip(Exception):
    """This cannot be played here; the text says why."""


class Tally:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def play(self, title, scenario):
        try:
            scenario()
        except Skip as why:
            self.skipped += 1
            print(f"skipped {title}: {why}")
        except Exception as wrong:  # whatever goes wrong in one scenario, the others are played
            self.failed += 1
            print(f"FAIL    {title}: {wrong}")
            if not isinstance(wrong, (Wrong, AssertionError)):
                traceback.print_exc(file=sys.stdout)
        else:
            self.passed += 1
            print(f"ok      {title}")
        sys.stdout.flush()

    def end(self):
        """The exit status."""
        print(f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped")
        return 1 if self.failed or not self.passed else 0


def flagged(check, *arguments):
    """Passes where the check finds fault."""
    try:
        check(*arguments)
    except Wrong:
        return
    raise Wrong("the check finds nothing wrong with it")
