"""What a program of Linux needs of the system: read from its ELF file, with nothing but the standard library."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from pathlib import Path

_LOAD, _DYNAMIC = 1, 2
_NEEDED, _STRTAB, _STRSZ = 1, 5, 10
_GLIBC = re.compile(rb"\0GLIBC_2\.(\d+)(?:\.\d+)?(?=\0)")
# The libraries that are glibc.
GLIBC = frozenset(
    {"libc.so.6", "libm.so.6", "libpthread.so.0", "libdl.so.2", "librt.so.1"}
    | {"ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}
)


@dataclass(frozen=True)
class Needs:
    libraries: frozenset[str]  # that it is linked with
    glibc: int  # the newest of its symbols: 28 for GLIBC_2.28; 0 when it has none

    @property
    def only_glibc(self) -> bool:
        return self.libraries <= GLIBC


def needs_of(program: Path) -> Needs | None:
    """None for what is no ELF file of 64 bits and this order of bytes."""
    data = program.read_bytes()
    if data[:6] != b"\x7fELF\x02\x01":
        return None
    table, size, count = *struct.unpack_from("<Q", data, 32), *struct.unpack_from("<HH", data, 54)
    # type, offset in the file, address, size in the file
    segments = [struct.unpack_from("<I4xQQ8xQ", data, table + i * size) for i in range(count)]
    entries = [
        struct.unpack_from("<QQ", data, offset + at)
        for kind, offset, _, length in segments
        if kind == _DYNAMIC
        for at in range(0, length, 16)
    ]
    values = dict(entries)
    if _STRTAB not in values:
        return Needs(frozenset(), 0)
    begin = next(
        offset + values[_STRTAB] - address
        for kind, offset, address, length in segments
        if kind == _LOAD and address <= values[_STRTAB] < address + length
    )
    words = data[begin : begin + values[_STRSZ]]
    names = {words[value : words.index(b"\0", value)].decode() for tag, value in entries if tag == _NEEDED}
    return Needs(frozenset(names), max((int(found) for found in _GLIBC.findall(words)), default=0))
