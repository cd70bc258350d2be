#!/usr/bin/env python3
"""inks.py REPORT.json FOLDER: the inks of a preflight report beside Ghostscript's separations FOLDER/pNNN(Ink).tif, 8 bits, uncompressed
(print-ready.md 11): each ink's mean over the page within 2 points, over every strip of 15 mm within 5. Prints the largest differences."""
import json
import os
import sys

import numpy

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "press"))
from press import read_tiff  # noqa: E402

report, folder = json.load(open(sys.argv[1], encoding="utf-8")), sys.argv[2]
worst_mean = worst_zone = 0
where = ""
for page in report["pages"]:
    ink = page["ink"]
    for name, mean in ink["mean"].items():
        path = os.path.join(folder, "p%03d(%s).tif" % (page["number"], name))
        if not os.path.exists(path):
            sys.exit(f"no separation {path}")
        width, pixels = read_tiff(path)
        plate = 100 - numpy.frombuffer(pixels, dtype=numpy.uint8).reshape(-1, width) / 2.55
        strip = plate.shape[1] / (page["trim_mm"][0] / 15)
        worst_mean = max(worst_mean, abs(plate.mean() - mean))
        for i, zone in enumerate(ink["zones_15mm"][name]):
            theirs = plate[:, round(i * strip):max(round((i + 1) * strip), round(i * strip) + 1)].mean()
            if abs(theirs - zone) > worst_zone:
                worst_zone, where = abs(theirs - zone), f"page {page['number']} {name} strip {i + 1}: {zone:.1f} here, {theirs:.1f} there"
print(f"means differ by {worst_mean:.2f} points at most, strips by {worst_zone:.2f} ({where})")
sys.exit(1 if worst_mean > 2 or worst_zone > 5 else 0)
