"""What goes wrong, and what is left behind then: nothing."""

import os
import pickle
import signal
import subprocess
import sys
import time
import unittest
import warnings
from pathlib import Path
from unittest import mock

import support
import iemlab
from iemlab import errors


def keys():
    return ["model.components", "model.nu", "seed"]


class Lines(unittest.TestCase):
    """The program's one line, taken apart."""

    def read(self, code, line):
        error = errors.failure(code, line + "\n", ["iemlab", "run"], keys)
        return type(error), error.file, error.line, error.column, error.key, error.message

    def test_places_keys_and_classes(self):
        self.assertEqual(
            self.read(2, "mine.toml:9:1: unknown key model.componets; did you mean model.components?"),
            (
                iemlab.InputError,
                "mine.toml",
                9,
                1,
                "model.componets",
                "unknown key model.componets; did you mean model.components?",
            ),
        )
        self.assertEqual(
            self.read(2, "iemlab: --set: model.nu = -1: must be at least 1")[1:5],
            (None, None, None, "model.nu"),
        )
        self.assertEqual(self.read(2, "a: b.csv:3:5: a word")[1:4], ("a: b.csv", 3, 5))
        self.assertEqual(
            self.read(4, "iemlab: /nope/x.csv: cannot be written: no such file")[:2],
            (iemlab.FileError, "/nope/x.csv"),
        )
        self.assertEqual(self.read(5, "iemlab: there is no display")[0], iemlab.MachineError)
        self.assertEqual(
            self.read(127, "iemlab: error while loading shared libraries")[0], iemlab.MachineError
        )
        self.assertEqual(self.read(3, "iemlab: non-finite")[0], iemlab.NonFiniteError)
        self.assertEqual(self.read(-11, "")[::5], (iemlab.IemlabError, "the program was ended by signal 11"))

    def test_notes_are_not_errors(self):
        said = "iemlab: note: took a and b\nx.csv:2:1: a word\n"
        self.assertEqual(errors.notes_in(said), ["took a and b"])
        self.assertEqual(errors.failure(2, said, [], keys).line, 2)

    def test_errors_can_be_pickled(self):
        error = errors.failure(2, "a.toml:1:2: unknown key x", ["iemlab"], keys)
        again = pickle.loads(pickle.dumps(error))
        self.assertEqual((str(again), again.key, again.command), (str(error), "x", ["iemlab"]))


