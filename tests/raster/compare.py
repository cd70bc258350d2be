#!/usr/bin/env python3
"""compare.py OURS.png THEIRS.ppm: two pictures of a page, theirs four times as fine, in squares of 8 of our pixels, whose means may
differ a little. Prints mean and largest difference of 255; exit code 1 where the mean is above 1 or one above 18."""
import struct
import sys
import zlib

import numpy


def png(path):
    """Rows with the filters "none", "sub" and "up", as news2pdf writes them."""
    data = open(path, "rb").read()
    at, packed = 8, b""
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        if kind == b"IHDR":
            width, height = struct.unpack(">II", data[at + 8:at + 16])
        if kind == b"IDAT":
            packed += data[at + 8:at + 8 + size]
        at += size + 12
    rows = numpy.frombuffer(zlib.decompress(packed), dtype=numpy.uint8).reshape(height, 1 + 3 * width)
    made, above = numpy.empty((height, width, 3), dtype=numpy.uint8), numpy.zeros((width, 3), dtype=numpy.uint8)
    for y in range(height):
        row = rows[y, 1:].reshape(width, 3)
        above = row if rows[y, 0] == 0 else numpy.cumsum(row, axis=0, dtype=numpy.uint8) if rows[y, 0] == 1 else row + above
        made[y] = above
    return made.astype(float)


def ppm(path):
    data = open(path, "rb").read()
    data = b"P6 " + data[2:].lstrip() if data[3:4] != b"#" else b"P6 " + data[data.index(b"\n", 3) + 1:]
    head = data.split(None, 4)
    width, height = int(head[1]), int(head[2])
    return numpy.frombuffer(data[len(data) - width * height * 3:], dtype=numpy.uint8).reshape(height, width, 3).astype(float)


def squares(picture, height, width, side):
    return picture[:height * side, :width * side].reshape(height, side, width, side, 3).mean(axis=(1, 3))


ours, theirs = png(sys.argv[1]), ppm(sys.argv[2])
if abs(ours.shape[0] - theirs.shape[0] / 4) > 1 or abs(ours.shape[1] - theirs.shape[1] / 4) > 1:
    sys.exit(f"sizes differ: {ours.shape} and {theirs.shape}")
height, width = (min(a, b // 4) // 8 for a, b in zip(ours.shape[:2], theirs.shape[:2]))
difference = abs(squares(ours, height, width, 8) - squares(theirs, height, width, 32))
where = numpy.unravel_index(difference.argmax(), difference.shape)
print(f"mean {difference.mean():.2f}, largest {difference.max():.1f} at x {where[1] * 8} y {where[0] * 8}")
sys.exit(1 if difference.mean() > 1 or difference.max() > 18 else 0)
