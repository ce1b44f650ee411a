"""Points of one's own: what Python holds them in, as the keys of [data]."""

from __future__ import annotations

import math
import os
from typing import Any, Iterable, Mapping, Sequence


def data_table(data: Any, labels: Any = None) -> dict[str, Any]:
    """The table [data] of a scene on these points.

    Args:
        data: N x D numbers: a DataFrame, an array, a sequence of rows, or a mapping from names to columns; or the
            path of a table (csv, npy).
        labels: N classes, as whole numbers from 0 (-1: none) or as words; or the name of the column that has them.

    Raises:
        ValueError: there are no points, a number is missing or not finite, or labels and points differ in number.
    """
    if isinstance(data, (str, os.PathLike)):
        table: dict[str, Any] = {"path": os.path.abspath(os.fspath(data))}
        if labels is not None:
            table["label"] = labels
        return table
    names, columns = _columns(data)
    if isinstance(labels, str):
        if labels not in names:
            raise ValueError(f"labels: there is no column {labels!r}; there are {', '.join(names)}")
        at = names.index(labels)
        names, labels = names[:at] + names[at + 1 :], columns.pop(at)
    points = _points(names, columns)
    out: dict[str, Any] = {"source": "inline", "points": points}
    if names:
        out["axis_names"] = names
    if labels is not None:
        out.update(_labels(_listed(labels), len(points)))
    return out


def _listed(values: Any) -> list[Any]:
    return values.tolist() if hasattr(values, "tolist") else list(values)


def _columns(data: Any) -> tuple[list[str], list[list[Any]]]:
    """The names (none for bare rows) and the columns."""
    if isinstance(data, Mapping) or hasattr(data, "columns"):
        keys = list(data) if isinstance(data, Mapping) else list(data.columns)
        columns = [_listed(data[key]) for key in keys]
        if len({len(column) for column in columns}) > 1:
            raise ValueError("data: the columns are of different lengths")
        return [str(key) for key in keys], columns
    rows = [_listed(row) if _is_row(row) else [row] for row in _listed(data)]
    for index, row in enumerate(rows):
        if len(row) != len(rows[0]):
            raise ValueError(f"data: row {index} has {len(row)} numbers, row 0 has {len(rows[0])}")
    return [], [list(column) for column in zip(*rows)]


def _is_row(row: Any) -> bool:
    return isinstance(row, Iterable) and not isinstance(row, (str, bytes))


def _points(names: Sequence[str], columns: Sequence[Sequence[Any]]) -> list[list[float]]:
    if not columns or not columns[0]:
        raise ValueError("data: there are no points")
    numbers = []
    for at, column in enumerate(columns):
        name = repr(names[at]) if names else str(at)
        numbers.append([_number(value, row, name) for row, value in enumerate(column)])
    return [list(row) for row in zip(*numbers)]


def _number(value: Any, row: int, column: str) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise ValueError(f"data: row {row}, column {column}: {value!r} is no number") from None
    if not math.isfinite(number):
        raise ValueError(f"data: row {row}, column {column} is {number}; leave out rows that lack a number")
    return number


def _is_missing(value: Any) -> bool:
    # pandas' NA answers no question; NaN differs from itself.
    return value is None or type(value).__name__ == "NAType" or bool(value != value)


def _labels(values: Sequence[Any], points: int) -> dict[str, Any]:
    if len(values) != points:
        raise ValueError(f"labels: {len(values)} for {points} points")
    missing = [_is_missing(value) for value in values]
    if not any(isinstance(value, str) for value in values):
        return {"labels": [-1 if gone else int(value) for value, gone in zip(values, missing)]}
    words = [str(value) for value, gone in zip(values, missing) if not gone]
    names = list(dict.fromkeys(words))
    numbers = {name: number for number, name in enumerate(names)}
    return {
        "labels": [-1 if gone else numbers[str(value)] for value, gone in zip(values, missing)],
        "label_names": names,
    }