class Errors(support.Case):
    def test_input(self):
        with self.assertRaises(iemlab.InputError) as caught:
            iemlab.run("penguins", set={"model.componets": 3})
        self.assertEqual((caught.exception.key, caught.exception.exit_code), ("model.componets", 2))
        self.assertIsInstance(caught.exception, ValueError)
        (self.here / "mine.toml").write_text('format = 1\nlab = "mixture"\n[model]\ncomponents = 0\n')
        with self.assertRaises(iemlab.InputError) as caught:
            iemlab.run("mine.toml")
        error = caught.exception
        self.assertEqual((error.file, error.line, error.key), ("mine.toml", 4, "model.components"))
        self.assertTrue(str(error).startswith("mine.toml:4:"))
        with self.assertRaises(iemlab.FileError):
            iemlab.run("--help")  # a name, whatever it looks like
        with self.assertRaises(iemlab.InputError):
            iemlab.run("penguins", steps=1).figure("no_figure")

    def test_a_place_in_a_file_of_our_own_is_none(self):
        with self.assertRaises(iemlab.InputError) as caught:
            iemlab.run(data=[[1, 2, 3], [4, 5, 6]])
        self.assertIsNone(caught.exception.file)
        self.assertEqual(caught.exception.key, "data.points")
        self.assertNotIn(str(self.temporary), str(caught.exception))

    def test_a_run_that_is_lost_comes_with_what_it_was(self):
        with self.assertRaises(iemlab.NonFiniteError) as caught:
            iemlab.run("penguins", rate=1e9, steps=5)
        run = caught.exception.run
        self.assertEqual((run.exit, run.step, len(run.trace)), ("non_finite", 0, 1))
        self.assertEqual(len(run.responsibilities), 342)
        self.assert_nothing_left()

    def test_files(self):
        run = iemlab.run("penguins", steps=1)
        with self.assertRaises(iemlab.FileError) as caught:
            run.figure("loss").save("/nowhere/loss.svg")
        self.assertEqual(caught.exception.file, "/nowhere/loss.svg")
        with self.assertRaises(iemlab.InputError):
            run.figure("loss").save("loss.docx")
        self.assert_nothing_left()

    def test_notes_are_warnings_on_the_line_of_the_caller(self):
        (self.here / "mine.csv").write_text("a,b,c\n1,2,3\n4,5,7\n2,2,2\n9,5,4\n")
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            iemlab.run("mine.csv", steps=0)
        self.assertEqual(said[0].category, iemlab.Note)
        self.assertEqual(Path(said[0].filename).name, Path(__file__).name)

    def test_no_program(self):
        with mock.patch.dict(os.environ, {"PATH": "/nowhere"}):
            os.environ.pop("IEMLAB")
            with mock.patch("iemlab._program._OWN", self.here / "bin" / "iemlab"):
                with self.assertRaises(iemlab.MissingProgram) as caught:
                    iemlab.run("penguins")
                for place in ("IEMLAB", str(self.here / "bin" / "iemlab"), "PATH", "/nowhere"):
                    self.assertIn(place, str(caught.exception))
            os.environ["IEMLAB"] = "/nowhere/iemlab"
            with self.assertRaisesRegex(iemlab.MissingProgram, "IEMLAB names /nowhere/iemlab"):
                iemlab.run("penguins")

    def test_a_program_that_is_none(self):
        fake = self.here / "iemlab"
        fake.write_text("not a program")
        fake.chmod(0o755)
        with mock.patch.dict(os.environ, {"IEMLAB": str(fake)}):
            with self.assertRaisesRegex(iemlab.MissingProgram, "cannot be run"):
                iemlab.run("penguins")

    def test_works_where_nothing_can_be_written(self):
        self.here.chmod(0o555)
        try:
            iemlab.run("penguins", steps=1).figure("loss")
        finally:
            self.here.chmod(0o755)
        self.assert_nothing_left()

    def test_no_window_without_a_display(self):
        with mock.patch.dict(os.environ):
            for name in ("DISPLAY", "WAYLAND_DISPLAY"):
                os.environ.pop(name, None)
            with self.assertRaises(iemlab.MachineError):
                iemlab.open("penguins")
        self.assert_nothing_left()


LONG = """
import iemlab, sys
try:
    iemlab.run("penguins", steps=10**10, trace=False)
except iemlab.Interrupted as stopped:
    print(stopped.run.exit, stopped.run.step > 0)
    sys.exit(9)
"""


def children_of(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


@unittest.skipUnless(Path(f"/proc/self/task/{os.getpid()}/children").exists(), "no list of children here")
class Interrupts(support.Case):
    def interrupt(self, send):
        environment = dict(os.environ, PYTHONPATH=str(support.PACKAGE), TMPDIR=str(self.temporary))
        python = subprocess.Popen(
            [sys.executable, "-c", LONG], env=environment, stdout=subprocess.PIPE, start_new_session=True
        )
        child, deadline = [], time.monotonic() + 20
        while not child and time.monotonic() < deadline:
            time.sleep(0.02)
            self.assertIsNone(python.poll())
            child = children_of(python.pid)
        while time.monotonic() < deadline and not _steps(child[0]):
            time.sleep(0.02)
        send(python.pid)
        out, _ = python.communicate(timeout=20)
        self.assertEqual((python.returncode, out), (9, b"interrupted True\n"))
        self.assertFalse(Path(f"/proc/{child[0]}").exists())
        self.assert_nothing_left()

    def test_of_a_terminal_reach_both(self):
        self.interrupt(lambda pid: os.killpg(pid, signal.SIGINT))

    def test_of_python_alone_end_the_program_too(self):
        self.interrupt(lambda pid: os.kill(pid, signal.SIGINT))


def _steps(pid):
    """Whether the program has worked for a while, so that it is past opening its scene."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return False
    return int(fields[11]) >= 8  # hundredths of a second


if __name__ == "__main__":
    unittest.main()
