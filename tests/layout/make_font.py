#!/usr/bin/env python3
"""Writes Test.ttf, the font of the layout tests: every character is a square of 1 em, from 0.8 em above the
baseline to 0.2 em below it; the space is empty and as wide. So line ends and heights can be counted by hand."""
import os
import struct

UNITS, ASCENT, DESCENT = 1000, 800, 200
CHARACTERS = [0x20, *range(0x21, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2027), 0x2212]
BLANK = {0x20, 0xA0}


def square():
    corners = [(0, -DESCENT), (0, ASCENT), (UNITS, ASCENT), (UNITS, -DESCENT)]
    data = struct.pack(">hhhhh", 1, 0, -DESCENT, UNITS, ASCENT) + struct.pack(">HH", 3, 0)
    data += bytes([1] * 4)  # on the curve, deltas as words
    for axis in (0, 1):
        last = 0
        for corner in corners:
            data += struct.pack(">h", corner[axis] - last)
            last = corner[axis]
    return data + b"\0" * (-len(data) % 4)


def cmap():
    runs = []
    for glyph, code in enumerate(CHARACTERS, 1):
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code, glyph])
    runs.append([0xFFFF, 0xFFFF, 0])
    count = len(runs)
    power = 1 << (count.bit_length() - 1)
    ends = b"".join(struct.pack(">H", r[1]) for r in runs)
    starts = b"".join(struct.pack(">H", r[0]) for r in runs)
    deltas = b"".join(struct.pack(">H", (r[2] - r[0]) & 0xFFFF if r[2] else 1) for r in runs)
    body = struct.pack(">HHHH", count * 2, power * 2, power.bit_length() - 1, (count - power) * 2)
    body += ends + b"\0\0" + starts + deltas + b"\0\0" * count
    table = struct.pack(">HHH", 4, len(body) + 6, 0) + body
    return struct.pack(">HHHHL", 0, 1, 3, 1, 12) + table


def names():
    texts = {1: "Test", 2: "Regular", 3: "news2pdf Test", 4: "Test", 5: "Version 1.000", 6: "Test", 13: "CC0"}
    records = storage = b""
    for number, text in sorted(texts.items()):
        encoded = text.encode("utf-16-be")
        records += struct.pack(">HHHHHH", 3, 1, 0x409, number, len(encoded), len(storage))
        storage += encoded
    return struct.pack(">HHH", 0, len(texts), 6 + len(records)) + records + storage


def font():
    glyphs = [square()] + [b"" if code in BLANK else square() for code in CHARACTERS]
    offsets = [0]
    for glyph in glyphs:
        offsets.append(offsets[-1] + len(glyph))
    count = len(glyphs)
    os2 = struct.pack(">HhHHH", 4, UNITS, 400, 5, 0) + struct.pack(">10h", *[0] * 8, 50, 300) + struct.pack(">h", 0)
    os2 += bytes(10) + struct.pack(">4L", 1, 0, 0, 0) + b"N2P " + struct.pack(">HHH", 0x40, 0x20, 0x2212)
    os2 += struct.pack(">hhhHH", ASCENT, -DESCENT, 0, ASCENT, DESCENT) + struct.pack(">LL", 1, 0)
    os2 += struct.pack(">hhHHH", ASCENT, ASCENT, 0, 0x20, 1)
    tables = {
        b"OS/2": os2,
        b"cmap": cmap(),
        b"glyf": b"".join(glyphs),
        b"head": struct.pack(">LLLLHHQQhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, UNITS, 0, 0, 0, -DESCENT, UNITS,
                             ASCENT, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">LhhhHhhhhhh8xhH", 0x10000, ASCENT, -DESCENT, 0, UNITS, 0, 0, UNITS, 1, 0, 0, 0, count),
        b"hmtx": struct.pack(">Hh", UNITS, 0) * count,
        b"loca": b"".join(struct.pack(">L", offset) for offset in offsets),
        b"maxp": struct.pack(">LHHHHHHHHHHHHHH", 0x10000, count, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
        b"name": names(),
        b"post": struct.pack(">LLhhLLLLL", 0x30000, 0, -100, 50, 1, 0, 0, 0, 0),
    }
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    header = struct.pack(">LHHHH", 0x10000, count, power * 16, power.bit_length() - 1, (count - power) * 16)
    directory, body, start = b"", b"", 12 + 16 * count
    for tag, data in sorted(tables.items()):
        directory += tag + struct.pack(">LLL", checksum(data), start + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    whole = bytearray(header + directory + body)
    at = whole.index(b"head") + 8
    at = struct.unpack(">L", whole[at:at + 4])[0] + 8
    whole[at:at + 4] = struct.pack(">L", (0xB1B0AFBA - checksum(bytes(whole))) & 0xFFFFFFFF)
    return bytes(whole)


def checksum(data):
    data += b"\0" * (-len(data) % 4)
    return sum(struct.unpack(f">{len(data) // 4}L", data)) & 0xFFFFFFFF


with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "Test.ttf"), "wb") as file:
    file.write(font())
