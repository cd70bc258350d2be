#!/usr/bin/env python3
"""Small pictures of every kind, and whether they arrive.

pictures.py make FOLDER          writes the pictures, 3 x 2 pixels: the corners red, green, blue, black, the rest white
pictures.py list FOLDER          their paths, in the order of the pages of `pdf_cases pictures`
pictures.py check FOLDER DRAWN   DRAWN-1.ppm ...: the pages, drawn at 72 dpi; prints what is wrong, exit code 1 then
"""

import os
import struct
import sys
import zlib

WIDTH, HEIGHT = 3, 2
RED, GREEN, BLUE, BLACK, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (0, 0, 0), (255, 255, 255)
PIXELS = [[RED, WHITE, GREEN], [BLUE, WHITE, BLACK]]
PALETTE = [RED, GREEN, BLUE, BLACK, WHITE]
PAGE = (200, 220, 255)  # what lies below

# Exif orientation -> corners of the upright picture: top left, top right, bottom left, bottom right
TURNED = {1: (RED, GREEN, BLUE, BLACK), 2: (GREEN, RED, BLACK, BLUE), 3: (BLACK, BLUE, GREEN, RED), 4: (BLUE, BLACK, RED, GREEN),
          5: (RED, BLUE, GREEN, BLACK), 6: (BLUE, RED, BLACK, GREEN), 7: (BLACK, GREEN, BLUE, RED), 8: (GREEN, BLACK, RED, BLUE)}


def chunk(kind, data, broken=False):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data) ^ broken)


def png(color, bits, rows, extra=b"", interlace=0, broken=False, filters=b"\0"):
    raw = b"".join(filters + row for row in rows)
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, bits, color, 0, 0, interlace)
    packed = zlib.compress(raw)
    half = len(packed) // 2
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", packed[:half], broken) +
            chunk(b"IDAT", packed[half:]) + chunk(b"IEND", b""))


def exif(orientation, little):
    order = "<" if little else ">"
    return (b"II*\0" if little else b"MM\0*") + struct.pack(order + "IHHHIHHI", 8, 1, 0x112, 3, 1, orientation, 0, 0)


def bits_row(values, bits):
    out = 0
    for value in values:
        out = out << bits | value
    size = (len(values) * bits + 7) // 8
    return (out << (size * 8 - len(values) * bits)).to_bytes(size, "big")


def adam7(pixels):
    rows = []
    for x0, y0, dx, dy in ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)):
        for y in range(y0, HEIGHT, dy):
            row = b"".join(bytes(pixels[y][x]) for x in range(x0, WIDTH, dx))
            if row:
                rows.append(row)
    return rows


