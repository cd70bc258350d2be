#!/usr/bin/env python3
"""Patches of colour for a press, and whether another engine separates them into the inks that they should be.

press.py make OUT.html                    a page of patches
press.py pictures FOLDER                  PNG files, and FOLDER/pictures.html: a page of pictures of one colour
press.py ink LIMIT FOLDER                 no pixel of the plates has more
press.py check WHAT PROFILE LIMIT FOLDER  WHAT: patches or pictures; FOLDER/page(Ink).tif of Ghostscript's tiffsep, 72 dpi, uncompressed: every patch within
                                          2 points (print-ready.md 11); prints what is wrong, exit code 1 then
"""
import os
import struct
import subprocess
import sys
import zlib

SIZE, GAP, COLUMNS = 40, 10, 6
PROCESS = ["Cyan", "Magenta", "Yellow", "Black"]
SPOT = "HKS 14"

# What CSS says, and what must be printed: inks in percent, or "k": black alone of equal lightness, or "rgb": by the profile.
PATCHES = [
    ("#000", (0, 0, 0, 100)),
    ("black", (0, 0, 0, 100)),
    ("#fff", (0, 0, 0, 0)),
    ("#808080", ("k", 128, 128, 128)),
    ("#404040", ("k", 64, 64, 64)),
    ("hsl(120 0% 75%)", ("k", 191, 191, 191)),
    ("oklch(0.5999 0 0)", ("k", 128, 128, 128)),
    ("#c80000", ("rgb", 200, 0, 0)),
    ("#00a0e0", ("rgb", 0, 160, 224)),
    ("#1e2850", ("rgb", 30, 40, 80)),
    ("#0a0014", ("rgb", 10, 0, 20)),
    ("#f0e6c8", ("rgb", 240, 230, 200)),
    ("device-cmyk(0.3 0.2 0.1 0.4)", (30, 20, 10, 40)),
    ("device-cmyk(100% 0 0 0)", (100, 0, 0, 0)),
    ("device-cmyk(0 0 0 1)", (0, 0, 0, 100)),
    ("-n2p-spot('HKS 14', 0.75, device-cmyk(0 1 0.8 0))", (0, 0, 0, 0, 75)),
    ("-n2p-spot('HKS 14', 1, device-cmyk(0 1 0.8 0))", (0, 0, 0, 0, 100)),
    ("linear-gradient(#808080, #808080)", ("k", 128, 128, 128)),
    ("linear-gradient(90deg, #fff -100%, #000 200%)", None),  # black alone, whatever it is there
    ("linear-gradient(#c80000, #c80000)", ("rgb", 200, 0, 0)),
    ("linear-gradient(device-cmyk(0.3 0.2 0.1 0.4), device-cmyk(0.5 0.4 0.3 0))", (40, 30, 20, 20)),
    ("linear-gradient(-n2p-spot('HKS 14', 1, device-cmyk(0 1 0.8 0)), #fff)", (0, 0, 0, 0, 50)),
    ("linear-gradient(-n2p-spot('HKS 14', 1, device-cmyk(0 1 0.8 0)), device-cmyk(0.8 0.2 0 0))", (40, 10, 0, 0, 50)),
    ("linear-gradient(rgb(0 160 224 / 0.5), rgb(0 160 224 / 0.5))", ("rgb", 0, 160, 224, 0.5)),
    ("rgb(0 0 0 / 0.5)", (0, 0, 0, 50)),
    ("radial-gradient(circle, #00a0e0, #00a0e0)", ("rgb", 0, 160, 224)),
    ("device-cmyk(0.2 0.4 0.6 0.1 / 0.5)", (10, 20, 30, 5)),
]

