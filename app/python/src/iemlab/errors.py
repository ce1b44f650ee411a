"""What can go wrong, as exceptions.

The program says every error as one line on standard error and an exit code. Each exit code is a class here, and the
line is taken apart into the place it names.

====  ======================  =====================================================
exit  class                   meaning
====  ======================  =====================================================
1     :class:`CheckFailed`    a check of :func:`iemlab.check` does not hold
2     :class:`InputError`     something in a scene, a table or a setting is wrong
3     :class:`NonFiniteError` the run left the finite numbers
4     :class:`FileError`      a file could not be read or written
5     :class:`MachineError`   the machine lacks something: OpenGL 3.3, memory
130   :class:`Interrupted`    Ctrl-C
====  ======================  =====================================================

All but ``Interrupted``, which is a ``KeyboardInterrupt``, are an :class:`IemlabError`.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, Callable, Iterable, Sequence

if TYPE_CHECKING:
    from ._run import Run

__all__ = [
    "CheckFailed",
    "FileError",
    "IemlabError",
    "InputError",
    "Interrupted",
    "MachineError",
    "MissingProgram",
    "NonFiniteError",
    "Note",
]


class Note(UserWarning):
    """Something the program found worth saying: which columns of a table it took, a letter that a font lacks."""


class IemlabError(Exception):
    """The program failed.

    Attributes:
        message: what it said, without the place.
        file: the file that is wrong, or None.
        line: counted from 1, or None.
        column: counted from 1, or None.
        key: the setting that the message is about (``"model.components"``), or None.
        exit_code: of the program; negative: the signal that ended it.
        stderr: everything it wrote to standard error.
        command: the command line, to try it in a terminal.
    """

    def __init__(
        self,
        message: str,
        *,
        file: str | None = None,
        line: int | None = None,
        column: int | None = None,
        key: str | None = None,
        exit_code: int = 0,
        stderr: str = "",
        command: Sequence[str] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line
        self.column = column
        self.key = key
        self.exit_code = exit_code
        self.stderr = stderr
        self.command = list(command)

    def __str__(self) -> str:
        if self.file is None:
            return self.message
        place = "" if self.line is None else f":{self.line}:{self.column}"
        return f"{self.file}{place}: {self.message}"

    def __reduce__(self) -> tuple[Any, ...]:
        return (_restored, (type(self), self.message, self.__dict__))


class MissingProgram(IemlabError):
    """There is no program ``iemlab`` to run; the message says where it was looked for."""


class CheckFailed(IemlabError):
    """Exit 1: a check does not hold.

    Attributes:
        table: all checks, as :func:`iemlab.check` returns them.
    """

    table: Any = None


class InputError(IemlabError, ValueError):
    """Exit 2: something in a scene, a table, a setting or an option is wrong. Nothing was run."""


class NonFiniteError(IemlabError, ArithmeticError):
    """Exit 3: the run left the finite numbers.

    Attributes:
        run: the run up to its last finite state; None where there is none (a comparison).
    """

    run: Run | None = None


class FileError(IemlabError):
    """Exit 4: a file could not be read or written."""


class MachineError(IemlabError):
    """Exit 5: the machine lacks something that the message names."""


class Interrupted(KeyboardInterrupt):
    """Exit 130: Ctrl-C, or another interrupt, while the program worked.

    Attributes:
        run: the run up to the step after which it ended; None where it was ended in the middle of a step.
    """

    run: Run | None = None


def _restored(cls: type[IemlabError], message: str, attributes: dict[str, Any]) -> IemlabError:
    error = cls(message)
    error.__dict__.update(attributes)
    return error


_CLASSES: dict[int, type[IemlabError]] = {
    1: CheckFailed,
    2: InputError,
    3: NonFiniteError,
    4: FileError,
    5: MachineError,
    127: MachineError,  # the dynamic linker: a shared library is missing
}
_PLACE = re.compile(r"(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): (?P<message>.*)", re.DOTALL)
_UNKNOWN_KEY = re.compile(r"unknown key ([\w.+-]+?)(?=[;,:]? |[;,:]?$)")
_WORD = re.compile(r"[A-Za-z_][\w.]*\w|[A-Za-z_]")
_OURS = "iemlab: "
_NOTES = (_OURS + "note: ", _OURS + "warning: ")


def notes_in(stderr: str) -> list[str]:
    """What the program said that is no error, a sentence each."""
    return [line[len(head) :] for line in stderr.splitlines() for head in _NOTES if line.startswith(head)]


def failure(
    exit_code: int, stderr: str, command: Sequence[str], keys: Callable[[], Iterable[str]]
) -> IemlabError:
    """The exception for an exit code and what stood on standard error; `keys` are the names of settings."""
    lines = [line for line in stderr.splitlines() if line and not line.startswith(_NOTES)]
    said = lines[0] if lines else _unsaid(exit_code)
    found = _PLACE.fullmatch(said)
    file, line, column = None, None, None
    if found:
        file, message = found["file"], found["message"]
        line, column = int(found["line"]), int(found["column"])
    else:
        message = said.removeprefix(_OURS)
        before, colon, after = message.partition(": ")
        if colon and (exit_code == 4 or os.path.exists(before)):
            file, message = before, after
    return _CLASSES.get(exit_code, IemlabError)(
        message,
        file=file,
        line=line,
        column=column,
        key=_key_in(message, keys) if exit_code == 2 else None,
        exit_code=exit_code,
        stderr=stderr,
        command=command,
    )


def _unsaid(exit_code: int) -> str:
    if exit_code < 0:
        return f"the program was ended by signal {-exit_code}"
    return f"the program failed with exit code {exit_code}"


def _key_in(message: str, keys: Callable[[], Iterable[str]]) -> str | None:
    unknown = _UNKNOWN_KEY.search(message)
    if unknown:
        return unknown[1]
    known = set(keys())
    return next((word for word in _WORD.findall(message) if word in known), None)
