"""PNG pictures of at most 256 colours, so that a page of them stays small."""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PALETTES = (256, 96, 48, 24, 16)
_RGB, _RGBA, _DEPTH = 2, 6, 8

Colour = tuple[int, int, int]


def with_palette(picture: bytes, *, at_most: int) -> bytes:
    """Return an 8-bit RGB or RGBA PNG, not interlaced, as one with a palette; alpha is dropped.

    It has as many colours, 256 at most, as let it stay within `at_most` bytes; 16 if none do.

    Raises:
        ValueError: the picture is another kind of PNG.
    """
    width, height, rows = _read(picture)
    counted: Counter[Colour] = Counter()
    for row in rows:
        counted.update(zip(row[0::3], row[1::3], row[2::3], strict=True))
    drawn = (_drawn(width, height, rows, counted, colours) for colours in _PALETTES)
    return next((one for one in drawn if len(one) <= at_most), _drawn(width, height, rows, counted, _PALETTES[-1]))


def _drawn(width: int, height: int, rows: Sequence[bytes], counted: Counter[Colour], colours: int) -> bytes:
    palette = [colour for colour, _ in sorted(counted.most_common(colours), key=lambda one: (-one[1], one[0]))]
    nearest = {colour: min(range(len(palette)), key=lambda at: _far(colour, palette[at])) for colour in counted}
    lines = (bytes(map(nearest.__getitem__, zip(row[0::3], row[1::3], row[2::3], strict=True))) for row in rows)
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", b"".join(map(bytes, palette))),
        (b"IDAT", zlib.compress(b"".join(b"\x00" + line for line in lines), 9)),
        (b"IEND", b""),
    )
    return _SIGNATURE + b"".join(_chunk(name, data) for name, data in chunks)


def _far(one: Colour, other: Colour) -> int:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2


def _read(picture: bytes) -> tuple[int, int, Sequence[bytes]]:
    chunks = list(_chunks(picture))
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
    if depth != _DEPTH or kind not in {_RGB, _RGBA} or interlaced:
        message = "only 8-bit RGB and RGBA pictures are read"
        raise ValueError(message)
    size = 3 if kind == _RGB else 4
    rows = list(_unfiltered(zlib.decompress(b"".join(data for name, data in chunks if name == b"IDAT")), width, size))
    if kind == _RGBA:
        rows = [b"".join(row[at : at + 3] for at in range(0, len(row), 4)) for row in rows]
    return width, height, rows


def _unfiltered(stream: bytes, width: int, size: int) -> Iterator[bytes]:
    length, before = width * size, bytes(width * size)
    for start in range(0, len(stream), length + 1):
        row = bytearray(stream[start + 1 : start + 1 + length])
        _undo(stream[start], row, before, size)
        before = bytes(row)
        yield before


def _undo(kind: int, row: bytearray, above: bytes, size: int) -> None:
    for at in range(len(row) if kind else 0):
        left = row[at - size] if at >= size else 0
        corner = above[at - size] if at >= size else 0
        match kind:
            case 1:
                guess = left
            case 2:
                guess = above[at]
            case 3:
                guess = (left + above[at]) // 2
            case _:
                guess = _paeth(left, above[at], corner)
        row[at] = (row[at] + guess) & 255


def _paeth(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda one: abs(guess - one))


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        yield picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        at += length + 12


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
