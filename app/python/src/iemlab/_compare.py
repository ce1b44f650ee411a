"""Several runs from the same start, each perhaps drawn with many seeds."""

from __future__ import annotations

import functools
import json
import os
from pathlib import Path
from typing import Any, Mapping, Sequence

from . import _figure, _opening
from ._program import call, listed, temporary_folder
from ._run import Run, _opened
from ._tables import frame_of_csv
from ._toml import toml_value

_NON_FINITE = 3


class Comparison:
    """What several runs came to.

    Attributes:
        names: of the runs, the scene's own first.
        results: everything, as the program says it (``iemlab compare --json``).
        notes: what was worth saying; each was a warning too.
    """

    def __init__(
        self,
        opening: _opening.Opening,
        options: Sequence[str],
        table: str,
        trace: str | None,
        results: Any,
        notes: Sequence[str],
    ) -> None:
        self.results = results
        self.notes = list(notes)
        self.names: list[str] = [one["name"] for one in results["runs"]]
        self._opening = opening
        self._options = list(options)
        self._table = table
        self._trace = trace

    @functools.cached_property
    def table(self) -> Any:
        """A row a run and draw: ``run``, its seed where several are drawn, ``steps``, ``loss`` (J, nats), ``excess``
        above the best, ``steps_to_tolerance``, ``grad_norm``, ``seconds_per_step``, metrics by id, ``exit``, ``hash``.
        """
        return frame_of_csv(self._table)

    @functools.cached_property
    def trace(self) -> Any:
        """A row a run, draw and step: ``run``, its seed, ``step``, ``loss``, ``grad_norm``, metrics by id.

        Raises:
            ValueError: the comparison was made with ``trace=False``.
        """
        if self._trace is None:
            raise ValueError("this comparison was made with trace=False")
        return frame_of_csv(self._trace)

    def figure(
        self,
        id: str = "loss",
        *,
        format: str = "svg",
        band: str | None = None,
        lines: bool = False,
        log: str | None = None,
        width_cm: float | None = None,
        height_cm: float | None = None,
        dpi: float | None = None,
        theme: str | None = None,
        caption: str | None = None,
        transparent: bool = False,
        svg_text: str | None = None,
        tex: str | None = None,
    ) -> _figure.Figure:
        """A figure of all runs: curves over steps in one plot, others side by side. The runs are made again for it.

        Args:
            id: which: "loss", "excess", "stage", ...
            band: of several draws: "deviation" (mean and deviation) or "quartiles" (median and quartiles).
            lines: each draw as a thin line too.
            log: logarithmic axes of curves over steps: "x", "y" or "xy".

        The other arguments and the exceptions are those of :meth:`Run.figure`.
        """
        options = _figure.paper_options(width_cm, height_cm, dpi, theme, caption, transparent, svg_text, tex)
        if band is not None:
            options["band"] = band
        if log is not None:
            options["log"] = log
        if lines:
            options["lines"] = ""
        return _figure.figure_of(self, id, format, options)

    def __repr__(self) -> str:
        return f"<iemlab.Comparison {self._opening.name}: {', '.join(self.names)}>"

    def _draw(self, id: str, file: str, options: Mapping[str, str]) -> None:
        with temporary_folder() as folder:
            call(
                [
                    "compare",
                    self._opening.scene(Path(folder)),
                    *self._options,
                    "--quiet",
                    f"--figure={id}={file}",
                    *_figure.words_of(options),
                ],
                accept=(_NON_FINITE,),
                said=self.notes,
            )


