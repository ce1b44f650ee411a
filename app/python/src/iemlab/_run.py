"""One run: stepping a scene, and everything that can be asked of it afterwards."""

from __future__ import annotations

import dataclasses
import functools
import json
import math
import os
from pathlib import Path
from typing import Any, Iterable, Mapping, Sequence

from . import _figure, _opening, errors
from ._program import INTERRUPTED, call, listed, temporary_folder
from ._tables import array, frame_of_csv, rows_of_csv
from ._toml import toml_value

_NON_FINITE = 3


class Run:
    """What a run came to. It keeps its own session, so that it can be asked again at any time, pickled, and gone on
    from (``iemlab.run(run, steps=50)``); nothing of it lies in a file.

    What was not asked for at once (figures, dumps) is made by replaying the session: it takes as long as the run did.

    Attributes:
        lab: "mixture", "activation", "attention", "classifier", "layer" or "neighbours".
        step: the step the run is at.
        steps: how many it took; fewer than `step` where it went on from another run.
        loss: J, in nats; nan where nothing is learned.
        exit: why it ended: "steps", "grad_norm", "loss_change", "non_finite" or "interrupted".
        hash: of parameters, memory of the rule, generators and step; the same for any number of threads.
        seconds: wall time of all steps.
        seconds_per_step: the median.
        parameters: by name, in their natural shapes: of a mixture ``means`` K x D, ``covariances`` K x D x D,
            ``weights`` K. Arrays of NumPy, or nested lists without it.
        metrics: by id, numbers at the last step (``entropy`` in nats), and ``steps_to_tolerance``, which looks back
            over all of them; nan where one is undefined.
        settings: the scene as nested dictionaries, like its file, with what was set here and with defaults:
            ``run.settings["optimizer"]["learning_rate"]``. As it was at the start; `edits` came after.
        notes: what was worth saying, such as which columns of a table were taken; each was a warning too.
        session: the text of an .iemlab file.
    """

    def __init__(
        self,
        opening: _opening.Opening,
        session: str,
        state: Mapping[str, Any],
        report: Mapping[str, Any],
        trace: str | None,
        dumps: Mapping[str, str],
        notes: Sequence[str],
        edited: bool,
    ) -> None:
        self.lab: str = state["lab"]
        self.step: int = state["step"]
        self.steps: int = report["steps"]
        self.loss = _number(report["loss"])
        self.exit: str = report["exit"]
        self.hash: str = report["hash"]
        self.seconds: float = report["wall_seconds"]
        self.seconds_per_step: float = report["step_seconds_median"]
        self.parameters: dict[str, Any] = {
            name: array(_numbers(value)) for name, value in state["parameters"].items()
        }
        self.metrics: dict[str, float] = {id: _number(value) for id, value in report["metrics"].items()}
        self.settings: dict[str, Any] = report["settings"]
        self.notes = list(notes)
        self.session = session
        self._state: str = report["state"]
        self._state_lacks: str = report.get("left_out", "")
        self._opening = opening
        self._edited = edited
        self._trace = trace
        self._dumps = dict(dumps)

    @functools.cached_property
    def trace(self) -> Any:
        """A row a step, step 0 (before any update) included: ``step``, ``loss`` (J, nats), ``grad_norm``, and the lab's
        metrics by id. A ``pandas.DataFrame``, or a :class:`iemlab.Table` without pandas.

        Raises:
            ValueError: the run was made with ``trace=False``.
        """
        if self._trace is None:
            raise ValueError("this run was made with trace=False")
        return frame_of_csv(self._trace)

    @functools.cached_property
    def responsibilities(self) -> Any:
        """r, N x K (of the attention lab: a row a query); every row sums to 1. An array, or lists without NumPy.

        Raises:
            InputError: the lab has none.
        """
        return array(rows_of_csv(self._dump_text("responsibilities")))

    @functools.cached_property
    def points(self) -> Any:
        """The points, N x D, as the run sees them: standardised where the scene says so.

        Raises:
            InputError: the lab has none.
        """
        return array(rows_of_csv(self._dump_text("points"), without="label"))

    def dump(self, what: str) -> Any:
        """A table with a row a point (or query), in the order of the data: "responsibilities", "energies" (nats),
        "gradient" (dJ/dd), "points", and what else the lab has.

        Raises:
            InputError: the lab has no such dump; the message names those it has.
        """
        return frame_of_csv(self._dump_text(what))

    def figure(
        self,
        id: str = "stage",
        *,
        format: str = "svg",
        width_cm: float | None = None,
        height_cm: float | None = None,
        dpi: float | None = None,
        theme: str | None = None,
        caption: str | None = None,
        transparent: bool = False,
        svg_text: str | None = None,
        tex: str | None = None,
    ) -> _figure.Figure:
        """A figure of the run at its last step; ``iemlab.listing("figures", lab=run.lab)`` names them.

        Args:
            id: which.
            format: "svg" or "png". Figure.save writes other formats too.
            width_cm, height_cm: its size (17 cm, and what the figure asks for).
            dpi: resolution of PNG (300).
            theme: "light", "dark" or "print".
            caption: words below it in place of its own, $formulas$ in TeX.
            transparent: no paper behind it.
            svg_text: words as "outlines", which look alike everywhere, or as "real" text, which takes less room and
                needs the font Roboto where it is shown.
            tex: a .tex file as "document" or "fragment".

        Raises:
            InputError: there is no such figure in this lab, or it has nothing to show.
        """
        options = _figure.paper_options(width_cm, height_cm, dpi, theme, caption, transparent, svg_text, tex)
        return _figure.figure_of(self, id, format, options)

    def figures(self) -> list[str]:
        """The ids of the figures that its lab has."""
        return [entry["id"] for entry in listed("figures", self.lab)]

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the session, from which the window and the command line reach the same bits again.

        Raises:
            ValueError: the name does not end in .iemlab.
            OSError: it cannot be written.
        """
        if not os.fspath(path).endswith(".iemlab"):
            raise ValueError(f"a session is a file whose name ends in .iemlab, not {os.fspath(path)}")
        Path(path).write_text(self.session, encoding="utf-8")

    @property
    def state(self) -> str:
        """The run as one line of text ("iem1:..."), to paste where a scene is expected.

        Raises:
            ValueError: it would be longer than 64 KiB, which the program does not read; save the session.
        """
        if self._state_lacks:
            raise ValueError(
                f"a state string stays under 64 KiB, and this run has {self._state_lacks}: save it to a file"
            )
        return self._state

    def __repr__(self) -> str:
        return f"<iemlab.Run {self._opening.name}, {self.lab}, step {self.step}, J = {self.loss:.6g}, {self.hash}>"

    def _saved(self) -> _opening.Opening:
        return _opening.Opening(name=self._opening.name, text=self.session, suffix=".iemlab")

    def _again(self, options: Sequence[str]) -> None:
        """The program once more, where the run ended; where that never was finite it exits with 3."""
        with temporary_folder() as folder:
            scene = self._saved().scene(Path(folder))
            call(["run", scene, "--steps=0", "--quiet", *options], accept=(_NON_FINITE,), said=self.notes)

    def _draw(self, id: str, file: str, options: Mapping[str, str]) -> None:
        self._again([f"--figure={id}={file}", *_figure.words_of(options)])

    def _dump_text(self, what: str) -> str:
        if what not in self._dumps:
            with temporary_folder() as folder:
                file = Path(folder) / "dump.csv"
                self._again([f"--dump={what}={file}"])
                self._dumps[what] = file.read_text(encoding="utf-8")
        return self._dumps[what]


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)


def _numbers(value: Any) -> Any:
    return [_numbers(item) for item in value] if isinstance(value, list) else _number(value)


def run(
    scene: str | os.PathLike[str] | Run | None = None,
    *,
    data: Any = None,
    labels: Any = None,
    steps: int | None = None,
    method: str | None = None,
    rate: float | None = None,
    batch: int | None = None,
    prototypes: int | None = None,
    energy: str | None = None,
    covariance: str | None = None,
    temperature: float | None = None,
    init: str | None = None,
    seed: int | None = None,
    seed_init: int | None = None,
    set: Mapping[str, Any] | None = None,
    edits: Mapping[int, Mapping[str, Any]] | None = None,
    trace: bool = True,
    dumps: Iterable[str] = (),
    threads: int | None = None,
) -> Run:
    """Steps a scene without a window. The same arguments give the same bits every time.

    Args:
        scene: a built-in scene (:func:`iemlab.scenes` lists them), a file (.toml, .csv, .npy, .iemlab, an exported
            figure), a state string, or a run to go on from. Not given: a mixture of three on `data`, standardised.
        data: other points: N x D numbers, as a DataFrame, an array, a sequence of rows or a mapping from names to
            columns; or the path of a table. Names of columns become those of the axes, "length (mm)" with its unit. Of
            the scene its model, rule and schedule are taken then; a start that it gives in numbers is dropped.
        labels: with `data`: N classes, as numbers from 0 (-1 for none) or words, or the name of their column.
        steps: how many (default: the scene's stop conditions, else 100).
        method: the learning rule, ``optimizer.method``: "gd", "em", "adam", ...
        rate: its learning rate, ``optimizer.learning_rate``.
        batch: points in a mini-batch, ``optimizer.batch_size``.
        prototypes: their number, ``model.components``.
        energy: ``model.energy``: "gaussian", "student_t", ...
        covariance: ``model.covariance``: "spherical", "full", ...
        temperature: ``model.temperature``.
        init: how they start, ``model.init``.
        seed: replaces the scene's seed; data, start and mini-batches follow from it.
        seed_init: the seed of the start alone.
        set: any other setting, by its whole key: ``{"model.nu": 4, "data.noise": 0.1}``.
            ``iemlab.listing("parameters")`` has them all.
        edits: changes on the way, by the number of steps done: ``{20: {"model.components": 5}}``.
        trace: whether to keep loss and metrics of every step. It takes some 150 bytes a step, and most of the time of
            a long run on few points.
        dumps: tables to make at once (see :meth:`Run.dump`), which spares a replay later.
        threads: 0 is all. Any number gives the same bits.

    Raises:
        InputError: a scene, a table or a setting is wrong; the exception says which and where.
        NonFiniteError: the run left the finite numbers; `.run` is what it was until then.
        FileError: a file cannot be read.
        Interrupted: Ctrl-C; `.run` is what it was until then.
        MissingProgram: there is no program.
        ValueError: `data` has no points, lacks a number, or does not go with `labels`.
    """
    opening = _opened(scene, data, labels)
    short = {
        "method": method,
        "rate": rate,
        "batch": batch,
        "prototypes": prototypes,
        "energy": energy,
        "covariance": covariance,
        "temperature": temperature,
        "init": init,
    }
    settings = _opening.settings_of(short, set)
    opening = dataclasses.replace(opening, settings=settings, seed=seed, seed_init=seed_init)
    options = opening.options()
    for step, changes in (edits or {}).items():
        options += [f"--at={step}:{key}={toml_value(value)}" for key, value in changes.items()]
    if steps is not None:
        options.append(f"--steps={steps}")
    if threads is not None:
        options.append(f"--threads={threads}")
    return _stepped(opening, options, trace, list(dumps), bool(edits))


def _opened(scene: Any, data: Any, labels: Any) -> _opening.Opening:
    if data is not None:
        if isinstance(scene, Run):
            raise ValueError("a run has its points; give its scene instead")
        return _opening.on_data(
            None if scene is None else _opening.scene_word(scene), data, labels, _read_scene
        )
    if labels is not None:
        raise ValueError("labels go with data")
    if scene is None:
        raise TypeError("give a scene, data, or both")
    if isinstance(scene, Run):
        return scene._saved()
    word = _opening.scene_word(scene)
    return _opening.Opening(name=_opening.named(word), argument=word)


def _read_scene(word: str) -> dict[str, Any]:
    with temporary_folder() as folder:
        file = Path(folder) / "scene.iemlab"
        call(["run", word, "--steps=0", "--quiet", f"--save-session={file}"])
        return _opening.scene_of_session(json.loads(file.read_text(encoding="utf-8")))


def _stepped(
    opening: _opening.Opening, options: Sequence[str], trace: bool, dumps: Sequence[str], edited: bool
) -> Run:
    with temporary_folder() as name:
        folder = Path(name)
        session, state, table = folder / "out.iemlab", folder / "state.json", folder / "trace.csv"
        files = {what: folder / f"dump-{at}.csv" for at, what in enumerate(dumps)}
        options = ["--json", f"--save-session={session}", f"--state={state}", *options]
        if trace:
            options.append(f"--trace={table}")
        options += [f"--dump={what}={file}" for what, file in files.items()]
        answer = call(["run", opening.scene(folder), *options], accept=(_NON_FINITE, INTERRUPTED))
        whole = session.exists() and state.exists() and answer.out.strip() != ""
        made = None
        if whole:
            made = Run(
                opening,
                session.read_text(encoding="utf-8"),
                json.loads(state.read_text(encoding="utf-8")),
                json.loads(answer.out),
                table.read_text(encoding="utf-8") if trace and table.exists() else None,
                {what: file.read_text(encoding="utf-8") for what, file in files.items() if file.exists()},
                answer.notes,
                edited,
            )
    if answer.exit_code == INTERRUPTED:
        stopped = errors.Interrupted(f"interrupted at step {made.step}" if made else "interrupted")
        stopped.run = made
        raise stopped
    if answer.exit_code == _NON_FINITE or made is None:
        error = answer.error()
        if isinstance(error, errors.NonFiniteError):
            error.run = made
        raise error
    return made
