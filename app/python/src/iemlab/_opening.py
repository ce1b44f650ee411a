"""What a call of the program begins with: a scene, perhaps on other data, and settings."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable, Mapping, Sequence

from . import _data
from ._program import listed
from ._toml import toml_text, toml_value

# The commonest keys by a short name; every other is said in full in `set`.
SHORT = {
    "method": "optimizer.method",
    "rate": "optimizer.learning_rate",
    "batch": "optimizer.batch_size",
    "prototypes": "model.components",
    "energy": "model.energy",
    "covariance": "model.covariance",
    "temperature": "model.temperature",
    "init": "model.init",
}
# Of a scene's [data] these are not about its own points.
_OF_ANY_DATA = ("standardise", "held_out", "label_noise", "labelled")


def settings_of(short: Mapping[str, Any], full: Mapping[str, Any] | None) -> dict[str, str]:
    """Keys with their values as TOML; what is None was not said.

    Raises:
        ValueError: a key is said twice.
    """
    out = {SHORT[name]: toml_value(value) for name, value in short.items() if value is not None}
    for key, value in (full or {}).items():
        if key in out:
            raise ValueError(f"{key} is said twice: by its short name, and in set")
        out[key] = toml_value(value)
    return out


@dataclass(frozen=True)
class Opening:
    """A scene as the program takes it.

    Attributes:
        name: what it was called, for people.
        argument: a built-in scene, a path or a state string; None: `text` is given.
        text: what a file holds that is written for the call.
        suffix: of that file.
        settings: keys with their values as TOML.
        seed, seed_init: as in ``--seed`` and ``--seed-init``.
    """

    name: str
    argument: str | None = None
    text: str = ""
    suffix: str = ".toml"
    settings: Mapping[str, str] = field(default_factory=dict)
    seed: int | None = None
    seed_init: int | None = None

    def scene(self, folder: Path) -> str:
        """The word for the command line; a file of its own is written into `folder`."""
        if self.argument is not None:
            return self.argument
        file = folder / f"{self.name}{self.suffix}"
        file.write_text(self.text, encoding="utf-8")
        return str(file)

    def options(self) -> list[str]:
        out = [f"--set={key}={value}" for key, value in self.settings.items()]
        if self.seed is not None:
            out.append(f"--seed={self.seed}")
        if self.seed_init is not None:
            out.append(f"--seed-init={self.seed_init}")
        return out


def scene_word(scene: Any) -> str:
    """A scene that is named, as one word.

    Raises:
        TypeError: it is neither a name nor a path.
    """
    if isinstance(scene, (str, os.PathLike)):
        word = os.fspath(scene)
        return f"./{word}" if word.startswith("-") else word
    raise TypeError(f"a scene is a name, a path, a state string or a run, not {scene!r}")


def named(word: str) -> str:
    """What a scene is called: the stem of its file, or itself."""
    return "state" if word.startswith("iem1:") else Path(word).stem


def scene_of_session(session: Mapping[str, Any]) -> dict[str, Any]:
    return tomllib.loads(session["scene"])


def on_data(word: str | None, data: Any, labels: Any, read_scene: Callable[[str], dict[str, Any]]) -> Opening:
    """A scene's model, rule and schedule on other points. `read_scene` gives the tables of the scene `word`."""
    table = _data.data_table(data, labels)
    if word is None:
        base: dict[str, Any] = {"lab": "mixture", "data": {"standardise": True}}
    else:
        base = read_scene(word)
    own = {key: value for key, value in base.get("data", {}).items() if key in _OF_ANY_DATA}
    scene: dict[str, Any] = {
        "format": 1,
        "lab": base["lab"],
        "title": "Own points",
        **{key: base[key] for key in ("seed", "seeds") if key in base},
        "data": {**own, **table},
        "model": _without_start(base["lab"], base.get("model", {})),
        **{key: base[key] for key in ("optimizer", "schedule") if key in base},
    }
    return Opening(name=named(word) if word else "own_points", text=toml_text(scene))


def _without_start(lab: str, model: Mapping[str, Any]) -> dict[str, Any]:
    """A start that a scene gives in numbers is one for its own points."""
    tensors = {entry["id"] for entry in listed("parameters", lab) if entry["kind"] == "tensor"}
    out = {key: value for key, value in model.items() if f"model.{key}" not in tensors}
    if out.get("init") == "explicit":
        del out["init"]
    return out


def seed_range(seeds: Sequence[int] | int, option: str) -> str:
    """``A..B`` of a range or of numbers that follow one another.

    Raises:
        ValueError: they do not.
    """
    numbers = [seeds] if isinstance(seeds, int) else list(seeds)
    if not numbers or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        raise ValueError(f"{option}: numbers that follow one another, like range(10), not {seeds!r}")
    return f"{numbers[0]}..{numbers[-1]}"
