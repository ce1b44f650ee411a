#!/usr/bin/env python3
"""Whether the program for Windows is the program: its exe under wine beside the one that was compiled here.

tests/windows/wine_test.py PROGRAM ZIP [--no-hashes]: PROGRAM as ./run builds it, ZIP as the target package of the preset
windows makes it, out of which the exe is taken. Needs wine, and Xvfb for the window. Skips plainly (exit code 77) where one
of these is not there; exit code 1 where something is not as it should be.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from pathlib import Path

SKIPPED = 77
TESTS = Path(__file__).parent.parent
HASHES = TESTS / "web" / "hashes.py"
GOLDEN = TESTS / "golden"


class Case:
    """Two folders with the same name and a letter of every length in UTF-8, one for each program."""

    NAME = "aü数😀 b"

    def __init__(self, program, package, work, environment):
        self.package = work / "package"
        with zipfile.ZipFile(package) as packed:
            packed.extractall(self.package)
        # Everything lies in one folder; where there is no exe the first check says so.
        self.commands = {"here": [program], "wine": ["wine", str(next(self.package.glob("*/iemlab.exe"), "iemlab.exe"))]}
        self.work = work
        self.environment = environment
        self.failures = []
        for side in self.commands:
            (work / side / self.NAME).mkdir(parents=True)

    def folder(self, side):
        return self.work / side / self.NAME

    def run(self, side, *arguments):
        return subprocess.run(self.commands[side] + list(arguments), cwd=self.folder(side), capture_output=True,
                              env=self.environment, timeout=600)

    def both(self, *arguments):
        return self.run("here", *arguments), self.run("wine", *arguments)

    def start(self, *arguments):
        return subprocess.Popen(self.commands["wine"] + list(arguments), cwd=self.folder("wine"), env=self.environment,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)

    def expect(self, holds, what):
        if not holds:
            self.failures.append(what)
            print(f"FAILED  {what}", flush=True)

    def expect_same_words(self, *arguments):
        here, wine = self.both(*arguments)
        words = " ".join(arguments)
        self.expect(here.returncode == wine.returncode, f"exit code {wine.returncode} of {words}, not {here.returncode}")
        self.expect(here.stdout == wine.stdout, f"other words of {words}")
        self.expect(here.stderr == wine.stderr,
                    f"other errors of {words}: {wine.stderr.decode(errors='replace').strip()}")

    def expect_same_file(self, name):
        here, wine = (self.folder(side) / name for side in self.commands)
        same = here.is_file() and wine.is_file() and here.read_bytes() == wine.read_bytes()
        self.expect(same, f"{name} is not the same")

    def expect_nothing_left(self):
        left = [path.name for path in self.folder("wine").rglob(".iemlab-*")]
        self.expect(not left, f"left behind: {left}")


def wait_for(condition, seconds):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.1)
    return condition()


def the_package_is_one_program_and_its_licences(case):
    files = [path for path in case.package.rglob("*") if path.is_file()]
    names = sorted("/".join(path.relative_to(case.package).parts[1:]) for path in files)
    rest = [name for name in names if not (name.startswith("licences/") and name.endswith(".txt"))]
    case.expect(rest == ["LICENSE.txt", "iemlab.exe"], f"packed beside licences: {rest}")
    case.expect(len(names) > len(rest), "no licences are packed")
    case.expect(all(path.stat().st_size > 0 for path in files), "packed empty")


def words_are_the_same(case):
    case.expect_same_words("--version")
    case.expect_same_words("list", "scenes")
    case.expect_same_words("list", "labs")
    case.expect_same_words("run", "--help")
    case.expect_same_words("run", "nicht da ü数.toml")
    case.expect_same_words("run", "penguins", "--no-such-option")
    case.expect_same_words("run", "penguins", "--steps", "1", "--trace", "no/folder/x.csv")
    case.expect_same_words("run", "penguins", "--steps", "1", "--trace", ".")
    case.expect_same_words("run", "penguins", "--steps", "3", "--quiet", "--trace", "/dev/stdout")
    case.expect_same_words("check", "penguins", "--steps", "5")


def files_are_the_same(case):
    out = ["run", "penguins", "--steps", "5", "--quiet", "--trace", "größe数😀.csv", "--state", "ü.json",
           "--figure", "stage=bild ü数.svg", "--figure", "loss=loss.tex", "--dump", "points=punkte ü.csv"]
    for _ in range(2):  # the second time they are replaced
        for done in case.both(*out):
            case.expect(done.returncode == 0, f"{done.args[0]}: {done.stderr.decode(errors='replace').strip()}")
    for name in ("größe数😀.csv", "größe数😀.csv.json", "ü.json", "bild ü数.svg", "loss.tex", "punkte ü.csv"):
        case.expect_same_file(name)
    # What Linux wrote opens on Windows, by a name with its own slashes too.
    scene = 'format = 1\nlab = "mixture"\n[data]\npath = "ordner ü/punkte.csv"\n[model]\ncomponents = 2\n'
    for side in case.commands:
        (case.folder(side) / "ordner ü").mkdir()
        (case.folder(side) / "szene 数.toml").write_text(scene, encoding="utf-8")
        (case.folder(side) / "ordner ü" / "punkte.csv").write_text(
            "".join(f"{i * 37 % 11},{i * 17 % 7}\n" for i in range(40)))
    case.expect_same_words("run", "szene 数.toml", "--steps", "3")
    done = case.run("wine", "run", f"..\\{case.NAME}\\szene 数.toml", "--steps", "3", "--trace", "ordner ü\\t.csv")
    case.expect(done.returncode == 0 and (case.folder("wine") / "ordner ü" / "t.csv").is_file(), "no slashes of Windows")
    # The input is kept, under whichever name.
    done = case.run("wine", "run", "szene 数.toml", "--steps", "1", "--trace", "ordner ü\\PUNKTE.CSV")
    case.expect(done.returncode == 2 and b"would replace" in done.stderr, f"an input was replaced: {done.stderr}")
    case.expect_nothing_left()


def golden_cases_are_the_same(case):
    """./test compares this machine's program with their numbers; what has the same bytes agrees with them as well."""
    scenes = sorted(GOLDEN.glob("*.toml"))
    case.expect(len(scenes) >= 38, f"only {len(scenes)} golden cases")
    for scene in scenes:
        should = json.loads(scene.with_suffix(".json").read_text())
        dumps = [name for name in ("responsibilities", "energies", "attention", "score_gradient") if name in should]
        wanted = [("--trace", "", "trace.csv"), ("--state", "", "state.json")]
        wanted += [("--dump", f"{name}=", f"{name}.csv") for name in dumps]
        if "activation" in should:
            wanted.append(("--figure", "activation=", "activation.csv"))
        run = ["run", scene.name, "--quiet", "--steps", str(should.get("steps", 0))]
        for option, what, name in wanted:
            run += [option, f"{what}{scene.stem}-{name}"]
        for side in case.commands:
            shutil.copy(scene, case.folder(side))
        for done in case.both(*run):
            case.expect(done.returncode == 0, f"{scene.stem}: {done.stderr.decode(errors='replace').strip()}")
        for _, _, name in wanted:
            case.expect_same_file(f"{scene.stem}-{name}")