def compare(
    scene: str | os.PathLike[str] | Run | Sequence[Run] | None = None,
    runs: Sequence[Mapping[str, Any]] = (),
    *,
    data: Any = None,
    labels: Any = None,
    steps: int | None = None,
    seeds: Sequence[int] | int | None = None,
    seed_init: Sequence[int] | int | None = None,
    set: Mapping[str, Any] | None = None,
    trace: bool = True,
    threads: int | None = None,
) -> Comparison:
    """Several runs from the same start on the same data: ``compare("penguins", [{"method": "em"}])``, or
    ``compare([gd, em])`` of runs that there are.

    Args:
        scene: as in :func:`iemlab.run`; or runs of one scene, which are made again with what each was set to.
        runs: in what each further run differs from the scene: short names as in :func:`iemlab.run` ("method", "rate")
            or whole keys, and "name" for its name. ``"rate": "best"`` is the best of 13 rates from 10^-4 to 10^2. None
            at all: what the scene compares, else those of gradient descent, EM, Adam and natural steps that are not the
            scene's own rule, at their best rates.
        data, labels: as in :func:`iemlab.run`.
        steps: of each run (default: the scene's stop conditions, else 100; of runs that there are: as many as they
            took).
        seeds: every run is drawn with each, for bands: ``range(10)``.
        seed_init: seeds of the start alone: the same data, other starts.
        set: settings of all runs, by whole keys.
        trace: whether to keep loss and metrics of every step of every run.
        threads: runs at a time; 0 is one a core.

    Raises:
        InputError: a scene or a setting is wrong.
        NonFiniteError: no run stayed finite.
        Interrupted: Ctrl-C.
        MissingProgram: there is no program.
        ValueError: seeds do not follow one another; runs are of different scenes, or were edited on their way.
    """
    options: list[str] = []
    if isinstance(scene, Sequence) and not isinstance(scene, str):
        if runs or data is not None:
            raise ValueError("runs that there are have their settings and data")
        opening, rest = _of_runs(scene)
        options += _run_options(rest)
        steps = max(run.step for run in scene) if steps is None else steps
    else:
        opening = _opened(scene, data, labels)
        options += _run_options([_long(one) for one in runs])
    options += opening.options()
    options += [f"--set={key}={toml_value(value)}" for key, value in (set or {}).items()]
    if seeds is not None:
        options.append("--seeds=" + _opening.seed_range(seeds, "seeds"))
    if seed_init is not None:
        options.append("--seed-init=" + _opening.seed_range(seed_init, "seed_init"))
    for name, value in (("steps", steps), ("threads", threads)):
        if value is not None:
            options.append(f"--{name}={value}")
    return _compared(opening, options, trace)


def _compared(opening: _opening.Opening, options: Sequence[str], trace: bool) -> Comparison:
    with temporary_folder() as name:
        folder = Path(name)
        table, steps = folder / "table.csv", folder / "trace.csv"
        files = [f"--table={table}", *([f"--trace={steps}"] if trace else [])]
        answer = call(["compare", opening.scene(folder), *options, "--json", *files])
        return Comparison(
            opening,
            options,
            table.read_text(encoding="utf-8"),
            steps.read_text(encoding="utf-8") if trace else None,
            json.loads(answer.out),
            answer.notes,
        )


def _long(settings: Mapping[str, Any]) -> dict[str, str]:
    return {_opening.SHORT.get(name, name): toml_value(value) for name, value in settings.items()}


def _run_options(runs: Sequence[Mapping[str, str]]) -> list[str]:
    settings = [",".join(f"{key}={value}" for key, value in run.items()) for run in runs]
    return [word for one in settings for word in ("--run", one)]


def _of_runs(runs: Sequence[Run]) -> tuple[_opening.Opening, list[dict[str, str]]]:
    """The first run's opening, and in what the others differ from it."""
    if not runs or not all(isinstance(run, Run) for run in runs):
        raise TypeError("compare: a scene, or a list of runs")
    first, *others = runs
    if any(run._edited for run in runs):
        raise ValueError("compare: a run with edits on its way cannot be drawn again")
    for run in others:
        if _beginning(run) != _beginning(first):
            raise ValueError("compare: the runs are of different scenes, data or seeds")
    return first._opening, [_differences(first, run) for run in others]


def _beginning(run: Run) -> tuple[Any, ...]:
    opening = run._opening
    return (opening.argument, opening.text, opening.seed, opening.seed_init)


def _differences(first: Run, run: Run) -> dict[str, str]:
    here, there = dict(first._opening.settings), dict(run._opening.settings)
    values = _values(run) if here.keys() - there.keys() else {}
    return {
        key: value
        for key in dict.fromkeys([*here, *there])
        if (value := there.get(key) or toml_value(values[key])) != here.get(key)
    }


def _values(run: Run) -> dict[str, Any]:
    """What every key is in a run: as the scene says it, else the default."""
    values = {entry["id"]: entry["default"] for entry in listed("parameters", run.lab)}
    for name, entry in _opening.scene_of_session(json.loads(run.session)).items():
        if isinstance(entry, dict):
            values.update({f"{name}.{key}": value for key, value in entry.items()})
        else:
            values[name] = entry
    return values
