"""Tables and arrays: of pandas and NumPy where they are installed, of plain Python where they are not."""

from __future__ import annotations

import csv
import html
import importlib
import io
from typing import Any, Iterator, Mapping, Sequence

_WIDEST_CELL = 40
_TEXT_COLUMNS = {"run", "exit", "hash"}  # a hash may happen to have no letter


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def array(nested: Any) -> Any:
    """An array of NumPy of the same shape, or the nested lists themselves where there is no NumPy."""
    numpy = _module("numpy")
    return nested if numpy is None else numpy.array(nested, dtype=float)


class Table:
    """Columns of equal length by name: what stands in for a ``pandas.DataFrame`` where there is no pandas.

    ``table["loss"]`` is a column, ``len(table)`` the number of rows, ``table.columns`` the names. Columns of numbers
    are arrays of NumPy where it is installed, lists elsewhere; all others are lists.
    """

    def __init__(self, columns: Mapping[str, Sequence[Any]]) -> None:
        self._columns = {name: _column(values) for name, values in columns.items()}

    @property
    def columns(self) -> list[str]:
        """The names, in order."""
        return list(self._columns)

    def __getitem__(self, name: str) -> Any:
        return self._columns[name]

    def __contains__(self, name: object) -> bool:
        return name in self._columns

    def __len__(self) -> int:
        return len(next(iter(self._columns.values()), []))

    def rows(self) -> Iterator[dict[str, Any]]:
        """A dictionary for each row."""
        for values in zip(*self._columns.values()):
            yield dict(zip(self._columns, values))

    def to_dict(self) -> dict[str, Any]:
        """The columns by name."""
        return dict(self._columns)

    def __repr__(self) -> str:
        cells = self._shown()
        widths = [max(len(row[i]) for row in cells) for i in range(len(self._columns))]
        lines = ["  ".join(cell.rjust(width) for cell, width in zip(row, widths)) for row in cells]
        return "\n".join([*lines, f"[{len(self)} rows x {len(self._columns)} columns]"])

    def _repr_html_(self) -> str:
        head, *rows = [[html.escape(cell) for cell in row] for row in self._shown()]
        out = "<tr>" + "".join(f"<th>{cell}</th>" for cell in head) + "</tr>"
        for row in rows:
            out += "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>"
        return f"<table>{out}</table>"

    def _shown(self, most: int = 20) -> list[list[str]]:
        rows = [[_cell(value) for value in row.values()] for row in self.rows()]
        if len(rows) > most:
            half = most // 2
            rows = [*rows[:half], ["..."] * len(self._columns), *rows[-half:]]
        return [self.columns, *rows]


def _cell(value: Any) -> str:
    text = f"{value:.6g}" if isinstance(value, float) else str(value)
    return text if len(text) <= _WIDEST_CELL else text[: _WIDEST_CELL - 3] + "..."


def _column(values: Sequence[Any]) -> Any:
    numpy = _module("numpy")
    if numpy is None or not all(isinstance(value, (int, float)) for value in values):
        return list(values)
    return numpy.array(values)


def frame(columns: Mapping[str, Sequence[Any]]) -> Any:
    """A ``pandas.DataFrame``, or a Table where there is no pandas."""
    pandas = _module("pandas")
    return Table(columns) if pandas is None else pandas.DataFrame(dict(columns))


def frame_of_records(records: Sequence[Mapping[str, Any]]) -> Any:
    """A row for each record; what one lacks is None."""
    names = list(dict.fromkeys(name for record in records for name in record))
    return frame({name: [record.get(name) for record in records] for name in names})


def frame_of_csv(text: str) -> Any:
    """A table the program wrote, every number to its last bit."""
    header, *rows = csv.reader(io.StringIO(text))
    columns = zip(*rows) if rows else ([] for _ in header)
    return frame({name: _parsed(name, values) for name, values in zip(header, columns)})


def rows_of_csv(text: str, without: str = "") -> list[list[float]]:
    """The numbers of a table, a list for each row, but for one column."""
    header, *rows = csv.reader(io.StringIO(text))
    kept = [at for at, name in enumerate(header) if name != without]
    return [[float(row[at]) for at in kept] for row in rows]


def _parsed(name: str, cells: Sequence[str]) -> Sequence[Any]:
    if name in _TEXT_COLUMNS:
        return cells
    for kind in (int, float):
        try:
            return [kind(cell) for cell in cells]
        except ValueError:
            pass
    return cells