def films_and_folders_are_written(case):
    for _ in range(2):
        done = case.run("wine", "run", "penguins", "--steps", "3", "--quiet", "--animate", "stage=bilder/",
                        "--animate", "stage=film ü.webp")
        case.expect(done.returncode == 0, f"no film: {done.stderr.decode(errors='replace').strip()}")
    case.expect(len(list((case.folder("wine") / "bilder").glob("frame-*.png"))) == 4, "not four frames in the folder")
    (case.folder("wine") / "bilder" / "mine.txt").write_text("mine")
    done = case.run("wine", "run", "penguins", "--steps", "3", "--quiet", "--animate", "stage=bilder/")
    case.expect(done.returncode == 4 and b"mine.txt" in done.stderr, f"a folder with other files: {done.stderr}")
    case.expect_nothing_left()


def a_killed_program_leaves_nothing(case):
    running = case.start("run", "penguins", "--steps", "2000000000", "--trace", "lang.csv")
    drafts = lambda: list(case.folder("wine").glob(".iemlab-*"))
    case.expect(wait_for(drafts, 60), "no draft while it is written")
    os.killpg(running.pid, signal.SIGKILL)
    running.communicate()
    case.expect(wait_for(lambda: not drafts(), 20), "a killed program left its draft")
    case.expect(not (case.folder("wine") / "lang.csv").exists(), "a killed program left half a table")


def picture_bytes(path):
    """What the pixels of a PNG are before they are compressed."""
    data, at, packed = path.read_bytes(), 8, b""
    while at < len(data):
        length = int.from_bytes(data[at:at + 4], "big")
        if data[at + 4:at + 8] == b"IDAT":
            packed += data[at + 8:at + 8 + length]
        at += 12 + length
    return zlib.decompress(packed)


