#!/usr/bin/env python3
"""inks.py REPORT.json FOLDER: the inks of a preflight report beside Ghostscript's separations FOLDER/pNNN(Ink).tif, 8 bits, uncompressed
(print-ready.md 11): each ink's mean over the page within 2 points, over every strip of 15 mm within 5. Prints the largest differences."""
import json
import os
import struct
import sys

import numpy


def read_tiff(path):
    data = open(path, "rb").read()
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
    return numpy.frombuffer(pixels, dtype=numpy.uint8).reshape(-1, tags[256][0])


report, folder = json.load(open(sys.argv[1], encoding="utf-8")), sys.argv[2]
worst_mean = worst_zone = 0
where = ""
for page in report["pages"]:
    ink = page["ink"]
    for name, mean in ink["mean"].items():
        path = os.path.join(folder, "p%03d(%s).tif" % (page["number"], name))
        if not os.path.exists(path):
            sys.exit(f"no separation {path}")
        plate = 100 - read_tiff(path) / 2.55
        strip = plate.shape[1] / (page["trim_mm"][0] / 15)
        worst_mean = max(worst_mean, abs(plate.mean() - mean))
        for i, zone in enumerate(ink["zones_15mm"][name]):
            theirs = plate[:, round(i * strip):max(round((i + 1) * strip), round(i * strip) + 1)].mean()
            if abs(theirs - zone) > worst_zone:
                worst_zone, where = abs(theirs - zone), f"page {page['number']} {name} strip {i + 1}: {zone:.1f} here, {theirs:.1f} there"
print(f"means differ by {worst_mean:.2f} points at most, strips by {worst_zone:.2f} ({where})")
sys.exit(1 if worst_mean > 2 or worst_zone > 5 else 0)
