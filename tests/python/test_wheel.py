"""The wheel: its bytes, its records, and that it works where it is installed."""

import base64
import csv
import hashlib
import os
import re
import struct
import subprocess
import sys
import tomllib
import unittest
import zipfile
from pathlib import Path

import support
import iemlab

BUILDER = support.SOURCE / "app" / "python" / "build_wheel.py"
sys.path.insert(0, str(BUILDER.parent))
from elf_needs import GLIBC, needs_of  # noqa: E402
USES = """
import iemlab
print(iemlab.program())
print(iemlab.run("penguins", steps=2).hash)
"""


def build(into, *options):
    built = subprocess.run(
        [sys.executable, str(BUILDER), "--into", str(into), *options],
        check=True,
        capture_output=True,
        text=True,
    )
    return Path(built.stdout.strip())


def elf(libraries, symbols):
    words = b"\0" + b"".join(word.encode() + b"\0" for word in libraries + symbols)
    begin = 64 + 2 * 56
    entries = [(5, 0x1000 + begin), (10, len(words))] + [(1, words.index(word.encode())) for word in libraries]
    dynamic = b"".join(struct.pack("<QQ", *entry) for entry in entries)
    head = b"\x7fELF\x02\x01\x01".ljust(16, b"\0")
    head += struct.pack("<HHIQQQIHHHHHH", 2, 62, 1, 0, 64, 0, 0, 64, 56, 2, 0, 0, 0)
    at = begin + len(words)
    segments = ((1, 0, 0x1000, at), (2, at, 0x1000 + at, len(dynamic)))
    table = b"".join(
        struct.pack("<IIQQQQQQ", kind, 4, offset, place, place, size, size, 8) for kind, offset, place, size in segments
    )
    return head + table + words + dynamic


class Wheel(support.Case):
    def test_same_bytes_and_right_records(self):
        program = self.here / "program"
        program.write_text("#!/bin/sh\n")
        one = build(self.here / "one", "--program", str(program))
        os.utime(program, (0, 0))
        other = build(self.here / "other", "--program", str(program))
        self.assertEqual(one.read_bytes(), other.read_bytes())
        self.assertRegex(one.name, r"^iemlab-[\d.]+-py3-none-linux_\w+\.whl$")
        with zipfile.ZipFile(one) as wheel:
            names = wheel.namelist()
            self.assertEqual(wheel.getinfo("iemlab/bin/iemlab").external_attr >> 16, 0o100755)
            self.assertIn("iemlab/py.typed", names)
            self.assertTrue(names[-1].endswith(".dist-info/RECORD"))
            self.assertTrue(any(name.endswith("/LICENSE") for name in names))
            rows = list(csv.reader(wheel.read(names[-1]).decode().splitlines()))
            self.assertEqual([row[0] for row in rows], names)
            for name, digest, size in rows[:-1]:
                content = wheel.read(name)
                right = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
                self.assertEqual((digest, size), (f"sha256={right}", str(len(content))))
        pure = build(self.here / "pure")
        self.assertTrue(pure.name.endswith("-py3-none-any.whl"))
        with zipfile.ZipFile(pure) as wheel:
            self.assertNotIn("iemlab/bin/iemlab", wheel.namelist())

    def test_tag_says_what_the_program_needs(self):
        """An ELF file of one segment, whose table of words is all there is to read."""
        for libraries, symbols, tag in (
            (["libc.so.6", "libm.so.6"], ["GLIBC_2.2.5", "GLIBC_2.28", "GLIBC_2.9"], "manylinux_2_28"),
            (["libc.so.6", "libcairo.so.2"], ["GLIBC_2.28"], "linux"),
            ([], [], "linux"),
        ):
            program = self.here / "program"
            program.write_bytes(elf(libraries, symbols))
            needs = needs_of(program)
            self.assertEqual(needs.libraries, set(libraries))
            self.assertEqual(needs.only_glibc, set(libraries) <= GLIBC)
            self.assertRegex(build(self.here, "--program", str(program)).name, rf"-py3-none-{tag}_\w+\.whl$")
        program.write_text("#!/bin/sh\n")
        self.assertIsNone(needs_of(program))

    def test_one_version_everywhere(self):
        with (BUILDER.parent / "pyproject.toml").open("rb") as file:
            self.assertEqual(tomllib.load(file)["project"]["version"], iemlab.__version__)
        found = re.search(r"project\(iemlab VERSION (\S+)", (support.SOURCE / "CMakeLists.txt").read_text())
        self.assertEqual(found[1], iemlab.__version__)

    @unittest.skipIf(support.lacks("mypy"), support.lacks("mypy"))
    def test_annotations_hold(self):
        said = subprocess.run(
            [
                *(sys.executable, "-m", "mypy", "--strict", "--cache-dir=/dev/null"),
                *map(str, (support.PACKAGE, BUILDER, BUILDER.with_name("elf_needs.py"))),
            ],
            capture_output=True,
            text=True,
        )
        self.assertEqual(said.returncode, 0, said.stdout)

    def test_installs_and_works(self):
        wheel = build(self.here / "dist", "--program", os.environ["IEMLAB"])
        environment = self.here / "venv"
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
        python = environment / "bin" / "python"
        bare = {name: value for name, value in os.environ.items() if name not in ("IEMLAB", "PYTHONPATH")}
        installed = subprocess.run(
            [
                sys.executable,
                "-m",
                "pip",
                "--python",
                str(python),
                "install",
                "--no-index",
                "--no-compile",
                "-q",
                str(wheel),
            ],
            env=bare,
            capture_output=True,
            text=True,
        )
        if installed.returncode != 0 and "No module named pip" in installed.stderr:
            self.skipTest("no pip here")
        self.assertEqual(installed.returncode, 0, installed.stderr)
        used = subprocess.run([str(python), "-c", USES], env=bare, capture_output=True, text=True)
        program, digest = used.stdout.split()
        self.assertTrue(Path(program).is_relative_to(environment), used.stderr)
        self.assertEqual(digest, iemlab.run("penguins", steps=2).hash)
        for command in ([str(environment / "bin" / "iemlab")], [str(python), "-m", "iemlab"]):
            said = subprocess.run([*command, "--version"], env=bare, capture_output=True, text=True)
            self.assertEqual(said.stdout.strip(), f"iemlab {iemlab.__version__}")


if __name__ == "__main__":
    unittest.main()
