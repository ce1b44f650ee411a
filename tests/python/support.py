"""What the tests of the Python package share."""

from __future__ import annotations

import os
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

SOURCE = Path(__file__).resolve().parents[2]
PACKAGE = SOURCE / "app" / "python" / "src"
sys.path.insert(0, str(PACKAGE))  # also without ctest

if sys.version_info < (3, 11):
    print("skipped: the package needs Python 3.11")
    sys.exit(0)


def lacks(module: str) -> str:
    """Why a test that needs `module` is skipped; empty where it is there."""
    try:
        __import__(module)
    except ImportError:
        return f"no {module} here"
    return ""


class Case(unittest.TestCase):
    """A working folder of its own, in which nothing may be left, and a folder for temporary files, likewise."""

    def setUp(self) -> None:
        for name in ("here", "temporary"):
            folder = tempfile.TemporaryDirectory()
            self.addCleanup(folder.cleanup)
            setattr(self, name, Path(folder.name))
        self.here: Path
        self.temporary: Path
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.here)
        for target in (
            mock.patch.dict(os.environ, TMPDIR=str(self.temporary)),
            mock.patch("tempfile.tempdir", None),
        ):
            target.start()
            self.addCleanup(target.stop)

    def assert_nothing_left(self) -> None:
        self.assertEqual(list(self.temporary.iterdir()), [])
        self.assertEqual(list(self.here.iterdir()), [])


def without_modules() -> mock._patch[object]:
    """As where neither NumPy nor pandas is installed."""
    return mock.patch("iemlab._tables._module", return_value=None)
