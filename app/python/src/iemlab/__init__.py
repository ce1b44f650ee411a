"""Implicit EM Lab from Python: runs, figures and tables of the program ``iemlab``.

    >>> import iemlab
    >>> run = iemlab.run("penguins", method="em", steps=50)
    >>> run.figure("stage")            # the last expression of a notebook's cell shows it
    >>> run.trace["loss"]              # a column of a pandas.DataFrame

The program does all the work; this package finds it, calls it and reads what it writes. It needs nothing but Python:
where pandas and NumPy are installed, tables are DataFrames and numbers arrays.
"""

from ._compare import Comparison, compare
from ._figure import Figure
from ._lists import check, listing, scenes
from ._program import program, version
from ._run import Run, run
from ._tables import Table
from ._version import __version__
from ._window import Window, open
from .errors import (
    CheckFailed,
    FileError,
    IemlabError,
    InputError,
    Interrupted,
    MachineError,
    MissingProgram,
    NonFiniteError,
    Note,
)

__all__ = [
    "CheckFailed",
    "Comparison",
    "Figure",
    "FileError",
    "IemlabError",
    "InputError",
    "Interrupted",
    "MachineError",
    "MissingProgram",
    "NonFiniteError",
    "Note",
    "Run",
    "Table",
    "Window",
    "__version__",
    "check",
    "compare",
    "listing",
    "open",
    "program",
    "run",
    "scenes",
    "version",
]
