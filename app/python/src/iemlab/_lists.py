"""What the program has, and whether it holds what it claims."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Mapping

from . import errors
from ._program import call, listed, temporary_folder
from ._run import Run, _opened
from ._tables import frame_of_records
from ._toml import toml_value

_FAILED = 1


def listing(what: str, lab: str | None = None) -> Any:
    """What there is, a row each: "labs", "scenes", "energies", "optimizers", "figures", "parameters", "metrics",
    "lessons" or "toys", of all labs or of one. A ``pandas.DataFrame``, or a :class:`iemlab.Table` without pandas; every
    list has the columns ``id``, ``label`` and ``help``.

    Raises:
        InputError: there is no such list, or no such lab.
    """
    return frame_of_records(listed(what, lab))


def scenes(lab: str | None = None) -> Any:
    """The built-in scenes, a row each: ``id``, ``label`` (its title), ``help`` (what it shows), ``lab``, ``group``,
    ``level``, ``minutes``, and what to look for.

    Raises:
        InputError: there is no such lab.
    """
    return listing("scenes", lab)


def check(
    scene: str | os.PathLike[str] | Run,
    *,
    steps: int | None = None,
    set: Mapping[str, Any] | None = None,
    seed: int | None = None,
) -> Any:
    """The program's claims on a scene, each against an independent computation, after `steps` steps (50).

    Returns:
        A row a check: ``id``, ``statement``, ``error``, ``tolerance``, ``status`` ("pass", "fail" or "skip"),
        ``reason``.

    Raises:
        CheckFailed: one does not hold; its `.table` is what would have been returned.
        InputError: the scene or a setting is wrong.
    """
    options = [f"--set={key}={toml_value(value)}" for key, value in (set or {}).items()]
    for name, value in (("steps", steps), ("seed", seed)):
        if value is not None:
            options.append(f"--{name}={value}")
    with temporary_folder() as folder:
        word = _opened(scene, None, None).scene(Path(folder))
        answer = call(["check", word, "--json", *options], accept=(_FAILED,))
    checks = json.loads(answer.out)
    table = frame_of_records(checks)
    if answer.exit_code == _FAILED:
        failed = errors.CheckFailed(
            "does not hold: " + ", ".join(one["id"] for one in checks if one["status"] == "fail"),
            exit_code=_FAILED,
            stderr=answer.err,
            command=answer.command,
        )
        failed.table = table
        raise failed
    return table