# Pictures of one colour, by press_pictures.c and below. "photo": by the profile, perceptual; "news": inks of newsprint to others.
PICTURES = [
    ("rgb.jpg", ("photo", 200, 80, 30)),
    ("gray.jpg", ("k", 100)),
    ("cmyk.jpg", (20, 40, 60, 10)),
    ("inverted.jpg", (20, 40, 60, 10)),
    ("newsprint.jpg", ("news", 20, 40, 60, 10)),
    ("black.jpg", (0, 0, 0, 100)),
    ("rgb.png", ("photo", 30, 120, 210)),
    ("rgb16.png", ("photo", 30, 120, 210)),
    ("gray.png", ("k", 160)),
    ("gray16.png", ("k", 160)),
    ("palette.png", ("rgb", 200, 80, 30)),
    ("neutral.png", ("k", 90)),
    ("line.png", (0, 0, 0, 100)),
    ("half.png", ("photo", 30, 120, 210, 0.5)),
    ("half16.png", ("photo", 30, 120, 210, 0.5)),
    ("clear.png", (0, 0, 0, 0)),
    ("bw.jpg", ("k", 140)),
    ("bw.png", ("k", 70)),
    ("bw16.png", ("k", 70)),
]


def png(color, bits, pixel, extra=b""):
    """64 x 64 of one colour."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = pixel * 64 if bits >= 8 else bytes([pixel[0]]) * (64 * bits // 8)
    head = struct.pack(">IIBBBBB", 64, 64, bits, color, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", zlib.compress((b"\0" + row) * 64)) + chunk(b"IEND", b""))


def palette(*colors):
    data = b"PLTE" + b"".join(bytes(color) for color in colors)
    return struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))


def deep(*values):
    return b"".join(bytes([v, v]) for v in values)


def make_pictures(folder):
    blue = (30, 120, 210)
    files = {"rgb": png(2, 8, bytes(blue)), "rgb16": png(2, 16, deep(*blue)), "gray": png(0, 8, b"\xa0"), "gray16": png(0, 16, deep(160)),
             "palette": png(3, 8, b"\1", palette((0, 0, 0), (200, 80, 30))), "neutral": png(3, 8, b"\0", palette((90, 90, 90))),
             "line": png(0, 1, b"\0"), "half": png(6, 8, bytes(blue) + b"\x80"), "half16": png(6, 16, deep(*blue, 128)),
             "bw": png(2, 8, b"FGF"), "bw16": png(2, 16, deep(70, 70, 70)),
             "clear": png(6, 8, bytes(blue) + b"\0")}
    for name, data in files.items():
        with open(os.path.join(folder, name + ".png"), "wb") as out:
            out.write(data)
    with open(os.path.join(folder, "pictures.html"), "w", encoding="utf-8") as out:
        out.write("<!DOCTYPE html><html lang=en><title>Pictures</title><style>@page { size: 320pt 330pt; margin: 0 }\n"
                  "body { margin: 0 } img { position: absolute; width: 40pt; height: 40pt }</style><body>\n")
        for i, (name, _) in enumerate(PICTURES):
            x, y = place(i)
            out.write(f'<img src="{name}" alt="" style="left: {x}pt; top: {y}pt">\n')


def place(i):
    return GAP + i % COLUMNS * (SIZE + GAP), GAP + i // COLUMNS * (SIZE + GAP)


def make(path):
    with open(path, "w", encoding="utf-8") as out:
        out.write("<!DOCTYPE html><html lang=en><title>Patches</title><style>@page { size: 320pt 330pt; margin: 0 }\n"
                  "body { margin: 0 } div { position: absolute; width: 40pt; height: 40pt }</style><body>\n")
        for i, (css, _) in enumerate(PATCHES):
            x, y = place(i)
            out.write(f'<div style="left: {x}pt; top: {y}pt; background: {css}"></div>\n')
        out.write("</body></html>\n")


def transicc(arguments, values):
    line = " ".join(str(v) for v in values) + "\n"
    out = subprocess.run(["transicc", "-n", *arguments], input=line, capture_output=True, text=True, check=True).stdout
    return [float(word) for word in out.split()]


def limited(inks, limit):
    room = limit - inks[3]
    colors = sum(inks[:3])
    return [ink * min(1, room / colors) if colors else 0 for ink in inks[:3]] + [inks[3]]


def luminance(lightness):
    return ((lightness + 16) / 116) ** 3 if lightness > 8 else lightness * 27 / 24389


def black_for(profile, gray):
    """The tint of black whose luminance is that of the gray, full black being 0."""
    def seen(ink):
        return luminance(transicc(["-i" + profile, "-o*Lab", "-t1"], [0, 0, 0, ink])[0])

    v = gray / 255
    solid = seen(100)
    wanted = solid + (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4) * (1 - solid)
    low, high = 0.0, 100.0
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (middle, high) if seen(middle) > wanted else (low, middle)
    return low


def wanted_inks(expected, profile, limit):
    if expected[0] == "k":
        return [0, 0, 0, black_for(profile, expected[1]), 0]
    if expected[0] == "news":
        way = ["-iprofiles/news-ifra26s-220.icc", "-o" + profile, "-t14", "-b"]
        percent = [v if "news" in profile else w for v, w in zip(expected[1:], transicc(way, expected[1:]))]
        return limited(percent, limit) + [0]
    if expected[0] in ("rgb", "photo"):
        share = expected[4] if len(expected) > 4 else 1
        way = ["-t1", "-b"] if expected[0] == "rgb" else ["-t0"]
        return [ink * share for ink in limited(transicc(["-o" + profile, *way], expected[1:4]), limit)] + [0]
    return list(expected) + [0] * (5 - len(expected))


def read_tiff(path):
    """Width and rows of a baseline TIFF of 8 bits, uncompressed."""
    with open(path, "rb") as file:
        data = file.read()
    order = "<" if data[:2] == b"II" else ">"
    at = struct.unpack(order + "I", data[4:8])[0]
    tags = {}
    for i in range(struct.unpack(order + "H", data[at:at + 2])[0]):
        tag, kind, count = struct.unpack(order + "HHI", data[at + 2 + 12 * i:at + 10 + 12 * i])
        size = {3: 2, 4: 4}.get(kind, 0) * count
        start = at + 10 + 12 * i
        if size > 4:
            start = struct.unpack(order + "I", data[start:start + 4])[0]
        if size:
            tags[tag] = struct.unpack(order + {3: "H", 4: "I"}[kind] * count, data[start:start + size])
    pixels = b"".join(data[o:o + n] for o, n in zip(tags[273], tags[279]))
    return tags[256][0], pixels


def check(what, profile, limit, folder):
    bad = 0
    plates = {}
    for ink in PROCESS + ([SPOT] if what == "patches" else []):
        path = os.path.join(folder, f"page({ink}).tif")
        if not os.path.exists(path):
            print(f"no plate of {ink}")
            return 1
        plates[ink] = read_tiff(path)
    for i, (css, expected) in enumerate(PATCHES if what == "patches" else PICTURES):
        x, y = place(i)
        found = []
        for width, pixels in plates.values():
            found.append(100 - pixels[(y + SIZE // 2) * width + x + SIZE // 2] / 2.55)
        if expected is None:
            wanted = [0, 0, 0, found[3], 0]
            if not 10 < found[3] < 90:
                print(f"{css}: black is {found[3]:.1f}")
                bad = 1
        else:
            wanted = wanted_inks(expected, profile, limit)
        if max(abs(a - b) for a, b in zip(wanted, found)) > 2:
            print(css, "should be", " ".join(f"{v:.1f}" for v in wanted), "but is", " ".join(f"{v:.1f}" for v in found))
            bad = 1
        if sum(found) > limit + 2:
            print(css, "has", sum(found), "percent of ink")
            bad = 1
    return bad


def ink(limit, folder):
    """The most ink of any pixel."""
    plates = [read_tiff(os.path.join(folder, f"page({name}).tif"))[1] for name in PROCESS]
    most = max(1020 - sum(pixel) for pixel in zip(*plates)) / 2.55
    print(f"{most:.1f} at most")
    return int(most > limit or most < limit * 0.8)


def main():
    if sys.argv[1] == "make":
        make(sys.argv[2])
        return 0
    if sys.argv[1] == "ink":
        return ink(float(sys.argv[2]), sys.argv[3])
    if sys.argv[1] == "pictures":
        make_pictures(sys.argv[2])
        return 0
    return check(sys.argv[2], sys.argv[3], float(sys.argv[4]), sys.argv[5])


if __name__ == "__main__":
    sys.exit(main())