def gif(transparent=False, interlaced=False):
    order = [0, 1] if not interlaced else [0, 1]
    indices = [PALETTE.index(PIXELS[y][x]) for y in order for x in range(WIDTH)]
    codes, bits = [], 4  # a clear code before each pixel keeps codes at 4 bits
    for index in indices:
        codes += [8, index]
    codes.append(9)
    value = sum(code << (i * bits) for i, code in enumerate(codes))
    data = value.to_bytes((len(codes) * bits + 7) // 8, "little")
    palette = b"".join(bytes(c) for c in PALETTE + [WHITE] * 3)
    control = b"\x21\xf9\x04" + bytes([1 if transparent else 0, 0, 0, 4]) + b"\0"
    frame = b"," + struct.pack("<HHHHB", 0, 0, WIDTH, HEIGHT, 0x40 if interlaced else 0)
    return (b"GIF89a" + struct.pack("<HHBBB", WIDTH, HEIGHT, 0x82, 0, 0) + palette + control + frame + b"\x03" +
            bytes([len(data)]) + data + b"\0;")


def rgb(scale=1):
    return [b"".join(b"".join(bytes([c]) * scale for c in p) for p in row) for row in PIXELS]


def pictures():
    """name -> (bytes, corners it shows, orientation); corners None: it can't be placed."""
    straight = TURNED[1]
    index = [[PALETTE.index(p) for p in row] for row in PIXELS]
    palette = chunk(b"PLTE", b"".join(bytes(c) for c in PALETTE))
    rgba = [b"".join(bytes(p) + (b"\0" if p == BLACK else b"\xff") for p in row) for row in PIXELS]
    wide = [b"".join(b"".join(bytes([c]) * 2 for c in p) + (b"\0\0" if p == BLACK else b"\xff\xff") for p in row) for row in PIXELS]
    gray = [bytes([0, 255, 255]), bytes([255, 255, 0])]
    gray_corners = (BLACK, WHITE, WHITE, BLACK)
    clear = straight[:3] + (PAGE,)
    found = {
        "rgb8.png": (png(2, 8, rgb()), straight, 1),
        "rgb16.png": (png(2, 16, rgb(2)), straight, 1),
        "rgba8.png": (png(6, 8, rgba), clear, 1),
        "rgba16.png": (png(6, 16, wide), clear, 1),
        "rgb_trns.png": (png(2, 8, rgb(), chunk(b"tRNS", struct.pack(">HHH", 0, 0, 0))), clear, 1),
        "rgb_interlaced.png": (png(2, 8, adam7(PIXELS), interlace=1), straight, 1),
        "rgb_wrong_sum.png": (png(2, 8, rgb(), broken=True), straight, 1),
        "gray1.png": (png(0, 1, [bits_row([0, 1, 1], 1), bits_row([1, 1, 0], 1)]), gray_corners, 1),
        "gray2.png": (png(0, 2, [bits_row([0, 3, 3], 2), bits_row([3, 3, 0], 2)]), gray_corners, 1),
        "gray8.png": (png(0, 8, gray), gray_corners, 1),
        "gray16.png": (png(0, 16, [bytes(v for g in row for v in (g, g)) for row in gray]), gray_corners, 1),
        "gray_alpha.png": (png(4, 8, [bytes(v for g in row for v in (g, 255)) for row in gray]), gray_corners, 1),
        "palette4.png": (png(3, 4, [bits_row(row, 4) for row in index], palette), straight, 1),
        "palette8.png": (png(3, 8, [bytes(row) for row in index], palette), straight, 1),
        "palette_trns.png": (png(3, 8, [bytes(row) for row in index], palette + chunk(b"tRNS", b"\xff\xff\xff\0")), clear, 1),
        "plain.gif": (gif(), straight, 1),
        "transparent.gif": (gif(transparent=True), straight, 1),
        "interlaced.gif": (gif(interlaced=True), straight, 1),
        "really_png.jpg": (png(2, 8, rgb()) + b"\n<!-- -->", straight, 1),
        "same_again.png": (png(2, 8, rgb()), straight, 1),
        "vector.svg": (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", None, 1),
        "empty.png": (b"", None, 1),
        "no_rows.png": (png(2, 8, rgb())[:40], None, 1),
    }
    for o in range(1, 9):
        found[f"turned{o}.png"] = (png(2, 8, rgb(), chunk(b"eXIf", exif(o, o % 2 == 0))), TURNED[o], o)
    return found


def ppm(path):
    with open(path, "rb") as file:
        data = file.read()
    lines, at = [], 0
    while len(lines) < 4:
        end = min(data.find(b, at) for b in (b"\n", b" ") if data.find(b, at) >= 0)
        word, at = data[at:end], end + 1
        if word.startswith(b"#"):
            at = data.find(b"\n", at) + 1
        else:
            lines.append(word)
    width, height = int(lines[1]), int(lines[2])
    return width, height, data[at:]


def near(a, b):
    return all(abs(x - y) <= 6 for x, y in zip(a, b))


def check(drawn):
    bad, page = 0, 0
    for name, (_, corners, orientation) in sorted(pictures().items()):
        if corners is None:
            continue
        page += 1
        width, height = (WIDTH, HEIGHT) if orientation < 5 else (HEIGHT, WIDTH)
        w, _, data = ppm(f"{drawn}-{page}.ppm")
        cell = 200 / WIDTH
        places = [(x, y) for y in (0.5, height - 0.5) for x in (0.5, width - 0.5)]
        for (x, y), want in zip(places, corners):
            at = 3 * (int(10 + y * cell) * w + int(10 + x * cell))
            got = tuple(data[at:at + 3])
            if not near(got, want):
                print(f"{name}: at pixel {x},{y} is {got}, not {want}")
                bad += 1
    return bad


def main():
    command, folder = sys.argv[1:3]
    if command == "make":
        for name, (data, _, _) in pictures().items():
            with open(os.path.join(folder, name), "wb") as file:
                file.write(data)
    elif command == "list":
        print("\n".join(os.path.join(folder, name) for name in sorted(pictures())))
    else:
        sys.exit(1 if check(sys.argv[3]) else 0)


main()
