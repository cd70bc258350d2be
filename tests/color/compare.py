#!/usr/bin/env python3
"""How far our colours are from those of other programs (print-ready.md C5).

compare.py inks OURS THEIRS        lines of percent, the last four count: the greatest difference is at most 1/255
compare.py looks OURS PROFILE INTENT   against ArgyllCMS (xicclu): mean and greatest difference of CIEDE2000, read back through
                                   the profile, with the bounds of C5
"""
import subprocess
import sys

import numpy


def read(path):
    with open(path, encoding="utf-8") as file:
        return numpy.array([[float(word) for word in line.split()] for line in file if line.strip()])


def lookup(profile, way, intent, values):
    text = "".join(" ".join(f"{v:.6f}" for v in row) + "\n" for row in values)
    out = subprocess.run(["xicclu", "-v0", way, "-i" + intent, "-pl", profile], input=text, capture_output=True, text=True, check=True)
    return numpy.array([[float(word) for word in line.split()] for line in out.stdout.splitlines() if line.strip()])


def srgb_to_lab(rgb):
    """IEC 61966-2-1, adapted to D50 by Bradford (css-color-4), CIELAB."""
    v = rgb / 255
    linear = numpy.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)
    matrix = numpy.array([[0.43606574, 0.38515150, 0.14307841], [0.22249317, 0.71688701, 0.06061981], [0.01392392, 0.09708129, 0.71409962]])
    t = linear @ matrix.T / numpy.array([0.9642, 1, 0.8249])
    f = numpy.where(t > 216 / 24389, numpy.cbrt(t), (24389 / 27 * t + 16) / 116)
    return numpy.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], 1)


def ciede2000(one, two):
    """Sharma, Wu, Dalal 2005."""
    mean_c = (numpy.hypot(one[:, 1], one[:, 2]) + numpy.hypot(two[:, 1], two[:, 2])) / 2
    g = 0.5 * (1 - numpy.sqrt(mean_c**7 / (mean_c**7 + 25.0**7)))
    a1, a2 = one[:, 1] * (1 + g), two[:, 1] * (1 + g)
    c1, c2 = numpy.hypot(a1, one[:, 2]), numpy.hypot(a2, two[:, 2])
    h1, h2 = numpy.degrees(numpy.arctan2(one[:, 2], a1)) % 360, numpy.degrees(numpy.arctan2(two[:, 2], a2)) % 360
    dh = (h2 - h1 + 180) % 360 - 180
    dh = numpy.where(c1 * c2 == 0, 0, dh)
    big_dh = 2 * numpy.sqrt(c1 * c2) * numpy.sin(numpy.radians(dh / 2))
    light, chroma = (one[:, 0] + two[:, 0]) / 2, (c1 + c2) / 2
    hue = numpy.where(c1 * c2 == 0, h1 + h2, numpy.where(abs(h1 - h2) <= 180, (h1 + h2) / 2, (h1 + h2 + 360) / 2))
    t = (1 - 0.17 * numpy.cos(numpy.radians(hue - 30)) + 0.24 * numpy.cos(numpy.radians(2 * hue)) + 0.32 * numpy.cos(numpy.radians(3 * hue + 6))
         - 0.20 * numpy.cos(numpy.radians(4 * hue - 63)))
    s_l = 1 + 0.015 * (light - 50) ** 2 / numpy.sqrt(20 + (light - 50) ** 2)
    s_c, s_h = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    turn = -numpy.sin(numpy.radians(60 * numpy.exp(-(((hue - 275) / 25) ** 2)))) * 2 * numpy.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    l, c, h = (two[:, 0] - one[:, 0]) / s_l, (c2 - c1) / s_c, big_dh / s_h
    return numpy.sqrt(l**2 + c**2 + h**2 + turn * c * h)


def main():
    if sys.argv[1] == "inks":
        ours, theirs = read(sys.argv[2])[:, -4:], read(sys.argv[3])[:, -4:]
        most = abs(ours - theirs).max() if ours.shape == theirs.shape else 100
        print(f"{len(ours)} colours, the greatest difference is {most * 2.55:.2f} of 255")
        return int(most * 2.55 > 1.001)
    ours = read(sys.argv[2])
    profile, intent = sys.argv[3], sys.argv[4]
    # percent is what xicclu calls 0..1
    theirs = lookup(profile, "-fb", intent, srgb_to_lab(ours[:, :3]))[:, -4:]
    difference = ciede2000(lookup(profile, "-ff", "r", ours[:, 3:] / 100), lookup(profile, "-ff", "r", theirs))
    mean, most = difference.mean(), difference.max()
    print(f"{profile} {intent}: CIEDE2000 mean {mean:.3f}, greatest {most:.3f}")
    return int(mean > 0.5 or most > 3)


if __name__ == "__main__":
    sys.exit(main())
