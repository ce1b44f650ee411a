"""Figures that a notebook shows and a file keeps."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Mapping, Protocol

from ._program import temporary_folder

_REFERENCE = re.compile(r'(?<=url\(#)[^)]+|(?<=href="#)[^"]+')


class Draws(Protocol):
    """Whoever has figures: a run, or a comparison."""

    def _draw(self, id: str, file: str, options: Mapping[str, str]) -> None: ...


class Figure:
    """A figure of a run, as the last expression of a notebook's cell shows it.

    Attributes:
        id: which figure ("stage").
        format: of `content`: "svg" or "png".
        content: the file, as bytes. It carries the state string of its run, so that it can be opened as one.
    """

    def __init__(
        self, owner: Draws, id: str, format: str, options: Mapping[str, str], content: bytes
    ) -> None:
        self.id = id
        self.format = format
        self.content = content
        self._owner = owner
        self._options = dict(options)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the figure, in the format that the file's name ends in: .svg, .pdf, .eps, .png, .tex or .csv (the numbers
        behind the picture). The file appears whole or not at all.

        Raises:
            InputError: the name ends in something else.
            FileError: it cannot be written.
        """
        self._owner._draw(self.id, os.fspath(path), self._options)

    @property
    def svg(self) -> str | None:
        """The text of an SVG figure; None for another format."""
        return self.content.decode("utf-8") if self.format == "svg" else None

    def _repr_svg_(self) -> str | None:
        text = self.svg
        return None if text is None else _with_own_names(text)

    def _repr_png_(self) -> bytes | None:
        return self.content if self.format == "png" else None

    def __repr__(self) -> str:
        return f"<iemlab.Figure {self.id}, {self.format}, {len(self.content)} bytes>"


def _with_own_names(svg: str) -> str:
    """The figure with names that no other figure on the same page has: a page looks up `clip.1` in the first figure
    that has it."""
    prefix = "f" + hashlib.sha256(svg.encode()).hexdigest()[:8] + "-"
    for name in sorted(set(_REFERENCE.findall(svg))):
        for before, after in (('id="', '"'), ("url(#", ")"), ('href="#', '"')):
            svg = svg.replace(f"{before}{name}{after}", f"{before}{prefix}{name}{after}")
    return svg


def figure_of(owner: Draws, id: str, format: str, options: Mapping[str, str]) -> Figure:
    """Draws a figure.

    Raises:
        ValueError: the format is none that a notebook shows.
    """
    if format not in ("svg", "png"):
        raise ValueError(f'format: "svg" or "png", not {format!r}; Figure.save writes others')
    with temporary_folder() as folder:
        file = Path(folder) / f"{id}.{format}"
        owner._draw(id, str(file), options)
        return Figure(owner, id, format, options, file.read_bytes())


def paper_options(
    width_cm: float | None = None,
    height_cm: float | None = None,
    dpi: float | None = None,
    theme: str | None = None,
    caption: str | None = None,
    transparent: bool = False,
    svg_text: str | None = None,
    tex: str | None = None,
) -> dict[str, str]:
    """The options of the command line that figures have; a flag has no value."""
    said = {
        "width-cm": width_cm,
        "height-cm": height_cm,
        "dpi": dpi,
        "theme": theme,
        "caption": caption,
        "svg-text": svg_text,
        "tex": tex,
    }
    out = {name: str(value) for name, value in said.items() if value not in (None, "")}
    if transparent:
        out["transparent"] = ""
    return out


def words_of(options: Mapping[str, str]) -> list[str]:
    """Options as words of a command line."""
    return [f"--{name}={value}" if value else f"--{name}" for name, value in options.items()]
