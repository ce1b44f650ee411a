#!/usr/bin/env python3
"""Builds the wheel, with nothing but the standard library; the same input gives the same bytes.

    build_wheel.py --program build/release/iemlab --into build/release/wheel

The tag says which machines a wheel with a program inside is for. The portable program (docs/platforms.md) needs nothing
but glibc: manylinux_2_28_ARCH, by the newest of glibc's symbols it has. One that finds cairo, FreeType, HarfBuzz and
others on the system is for machines like the one it was built on: linux_ARCH. Without --program the wheel is pure
Python for any machine, and looks for the program elsewhere.

This is also the backend that pyproject.toml names: `pip install ./app/python` makes the pure wheel, and
`--config-settings program=PATH` the other.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import io
import os
import platform
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any

from elf_needs import needs_of

HERE = Path(__file__).resolve().parent
PACKAGE = HERE / "src" / "iemlab"
LICENCES = (HERE.parent.parent / "LICENSE",)
_MODE, _PROGRAM_MODE = 0o100644, 0o100755
# Zip counts from 1980, and the time of the build says nothing.
_TIME = (1980, 1, 1, 0, 0, 0)

Files = dict[str, tuple[bytes, int]]


def project() -> dict[str, Any]:
    with (HERE / "pyproject.toml").open("rb") as file:
        table: dict[str, Any] = tomllib.load(file)["project"]
    return table


def metadata() -> str:
    about = project()
    lines = [
        "Metadata-Version: 2.1",
        f"Name: {about['name']}",
        f"Version: {about['version']}",
        f"Summary: {about['description']}",
        f"License: {about['license']['text']}",
        f"Requires-Python: {about['requires-python']}",
        *(f"Classifier: {word}" for word in about["classifiers"]),
    ]
    for extra, packages in about["optional-dependencies"].items():
        lines.append(f"Provides-Extra: {extra}")
        lines += [f'Requires-Dist: {package}; extra == "{extra}"' for package in packages]
    return "\n".join(lines) + "\n"


def tag_of(program: Path | None) -> str:
    if program is None:
        return "py3-none-any"
    needs = needs_of(program)
    kind = f"manylinux_2_{needs.glibc}" if needs and needs.glibc and needs.only_glibc else "linux"
    return f"py3-none-{kind}_{platform.machine()}"


def package_files() -> Files:
    kept = sorted(path for path in PACKAGE.iterdir() if path.suffix == ".py" or path.name == "py.typed")
    return {f"iemlab/{path.name}": (path.read_bytes(), _MODE) for path in kept}


def info_files(program: Path | None, licences: Path | None) -> Files:
    pure = "true" if program is None else "false"
    wheel = f"Wheel-Version: 1.0\nGenerator: iemlab\nRoot-Is-Purelib: {pure}\nTag: {tag_of(program)}\n"
    out: Files = {"METADATA": (metadata().encode(), _MODE), "WHEEL": (wheel.encode(), _MODE)}
    for licence in LICENCES:
        if licence.exists():
            out[licence.name] = (licence.read_bytes(), _MODE)
    for text in sorted(licences.iterdir()) if licences else ():
        out[f"licences/{text.name}"] = (text.read_bytes(), _MODE)
    if program is not None:
        out["entry_points.txt"] = (b"[console_scripts]\niemlab = iemlab._program:main\n", _MODE)
    return out


def wheel_files(program: Path | None, licences: Path | None) -> Files:
    about = project()
    info = f"{about['name']}-{about['version']}.dist-info"
    out = package_files()
    if program is not None:
        out["iemlab/bin/iemlab"] = (program.read_bytes(), _PROGRAM_MODE)
    out.update({f"{info}/{name}": entry for name, entry in info_files(program, licences).items()})
    record = "".join(f"{name},sha256={_hash(content)},{len(content)}\n" for name, (content, _) in out.items())
    out[f"{info}/RECORD"] = (f"{record}{info}/RECORD,,\n".encode(), _MODE)
    return out


def _hash(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")


def write_wheel(folder: Path, program: Path | None, licences: Path | None = None) -> Path:
    """The wheel in `folder`, written beside its name and renamed."""
    about = project()
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{about['name']}-{about['version']}-{tag_of(program)}.whl"
    beside = target.with_suffix(f".{os.getpid()}")
    try:
        with zipfile.ZipFile(beside, "w") as archive:
            for name, (content, mode) in wheel_files(program, licences).items():
                entry = zipfile.ZipInfo(name, _TIME)
                entry.create_system = 3  # Unix, whose modes external_attr holds
                entry.external_attr = mode << 16
                archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 6)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return target


# What pip asks of a backend (PEP 517).


def build_wheel(
    wheel_directory: str, config_settings: dict[str, Any] | None = None, metadata_directory: str | None = None
) -> str:
    program = (config_settings or {}).get("program")
    return write_wheel(Path(wheel_directory), Path(program) if program else None).name


def build_sdist(sdist_directory: str, config_settings: dict[str, Any] | None = None) -> str:
    about = project()
    stem = f"{about['name']}-{about['version']}"
    with tarfile.open(Path(sdist_directory) / f"{stem}.tar.gz", "w:gz") as archive:
        for name in ("pyproject.toml", "build_wheel.py", "elf_needs.py"):
            archive.add(HERE / name, f"{stem}/{name}")
        for name in package_files():
            archive.add(HERE / "src" / name, f"{stem}/src/{name}")
        info = tarfile.TarInfo(f"{stem}/PKG-INFO")
        content = metadata().encode()
        info.size = len(content)
        archive.addfile(info, io.BytesIO(content))
    return f"{stem}.tar.gz"


def main() -> None:
    parser = argparse.ArgumentParser(description="Builds the wheel of iemlab.")
    parser.add_argument(
        "--program", type=Path, help="the program to put inside (default: none, a pure wheel)"
    )
    parser.add_argument(
        "--into", type=Path, default=Path("."), help="the folder of the wheel (default: this one)"
    )
    parser.add_argument(
        "--licences", type=Path, help="a folder with the licences of what is inside the program (default: none)"
    )
    given = parser.parse_args()
    if given.program is not None and not given.program.is_file():
        parser.error(f"there is no program {given.program}")
    print(write_wheel(given.into, given.program, given.licences))


if __name__ == "__main__":
    main()
