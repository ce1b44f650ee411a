"""The window on a run."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
from pathlib import Path

from . import errors
from ._program import known_keys, program, start, temporary_folder
from ._run import Run, _opened

# A window that cannot be opened (no display, a wrong scene) ends within this time.
_SECONDS_TO_FAIL = 1.5


class Window:
    """A window that was opened. It stays when Python ends."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    @property
    def is_open(self) -> bool:
        return self._process.poll() is None

    def close(self) -> None:
        """Closes it as its button does; it keeps its run."""
        self._process.terminate()
        self._process.wait()

    def wait(self) -> None:
        """Returns when somebody has closed it."""
        self._process.wait()

    def __repr__(self) -> str:
        return f"<iemlab.Window, {'open' if self.is_open else 'closed'}>"


def open(scene: str | os.PathLike[str] | Run = "penguins") -> Window:
    """Opens the window on a run at its step, or on anything else that :func:`iemlab.run` takes, and returns at once.
    What is done in the window does not come back: save it there, and run the file.

    Raises:
        MachineError: there is no display, or no OpenGL 3.3.
        InputError: the scene is wrong.
        MissingProgram: there is no program.
    """
    folder = temporary_folder()
    try:
        word = _opened(scene, None, None).scene(Path(folder.name))
        said = Path(folder.name) / "said"
        with said.open("wb") as err:
            process = start([word], err)
        try:
            exit_code = process.wait(_SECONDS_TO_FAIL)
        except subprocess.TimeoutExpired:
            # The window reads the file once; the folder stays as long as it does.
            threading.Thread(target=_after, args=(process, folder), daemon=True).start()
            return Window(process)
        except BaseException:
            process.kill()
            process.wait()
            raise
        if exit_code != 0:
            words = said.read_text(encoding="utf-8", errors="replace")
            raise errors.failure(exit_code, words, [program(), word], known_keys)
        folder.cleanup()
        return Window(process)
    except BaseException:
        folder.cleanup()
        raise


def _after(process: subprocess.Popen[bytes], folder: tempfile.TemporaryDirectory[str]) -> None:
    process.wait()
    folder.cleanup()
