"""Pictures keep their pixels when they get a palette, and the lives name each picture once."""

import struct
import zlib

import pytest

from tests.surfaces.book import Shot
from tests.surfaces.lives import LIVES
from tests.surfaces.png import with_palette

PIXELS = [b"\xff\x00\x00\x00\xff\x00", b"\x00\xff\x00\xff\x00\x00"]


def chunk(name: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def picture(*, depth: int = 8) -> bytes:
    """Two by two pixels, red and green, the second line told as its difference from the first."""
    above = bytes((here - up) & 255 for here, up in zip(PIXELS[1], PIXELS[0], strict=True))
    body = zlib.compress(b"\x00" + PIXELS[0] + b"\x02" + above)
    header = struct.pack(">IIBBBBB", 2, 2, depth, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def test_a_palette_keeps_every_pixel():
    """Each pixel of the picture with a palette has the colour it had."""

    made = with_palette(picture(), at_most=1000)
    palette = made[made.index(b"PLTE") + 4 :][:6]
    body = zlib.decompress(made[made.index(b"IDAT") + 4 :])

    assert b"\x00\x00\x01\x00\x01\x00" == body if palette.startswith(b"\xff") else b"\x00\x01\x00\x00\x00\x01" == body


def test_another_kind_of_picture_is_refused():
    """Sixteen bits a colour are not read."""

    with pytest.raises(ValueError, match="only 8-bit"):
        with_palette(picture(depth=16), at_most=1000)


def test_each_picture_has_a_name_of_its_own():
    """No picture overwrites another."""

    names = [line.name for life in LIVES for line in life if isinstance(line, Shot)]

    assert sorted(set(names)) == sorted(names)
