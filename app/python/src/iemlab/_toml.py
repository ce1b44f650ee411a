"""Values and scenes as TOML text. The standard library reads TOML and does not write it."""

from __future__ import annotations

import json
import numbers
import os
from typing import Any, Mapping


def toml_value(value: Any) -> str:
    """A boolean, number, string, path, or a list of such, lists and arrays of NumPy included.

    Raises:
        TypeError: it is something else.
    """
    if hasattr(value, "tolist"):  # arrays and numbers of NumPy, series of pandas
        value = value.tolist()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, numbers.Integral):
        return str(int(value))
    if isinstance(value, numbers.Real):
        return repr(float(value))
    if isinstance(value, (str, os.PathLike)):
        return _string(os.fspath(value))
    if isinstance(value, (list, tuple, range)):
        return "[" + ", ".join(toml_value(item) for item in value) + "]"
    raise TypeError(f"a setting is a boolean, a number, a string or a list of such, not {value!r}")


def _string(text: str) -> str:
    # JSON escapes are TOML's, but for DEL, which TOML wants escaped too.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def toml_text(scene: Mapping[str, Any]) -> str:
    """A scene: keys, and tables of keys."""
    out = "".join(
        f"{key} = {toml_value(value)}\n" for key, value in scene.items() if not isinstance(value, Mapping)
    )
    for name, table in scene.items():
        if isinstance(table, Mapping) and table:
            out += f"\n[{name}]\n" + "".join(f"{k} = {toml_value(v)}\n" for k, v in table.items())
    return out
