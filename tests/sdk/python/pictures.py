"""Pictures that the tests send, and what they read of those that come back."""

import base64
import struct
import zlib


def plain_png(side=128, grey=127):
    """A square of one grey as base64: a valid picture without a face."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = (b"\0" + bytes([grey]) * side) * side
    png = b"\x89PNG\r\n\x1a\n"
    png += chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return base64.b64encode(png).decode()


def is_jpeg(data):
    return data.startswith(b"\xff\xd8\xff") and data.rstrip(b"\0").endswith(b"\xff\xd9")


def coded_pixels(jpeg):
    """The coded pixels of a JPEG file, without the metadata before them, which names the call."""
    at = 2
    while jpeg[at + 1] != 0xDA:
        at += 2 + struct.unpack(">H", jpeg[at + 2 : at + 4])[0]
    return jpeg[at:]
