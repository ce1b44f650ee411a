"""The program: where it is, and how it is called."""

from __future__ import annotations

import functools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NoReturn, Sequence

from . import errors

_OWN = Path(__file__).with_name("bin") / "iemlab"
_PREFIX = "iemlab-"
INTERRUPTED = 130
# Whoever presses Ctrl-C in a terminal or a notebook interrupts this process and the program alike; who interrupts this
# process alone leaves it to us. A second interrupt would end the program before it has written anything.
_SECONDS_TO_END_BY_ITSELF = 1.0
_SECONDS_TO_END_ITS_STEP = 5.0


@dataclass(frozen=True)
class Answer:
    """What a call came to."""

    exit_code: int
    out: str
    err: str
    command: list[str]

    @property
    def notes(self) -> list[str]:
        return errors.notes_in(self.err)

    def error(self) -> errors.IemlabError:
        error = errors.failure(self.exit_code, self.err, self.command, known_keys)
        if error.file is not None and _is_temporary(error.file):
            error.file = error.line = error.column = None  # a place that nobody can look up
        return error


def program() -> str:
    """The path of the program that is run.

    The first of: what the environment variable ``IEMLAB`` names, the one inside this package (a wheel carries it), and
    ``iemlab`` in the folders of ``PATH``.

    Raises:
        MissingProgram: none of them is there; the message says where it was looked for.
    """
    named = os.environ.get("IEMLAB")
    if named:
        if _can_run(Path(named)):
            return named
        raise errors.MissingProgram(
            f"the environment variable IEMLAB names {named}, which is no program that can be run"
        )
    if _can_run(_OWN):
        return str(_OWN)
    on_path = shutil.which("iemlab")
    if on_path:
        return on_path
    raise errors.MissingProgram(
        "there is no program iemlab: the environment variable IEMLAB is not set, "
        f"{_OWN} is not there, and no folder of PATH has one ({os.environ.get('PATH', '')}). "
        "Install the wheel that carries it, or say IEMLAB=/path/to/iemlab"
    )


def _can_run(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)


def temporary_folder() -> tempfile.TemporaryDirectory[str]:
    """For the files of one call."""
    return tempfile.TemporaryDirectory(prefix=_PREFIX)


def _is_temporary(file: str) -> bool:
    folder = Path(file).parent
    return folder.name.startswith(_PREFIX) and str(folder.parent) == tempfile.gettempdir()


def call(arguments: Sequence[str], accept: Sequence[int] = (), said: Sequence[str] = ()) -> Answer:
    """Runs the program to its end; what it notes becomes a warning, unless it has been `said`.

    Exit codes that are neither 0 nor in `accept` raise the exception of that code. A Ctrl-C ends the program too, and
    raises Interrupted unless 130 is in `accept`.
    """
    command = [program(), *arguments]
    # Files without a name hold any amount of text, and go away by themselves.
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        exit_code = _wait(_started(command, out, err))
        answer = Answer(exit_code, _text(out), _text(err), command)
    for note in (note for note in answer.notes if note not in said):
        warnings.warn(note, errors.Note, stacklevel=_frames_of_this_package())
    if answer.exit_code != 0 and answer.exit_code not in accept:
        if answer.exit_code == INTERRUPTED:
            raise errors.Interrupted("iemlab was interrupted")
        raise answer.error()
    return answer


def _started(
    command: Sequence[str], out: IO[bytes] | int, err: IO[bytes] | int, session: bool = False
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=session
        )
    except OSError as error:
        raise errors.MissingProgram(
            f"{command[0]} cannot be run: {error.strerror}", command=list(command)
        ) from error


def start(arguments: Sequence[str], err: IO[bytes]) -> subprocess.Popen[bytes]:
    """Starts the program in a session of its own, where no Ctrl-C of this one reaches it."""
    return _started([program(), *arguments], subprocess.DEVNULL, err, session=True)


def _wait(process: subprocess.Popen[bytes]) -> int:
    try:
        return process.wait()
    except KeyboardInterrupt:
        try:
            _end(process)
        finally:
            process.kill()  # does nothing where it has ended
            process.wait()
        return INTERRUPTED
    except BaseException:
        process.kill()
        process.wait()
        raise


def _end(process: subprocess.Popen[bytes]) -> None:
    for seconds in (_SECONDS_TO_END_BY_ITSELF, _SECONDS_TO_END_ITS_STEP):
        try:
            process.wait(seconds)
            return
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


def _frames_of_this_package() -> int:
    """How many frames up the caller of the package is, so that a warning names the user's own line."""
    here = os.path.dirname(__file__)
    depth, outermost = 0, 0
    frame = sys._getframe().f_back
    while frame is not None:
        depth += 1
        if os.path.dirname(frame.f_code.co_filename) == here:
            outermost = depth
        frame = frame.f_back
    return outermost + 1


@functools.lru_cache(maxsize=None)
def _listed(path: str, what: str, lab: str | None) -> str:
    return call(["list", what, "--json", *(["--lab", lab] if lab else [])]).out


def listed(what: str, lab: str | None = None) -> list[dict[str, Any]]:
    """What ``iemlab list`` knows, asked once for each program."""
    entries: list[dict[str, Any]] = json.loads(_listed(program(), what, lab))
    return entries


def known_keys() -> list[str]:
    return [entry["id"] for entry in listed("parameters")]


def version() -> str:
    """The version of the program ("0.2.0")."""
    return call(["--version"]).out.split()[-1]


def main() -> NoReturn:
    """The command ``iemlab`` of a wheel: the program inside it takes over this process."""
    try:
        path = program()
    except errors.MissingProgram as error:
        sys.exit(f"iemlab: {error}")
    if os.path.exists(sys.argv[0]) and os.path.samefile(path, sys.argv[0]):
        sys.exit(f"iemlab: {_OWN} is not there")  # PATH leads back to this very command
    os.execv(path, ["iemlab", *sys.argv[1:]])