def the_window_looks_the_same(case):
    for scene, theme in (("penguins", "light"), ("tanh", "dark")):
        for done in case.both("screenshot", scene, "-o", f"{scene}.png", "--theme", theme):
            case.expect(done.returncode == 0, f"no picture: {done.stderr.decode(errors='replace').strip()}")
        here, wine = (case.folder(side) / f"{scene}.png" for side in case.commands)
        if here.is_file() and wine.is_file():
            case.expect(picture_bytes(here) == picture_bytes(wine), f"the window of {scene} looks different")


def the_window_opens_and_closes(case):
    users = Path(case.environment["WINEPREFIX"]) / "drive_c" / "users"
    locks = lambda: sorted(path.name for path in users.glob("*/AppData/Local/iemlab/window-*.lock"))
    settings = lambda: list(users.glob("*/AppData/Roaming/iemlab/window.json"))

    window = case.start("penguins")
    case.expect(wait_for(locks, 120), "no window")
    time.sleep(5)
    case.expect(window.poll() is None, "the window went by itself")
    first = locks()
    # Killed, it leaves its claim, which the next one takes away.
    os.killpg(window.pid, signal.SIGKILL)
    window.communicate()
    case.expect(wait_for(lambda: locks() == first, 5), "a killed window took its claim with it")
    window = case.start("penguins")
    case.expect(wait_for(lambda: locks() and locks() != first, 120), "a claim without an owner stays")
    case.expect(len(locks()) == 1, f"claims: {locks()}")
    time.sleep(5)
    subprocess.run(["wine", "taskkill", "/im", "iemlab.exe"], env=case.environment, capture_output=True, timeout=60)
    try:
        errors = window.communicate(timeout=60)[1]
        case.expect(window.returncode == 0, f"exit code {window.returncode} of the window")
        case.expect(b"iemlab:" not in errors, f"said by the window: {errors}")
    except subprocess.TimeoutExpired:
        case.expect(False, "the window does not close")
        os.killpg(window.pid, signal.SIGKILL)
    case.expect(not locks(), f"claims after closing: {locks()}")
    case.expect(bool(settings()), "no settings in the folder for them")


def display(environment):
    """A display of our own, so that no window appears; None where Xvfb is not there."""
    if shutil.which("Xvfb") is None:
        return None
    reading, writing = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1200x24"], pass_fds=[writing],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as number:
        environment["DISPLAY"] = ":" + number.readline().strip()
    return server


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("program")
    options.add_argument("package", metavar="ZIP")
    options.add_argument("--no-hashes", action="store_true", help="without the steps of every scene, which take minutes")
    asked = options.parse_args()
    program, package = os.path.abspath(asked.program), os.path.abspath(asked.package)
    for there, what in ((shutil.which("wine"), "wine"), (os.path.isfile(program), program), (os.path.isfile(package), package)):
        if not there:
            print(f"skipped: there is no {what}")
            return SKIPPED

    checks = [the_package_is_one_program_and_its_licences, words_are_the_same, files_are_the_same, golden_cases_are_the_same,
              films_and_folders_are_written, a_killed_program_leaves_nothing]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        work = Path(name)
        environment = {**os.environ, "WINEDEBUG": "-all", "WINEPREFIX": str(work / "wine"), "LC_ALL": "C.UTF-8"}
        server = display(environment)
        if server is None:
            print("without the window: there is no Xvfb")
        else:
            checks += [the_window_looks_the_same, the_window_opens_and_closes]
        subprocess.run(["wine", "wineboot", "--init"], env=environment, capture_output=True, timeout=300)
        # As long as one program runs, those that come need not start Windows anew.
        awake = subprocess.Popen(["wine", "cmd"], env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
        case = Case(program, package, work, environment)
        for check in checks:
            begun = time.monotonic()
            before = len(case.failures)
            check(case)
            said = "ok" if len(case.failures) == before else "FAILED"
            print(f"{said}  {check.__name__} ({time.monotonic() - begun:.0f} s)", flush=True)
        if not asked.no_hashes:
            done = subprocess.run([sys.executable, str(HASHES), program, case.commands["wine"][1]], env=environment)
            case.expect(done.returncode == 0, "other hashes")
        awake.communicate()  # the end of its input ends it
        if server is not None:
            server.terminate()
            server.wait()
    return 1 if case.failures else 0


if __name__ == "__main__":
    sys.exit(main())
