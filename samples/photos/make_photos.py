#!/usr/bin/python3
"""Draws the photographs of the samples: invented places, so free of anybody's rights.

    samples/photos/make_photos.py [NAME ...]      writes NAME.jpg beside this file

Development only: needs Debian's python3-numpy and libjpeg-turbo-progs. Same seed, same picture.
"""
import os
import subprocess
import sys

import numpy as np

W, H = 1600, 1200
HERE = os.path.dirname(os.path.abspath(__file__))
Y, X = np.mgrid[0:H, 0:W].astype(np.float32)


# ---- tools --------------------------------------------------------------------------------------
def smooth(t):
    t = np.clip(t, 0, 1)
    return t * t * (3 - 2 * t)


def noise(seed, cell_x, cell_y, shape=(H, W)):
    """Value noise from -1 to 1 with cells of that size."""
    rng = np.random.default_rng(seed)
    h, w = shape
    grid = rng.uniform(-1, 1, (int(h / cell_y) + 3, int(w / cell_x) + 3)).astype(np.float32)
    y, x = np.arange(h) / cell_y, np.arange(w) / cell_x
    iy, ix = y.astype(int), x.astype(int)
    fy, fx = smooth(y - iy)[:, None], smooth(x - ix)[None, :]
    a, b = grid[np.ix_(iy, ix)], grid[np.ix_(iy, ix + 1)]
    c, d = grid[np.ix_(iy + 1, ix)], grid[np.ix_(iy + 1, ix + 1)]
    return (a * (1 - fx) + b * fx) * (1 - fy) + (c * (1 - fx) + d * fx) * fy


def clouds(seed, cell_x, cell_y, octaves=5, gain=0.5, shape=(H, W)):
    total, weight = 0, 1.0
    for i in range(octaves):
        total = total + weight * noise(seed * 31 + i, max(cell_x / 2**i, 1), max(cell_y / 2**i, 1), shape)
        weight *= gain
    return total


def line_noise(seed, cell, octaves=6, gain=0.5):
    """One-dimensional fractal noise over the width."""
    return clouds(seed, cell, 4, octaves, gain, (2, W))[0]


def colour(*rgb):
    return np.array(rgb, np.float32)


def gradient(stops, t):
    """Colours between stops [(t, (r, g, b)), ...] at each t."""
    ts = [s[0] for s in stops]
    return np.stack([np.interp(t, ts, [s[1][c] for s in stops]) for c in range(3)], -1).astype(np.float32)


def blur(a, radius):
    """Three box blurs, near a Gaussian."""
    radius = int(round(radius))
    if radius < 1:
        return a
    for axis in (0, 1):
        for _ in range(3):
            pad = [(0, 0)] * a.ndim
            pad[axis] = (radius + 1, radius)
            s = np.cumsum(np.pad(a, pad, "edge"), axis, dtype=np.float64)
            n = 2 * radius + 1
            a = ((np.take(s, range(n, s.shape[axis]), axis) - np.take(s, range(0, s.shape[axis] - n), axis)) / n).astype(np.float32)
    return a


def polygon(points, sub=4):
    """Coverage 0..1 of a polygon (even-odd), antialiased."""
    mask = np.zeros((H, W), np.float32)
    pts = np.array(points, np.float64)
    low, high = max(int(pts[:, 1].min()), 0), min(int(pts[:, 1].max()) + 1, H)
    nxt = np.roll(pts, -1, 0)
    for row in range(low, high):
        for k in range(sub):
            y = row + (k + 0.5) / sub
            cross = (pts[:, 1] <= y) != (nxt[:, 1] <= y)
            if not cross.any():
                continue
            p, q = pts[cross], nxt[cross]
            xs = np.sort(p[:, 0] + (y - p[:, 1]) / (q[:, 1] - p[:, 1]) * (q[:, 0] - p[:, 0]))
            for a, b in zip(xs[::2], xs[1::2]):
                a, b = max(a, 0), min(b, W)
                if b <= a:
                    continue
                i, j = int(a), int(b)
                if i == j:
                    mask[row, i] += (b - a) / sub
                else:
                    mask[row, i] += (i + 1 - a) / sub
                    mask[row, i + 1:j] += 1 / sub
                    if j < W:
                        mask[row, j] += (b - j) / sub
    return np.clip(mask, 0, 1)


def box(x, y, w, h):
    return polygon([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], 2)


def stroke(points, width):
    """Coverage of a line through the points."""
    mask = np.zeros((H, W), np.float32)
    for (ax, ay), (bx, by) in zip(points, points[1:]):
        dx, dy = bx - ax, by - ay
        length = max((dx * dx + dy * dy) ** 0.5, 1e-6)
        nx, ny = -dy / length * width / 2, dx / length * width / 2
        mask = np.maximum(mask, polygon([(ax + nx, ay + ny), (bx + nx, by + ny), (bx - nx, by - ny), (ax - nx, ay - ny)]))
    return mask


def disc(x, y, radius):
    return np.clip(radius + 0.5 - np.hypot(X - x, Y - y), 0, 1)


def below(heights):
    """Coverage of everything below a curve given for each x."""
    return np.clip(Y - heights[None, :] + 0.5, 0, 1)


def lay(image, mask, rgb):
    """Paint a colour (or picture) through a mask."""
    mask = mask[..., None]
    return image * (1 - mask) + mask * rgb


def glow(x, y, radius, power=1.0):
    return np.exp(-((X - x) ** 2 + (Y - y) ** 2) / (2 * radius * radius)).astype(np.float32) * power


def water(image, horizon, seed, ripple=26, dark=0.62, tint=(20, 30, 44), mix=0.35):
    """The picture above the horizon mirrored in moving water."""
    depth = np.clip((Y - horizon) / (H - horizon), 0, 1)
    cells = 0
    for i, (cx, cy, strength) in enumerate(((260, 34, 1.0), (110, 15, 0.8), (48, 7, 0.6), (22, 4, 0.4))):
        near = noise(seed + i, cx, cy)
        far = noise(seed + 50 + i, cx * 0.4, cy * 0.35)
        cells = cells + strength * (near * smooth(depth * 1.6) + far * (1 - smooth(depth * 1.6)))
    reach = 2 * horizon - Y + cells * ripple * (0.25 + depth * 2.2)
    source_y = np.clip(reach, 0, horizon - 1).astype(int)
    source_x = np.clip(X + cells * ripple * 0.35 * (0.2 + depth), 0, W - 1).astype(int)
    mirrored = image[source_y, source_x] * dark
    mirrored = mirrored * (1 - mix) + colour(*tint) * mix
    mirrored = mirrored * (1 + 0.10 * cells[..., None])
    return lay(image, np.clip(Y - horizon + 0.5, 0, 1), mirrored), cells, depth


def finish(image, seed, grain=5.0, vignette=0.16, soften=1):
    """Lens and film: a little blur, darker corners, grain."""
    image = blur(image, soften) * 0.6 + image * 0.4 if soften else image
    far = np.hypot((X - W / 2) / W, (Y - H / 2) / H) / 0.707
    image = image * (1 - vignette * smooth(far))[..., None]
    rng = np.random.default_rng(seed)
    film = blur(rng.normal(0, 1, (H, W)).astype(np.float32), 1) * 1.9
    image = image + film[..., None] * grain + rng.normal(0, grain * 0.22, (H, W, 3)).astype(np.float32)
    return np.clip(image, 0, 255).astype(np.uint8)


# ---- the pictures -------------------------------------------------------------------------------
def small_boat(image, x, y, size, rgb):
    unit = lambda pts: [(x + px * size, y + py * size) for px, py in pts]
    image = lay(image, polygon(unit([(-0.5, -0.10), (0.52, -0.13), (0.42, 0.04), (-0.42, 0.04)])), rgb)
    image = lay(image, polygon(unit([(-0.26, -0.10), (-0.2, -0.26), (0.16, -0.26), (0.22, -0.10)])), rgb)
    image = lay(image, stroke(unit([(-0.02, -0.26), (-0.02, -0.66)]), max(size * 0.025, 1.6)), rgb)
    image = lay(image, stroke(unit([(-0.1, -0.5), (0.07, -0.5)]), max(size * 0.02, 1.4)), rgb)
    return image


def frigate():
    horizon, sun = 724, 1180
    sky = gradient([(0, (54, 68, 100)), (0.35, (92, 102, 126)), (0.62, (150, 142, 146)), (0.82, (214, 176, 142)), (1, (242, 196, 138))],
                   Y / horizon)
    warm = np.exp(-(((X - sun) / 620) ** 2 + ((Y - horizon) / 300) ** 2)).astype(np.float32)
    image = sky + warm[..., None] * colour(34, 14, -22)
    image = image - (smooth((sun - X) / 1500) * smooth(Y / horizon))[..., None] * colour(56, 38, 12)
    veil = smooth((clouds(3, 620, 90, 7) - 0.22) * 1.1) * smooth((horizon - Y) / 500)
    image = lay(image, veil * 0.26, colour(188, 164, 154))
    low = smooth((clouds(8, 760, 40, 5) - 0.2) * 1.7) * smooth((Y - 380) / 240)
    image = lay(image, low * 0.42, colour(110, 98, 112))
    image = image + glow(sun, horizon - 6, 74, 60)[..., None] * colour(1, 0.86, 0.6)
    hills = horizon - np.clip(34 - np.arange(W) * 0.052 + line_noise(5, 300) * 13, -5, 60)
    image = lay(image, below(hills) * 0.78, colour(112, 108, 122))
    hull_colour = colour(35, 38, 50)
    ship = lambda pts: [(440 + px * 9.1, horizon + 8 - py * 9.1) for px, py in pts]
    hull = polygon(ship([(-5.5, 5.8), (10, 4.7), (42, 4.4), (58, 4.6), (86, 4.3), (85.5, 0), (-0.5, 0)]))
    parts = [hull,
             polygon(ship([(13, 4.6), (14.5, 8.6), (17.5, 9.6), (19.5, 12.8), (25, 13.4), (31, 13), (34.5, 9.2), (38, 8.8), (38, 4.5)])),
             polygon(ship([(22.6, 13), (23.9, 19.6), (26.3, 19.6), (27.6, 13)])),
             polygon(ship([(40, 4.5), (41.6, 9.4), (48.2, 9.2), (49, 4.5)])),
             polygon(ship([(51, 4.5), (51, 8.4), (66, 8.2), (67.6, 4.5)])),
             polygon(ship([(4.6, 5.2), (5.2, 7), (8.8, 7.2), (9.8, 5.2)])),
             stroke(ship([(6, 6.6), (0.6, 7.6)]), 3.4),
             disc(*ship([(25.1, 21)])[0], 14), stroke(ship([(25.1, 21), (25.1, 27.4)]), 3),
             stroke(ship([(21.8, 17.8), (28.4, 17.8)]), 3), stroke(ship([(22.6, 15.6), (27.6, 15.6)]), 3),
             stroke(ship([(55.4, 8), (55.4, 13.4)]), 3), stroke(ship([(53.6, 11.8), (57.2, 11.8)]), 2.4),
             stroke(ship([(68, 6.2), (85.6, 5.9)]), 1.4)]
    parts += [stroke(ship([(69 + i * 2.3, 4.4), (69 + i * 2.3, 6.2)]), 1.2) for i in range(8)]
    light = np.clip(0.85 + (X - 800) / 2600, 0.5, 1.4)[..., None]
    for part in parts:
        image = lay(image, part, hull_colour * light)
    image = lay(image, stroke(ship([(0.5, 1.1), (85.4, 1.1)]), 2) * 0.5, colour(60, 54, 60))
    image, cells, depth = water(image, horizon, 70, 58, 0.62, (26, 31, 44), 0.46)
    chop = clouds(171, 120, 13, 5, 0.62) * smooth(depth * 2.2) + clouds(172, 46, 5, 4, 0.62) * (1 - smooth(depth * 2.2))
    sea = (Y > horizon) * (0.35 + 0.65 * smooth(depth * 3))
    image = image * (1 + 0.30 * np.clip(chop, -1.1, 1.3) * sea)[..., None]
    image = image * (1 - 0.34 * smooth((depth - 0.45) * 1.6))[..., None]
    cells = 0.55 * cells + 0.75 * chop
    glitter = np.exp(-((X - sun + 90 * depth + 40 * cells) / (90 + 260 * depth)) ** 2).astype(np.float32)
    sparkle = smooth((cells - 0.12) * 1.7) * glitter * np.clip(1.15 - depth * 0.85, 0.15, 1) * (Y > horizon)
    image = lay(image, sparkle * 0.85, colour(246, 204, 150))
    image = lay(image, smooth((cells - 0.55) * 1.5) * 0.30 * (Y > horizon + 10), colour(150, 152, 164))
    foam = np.exp(-((Y - horizon - 10) / 5) ** 2) * smooth((X - 400) / 80) * smooth((1300 - X) / 260)
    image = lay(image, np.clip(foam * (0.7 + 0.4 * cells), 0, 1) * 0.6, colour(196, 176, 160))
    image = small_boat(image, 196, horizon + 106, 128, colour(30, 32, 43))
    image = small_boat(image, 1448, horizon + 188, 168, colour(33, 32, 40))
    for x, y, size in ((196, horizon + 112, 128), (1448, horizon + 196, 168)):
        wake = np.exp(-((Y - y) / 4.5) ** 2) * np.exp(-((X - x) / (size * 0.62)) ** 2)
        image = lay(image, wake * 0.5, colour(186, 170, 158))
        shade = np.exp(-((Y - y - 24) / 22) ** 2) * np.exp(-((X - x) / (size * 0.4)) ** 2) * (Y > y)
        image = image * (1 - 0.45 * shade[..., None])
    return finish(image, 1, 5.4)


def mountain():
    image = gradient([(0, (116, 146, 182)), (0.18, (172, 188, 204)), (0.36, (238, 222, 198)), (1, (228, 216, 198))], Y / H)
    image = image + glow(1120, 330, 420, 24)[..., None] * colour(1, 0.84, 0.6)
    veil = smooth((clouds(12, 700, 120, 6) - 0.1) * 1.4) * smooth((520 - Y) / 400)
    image = lay(image, veil * 0.35, colour(226, 224, 224))
    layers = 8
    for i in range(layers):
        t = i / (layers - 1)
        base = 360 + 700 * t**1.12
        peak = (215 - 40 * t) * np.maximum(line_noise(90 + i * 7, 420 - 120 * t, 8, 0.5) + 0.25, -0.9)
        crest = base - peak - 46 * np.abs(line_noise(300 + i, 150, 6, 0.52))
        far, near = colour(172, 184, 196), colour(24, 42, 42)
        tone = far * (1 - t) ** 1.3 + near * (1 - (1 - t) ** 1.3)
        mask = below(crest)
        lit = clouds(500 + i, 120, 46, 6, 0.62) * (0.06 + 0.08 * t)
        down = np.clip((Y - 0.35 * crest[None, :] - 0.65 * (base - 120)) / (270 - 40 * t) + 0.12 * clouds(800 + i, 160, 70, 4), 0, 1)
        mist = smooth(down) * (0.86 - 0.56 * t)
        surface = tone * (1 + lit[..., None])
        surface = surface * (1 - mist[..., None]) + colour(206, 204, 198) * mist[..., None]
        image = lay(image, mask, surface)
        if i < layers - 1:
            fog = smooth((clouds(700 + i, 520, 60, 5) - 0.05) * 1.3) * np.exp(-(((Y - base - 150) / 80) ** 2))
            image = lay(image, fog * (0.5 - 0.4 * t), colour(222, 216, 206))
    rng = np.random.default_rng(5)
    edge = 1150 - 40 * line_noise(77, 300, 4)
    trees = np.zeros((H, W), np.float32)
    for x in np.sort(rng.uniform(0, W, 150)):
        tall, foot = rng.uniform(46, 118), edge[int(min(x, W - 1))] + 30
        wide, points = tall * 0.2, []
        for side in (-1, 1):
            branch = [(x + side * wide * (k / 7) * (1.0 if k % 2 else 0.62), foot - tall + tall * k / 7) for k in range(8)]
            points += branch if side < 0 else branch[::-1]
        trees = np.maximum(trees, polygon(points, 2))
    trees = np.maximum(trees, below(edge + 16))
    image = lay(image, trees, colour(13, 23, 24) * (1 + 0.12 * clouds(31, 22, 30, 3)[..., None]))
    return finish(image, 2, 4.4)


def wind_farm():
    horizon = 800
    image = gradient([(0, (74, 122, 178)), (0.5, (138, 176, 212)), (1, (214, 226, 232))], Y / horizon)
    perspective = clouds(21, 460, 200, 7, 0.55) + 0.45 * clouds(22, 900, 120, 4)
    cumulus = smooth((perspective - 0.24) * 1.5) * smooth((horizon - 30 - Y) / 240)
    shade = smooth((blur(perspective, 14) - 0.5) * 1.2)
    image = lay(image, cumulus * 0.94, colour(250, 249, 246) - shade[..., None] * colour(74, 66, 52))
    crests = [(790, 26, 500, (128, 150, 158)), (812, 44, 430, (104, 134, 110)), (862, 66, 600, (96, 130, 72))]
    turbines = [[(300, 800, 150, 20), (470, 792, 138, 75), (640, 806, 146, 50)], [(900, 812, 270, 8), (1330, 800, 300, 62)], [(1080, 858, 470, 33), (380, 868, 560, 95)]]
    for i, ((base, high, cell, tone), group) in enumerate(zip(crests, turbines)):
        crest = base - high * line_noise(40 + i, cell, 4, 0.4)
        field = 1 + 0.07 * clouds(60 + i, 200, 18, 5)[..., None] + 0.05 * np.sin((Y + X * 0.22) / (5 + 5 * i))[..., None]
        for x, _, tall, turn in group:
            foot = crest[x] + 8
            image = turbine(image, x, foot, tall, turn, i)
        image = lay(image, below(crest), colour(*tone) * field)
    depth = np.clip((Y - 880) / (H - 880), 0, 1)
    front = 905 + 22 * line_noise(55, 700, 3, 0.4)
    rows = np.sin((X - 620) / (0.10 + depth * 1.15) / 34.0)
    wheat = colour(188, 164, 88) * (1 + 0.16 * clouds(91, 14, 26, 5)[..., None] + 0.07 * rows[..., None] * depth[..., None])
    shadow = smooth((clouds(92, 900, 90, 3) - 0.05) * 1.4)
    image = lay(image, below(front), wheat * (1 - 0.28 * shadow[..., None]) * (0.82 + 0.24 * (1 - depth[..., None])))
    hedge = front - 5 - np.abs(18 * line_noise(93, 40, 5, 0.6)) * smooth(line_noise(94, 260, 2) * 2 + 0.4)
    image = lay(image, below(hedge) * (Y < front[None, :] + 5), colour(52, 74, 44) * (1 + 0.25 * clouds(95, 12, 9, 3)[..., None]))
    return finish(image, 3, 3.6, 0.14)


def turbine(image, x, foot, tall, turn, near):
    tone = colour(226, 230, 232) * (0.86 + 0.06 * near)
    top = foot - tall
    wide = tall * 0.022
    shade = np.clip((X - x) / (wide * 2) + 0.5, 0, 1)[..., None]
    image = lay(image, polygon([(x - wide / 2, top), (x + wide / 2, top), (x + wide, foot), (x - wide, foot)]), tone * (1 - 0.26 * shade))
    image = lay(image, polygon([(x - wide, top - wide * 0.8), (x + wide * 2.2, top - wide * 0.7), (x + wide * 2.2, top + wide * 0.6), (x - wide, top + wide * 0.7)]), tone * 0.92)
    for k in range(3):
        angle = np.radians(turn + 120 * k)
        ux, uy = np.sin(angle), -np.cos(angle)
        length = tall * 0.56
        pts = [(0, -wide * 0.3), (0.12, -wide * 0.95), (0.4, -wide * 0.62), (1, -wide * 0.08), (1, wide * 0.08), (0.3, wide * 0.34), (0, wide * 0.3)]
        image = lay(image, polygon([(x + ux * a * length - uy * b, top + uy * a * length + ux * b) for a, b in pts]), tone * (1.0 if k else 0.93))
    return lay(image, disc(x, top, wide * 0.95), tone * 0.97)


def crane():
    horizon = 868
    image = gradient([(0, (118, 134, 150)), (0.55, (186, 190, 190)), (1, (226, 214, 196))], Y / horizon)
    deck = smooth((clouds(31, 640, 120, 6) + 0.15) * 1.1)
    image = lay(image, deck * 0.5, colour(206, 204, 202))
    image = image + glow(420, 760, 330, 24)[..., None] * colour(1, 0.86, 0.64)
    coast = horizon - 60 - 34 * line_noise(32, 420, 5)
    image = lay(image, below(coast), colour(164, 170, 174))
    rng = np.random.default_rng(9)
    paints = [(158, 62, 44), (42, 84, 118), (60, 102, 84), (196, 148, 62), (120, 122, 122), (92, 58, 70), (206, 202, 192)]

    def containers(image, left, right, floor, size, most, hazy):
        x = left
        while x + size * 2.4 < right:
            for level in range(rng.integers(1, most + 1)):
                tone = colour(*paints[rng.integers(len(paints))]) * rng.uniform(0.8, 1.05)
                tone = tone * (1 - hazy) + colour(186, 188, 188) * hazy
                top = floor - (level + 1) * size
                image = lay(image, box(x, top, size * 2.4 - 1.5, size - 1.5), tone)
                ribs = 0.90 + 0.10 * np.sin(X * 2 * np.pi / (size * 0.17))
                image = lay(image, box(x + 1, top + 1, size * 2.4 - 4, size - 4) * 0.85, tone * ribs[..., None])
                image = lay(image, box(x, top + size - 5, size * 2.4 - 1.5, 3) * 0.4, colour(30, 30, 34))
            x += size * 2.4 + rng.choice([0, 0, 0, size * 0.5])
        return image

    def gantry(image, x, floor, tall, tone, raised=False):
        leg, unit = tall * 0.030, tall
        p = lambda a, b: (x + a * unit, floor - b * unit)
        image = lay(image, polygon([p(0, 0), p(0.035, 0), p(0.035, 0.64), p(0, 0.64)]), tone)
        image = lay(image, polygon([p(0.34, 0), p(0.375, 0), p(0.375, 0.64), p(0.34, 0.64)]), tone * 0.86)
        for b, thick in ((0.14, 0.028), (0.62, 0.04)):
            image = lay(image, polygon([p(0, b), p(0.375, b), p(0.375, b + thick), p(0, b + thick)]), tone * 0.95)
        image = lay(image, stroke([p(0.02, 0.15), p(0.36, 0.62)], leg * 0.42), tone * 0.9)
        image = lay(image, stroke([p(0.36, 0.15), p(0.02, 0.62)], leg * 0.42), tone * 0.82)
        image = lay(image, polygon([p(0.10, 0.64), p(0.13, 0.98), p(0.155, 0.98), p(0.185, 0.64)]), tone * 0.93)
        tip = p(-0.30, 1.06) if raised else p(-0.78, 0.665)
        image = lay(image, polygon([p(0.62, 0.64), p(0.62, 0.68), p(0.0, 0.69), (tip[0], tip[1] - leg * 0.5), (tip[0], tip[1] + leg * 0.3), p(0, 0.64)]), tone)
        for end in (tip, ((tip[0] + p(0, 0.66)[0]) / 2, (tip[1] + p(0, 0.66)[1]) / 2), p(0.6, 0.67)):
            image = lay(image, stroke([p(0.142, 0.975), end], 2.4), tone * 0.8)
        for k in range(26):
            a = -0.74 + k * 0.052
            if not raised or a > 0:
                image = lay(image, stroke([p(a, 0.645), p(a + 0.026, 0.685)], 1.4), tone * 0.7)
        if not raised:
            image = lay(image, box(*p(-0.42, 0.645), unit * 0.05, unit * 0.035), tone * 0.6)
            for a in (-0.415, -0.375):
                image = lay(image, stroke([p(a, 0.61), p(a, 0.36)], 1.5), colour(60, 60, 64))
            image = lay(image, box(*p(-0.455, 0.36), unit * 0.125, unit * 0.05), colour(158, 62, 44) * 0.95)
        return image

    image = containers(image, -10, 720, 800, 26, 5, 0.45)
    image = gantry(image, 310, 806, 560, colour(120, 132, 142), True)
    image = gantry(image, 640, 812, 640, colour(98, 112, 126))
    image = containers(image, 930, 1620, 822, 38, 6, 0.18)
    image = gantry(image, 1060, 836, 900, colour(46, 78, 108))
    quay = 838
    image = lay(image, polygon([(640, quay - 14), (W, quay - 2), (W, 900), (560, horizon + 2)]), colour(118, 116, 112) * (1 + 0.08 * clouds(35, 60, 6, 4)[..., None]))
    hull = [(86, 716), (700, 742), (760, 736), (742, horizon + 10), (130, horizon + 10)]
    image = lay(image, polygon(hull), colour(38, 44, 56) * (1 + 0.05 * clouds(36, 40, 12, 4)[..., None]))
    image = lay(image, polygon([(112, 800 + 34), (750, 812 + 24), (742, horizon + 10), (130, horizon + 10)]), colour(124, 44, 38))
    image = containers(image, 196, 690, 736, 30, 5, 0.05)
    image = lay(image, box(104, 560, 84, 160), colour(222, 220, 212))
    for k in range(5):
        image = lay(image, box(110, 574 + k * 28, 72, 8), colour(70, 80, 92))
    image = lay(image, box(128, 524, 30, 40), colour(196, 148, 62))
    image, cells, depth = water(image, horizon, 140, 22, 0.74, (66, 78, 84), 0.42)
    image = lay(image, smooth((cells - 0.6) * 1.4) * 0.30 * (Y > horizon), colour(206, 204, 196))
    for x, y, wing in ((1120, 210, 26), (1010, 262, 20), (1216, 288, 15), (560, 180, 13)):
        image = lay(image, stroke([(x - wing, y - wing * 0.34), (x - wing * 0.4, y - wing * 0.5), (x, y), (x + wing * 0.45, y - wing * 0.46), (x + wing, y - wing * 0.22)], 3), colour(70, 74, 80))
    return finish(image, 4, 4.2)


def train():
    vx, vy = 610, 610  # vanishing point

    def at(x, y, z):
        """A point x right, y up, z away, in metres; the camera 1.7 m above the platform."""
        f = 1000 / max(z, 0.5)
        return (vx + x * f, vy - (y - 1.7) * f)

    def quad(*pts):
        return polygon([at(*p) for p in pts])

    def strip(x, low, high, near, far):
        """A band of a wall that runs away from us."""
        return quad((x, low, near), (x, low, far), (x, high, far), (x, high, near))

    def ribbon(left, right, y, near, far):
        """A band of a floor or ceiling."""
        return quad((left, y, near), (left, y, far), (right, y, far), (right, y, near))

    image = gradient([(0, (18, 26, 54)), (0.4, (36, 48, 86)), (0.72, (98, 92, 122)), (1, (176, 132, 114))], Y / (vy + 10))
    image = lay(image, smooth((clouds(41, 700, 70, 5) - 0.1) * 1.3) * 0.5, colour(92, 82, 110))
    rng = np.random.default_rng(11)
    town, x = np.full(W, float(vy)), 0
    while x < W:
        wide = rng.integers(14, 46)
        town[x:x + wide] = vy - rng.uniform(6, 44)
        x += wide
    image = lay(image, below(town), colour(34, 36, 54))
    for _ in range(60):
        x, y = rng.uniform(0, 520), rng.uniform(vy - 26, vy - 3)
        image = image + glow(x, y, 1.6, 120)[..., None] * colour(1, 0.8, 0.5)
    ground = np.clip((Y - vy) / (H - vy), 0, 1)
    image = lay(image, np.clip(Y - vy + 0.5, 0, 1), colour(34, 34, 42) + 8 * clouds(45, 26, 8, 4)[..., None])
    for rail in (-5.2, -6.65):
        image = lay(image, ribbon(rail, rail + 0.09, -0.7, 1.5, 300), colour(150, 140, 136) * (0.5 + 0.4 * (1 - ground[..., None])))
    near, far = 1.0, 300
    # The platform with its slabs, white edge and yellow line.
    floor = colour(98, 94, 96) * (1 + 0.09 * clouds(44, 60, 16, 5)[..., None] + 0.05 * noise(46, 3, 2)[..., None])
    image = lay(image, ribbon(-3.9, 1.55, 0, near, far), floor * (0.62 + 0.25 * ground[..., None]))
    for k in range(70):
        z = 1.1 + 0.8 * k * (1 + k * 0.02)
        image = lay(image, stroke([at(-3.9, 0, z), at(1.55, 0, z)], max(7 / z, 0.5)) * 0.30, colour(44, 42, 48))
    for x in (-2.6, -1.3, 0):
        image = lay(image, ribbon(x, x + 0.012, 0, near, far) * 0.35, colour(44, 42, 48))
    image = lay(image, ribbon(1.25, 1.55, 0, near, far), colour(206, 200, 188) * (0.72 + 0.1 * clouds(48, 30, 12, 3)[..., None]))
    image = lay(image, ribbon(0.72, 0.86, 0, near, far), colour(206, 162, 54) * (0.80 + 0.1 * clouds(49, 30, 12, 3)[..., None]))
    image = lay(image, strip(1.55, -0.9, 0, near, far), colour(18, 18, 22))
    # The train, its side 0.2 m from the edge.
    side, front, back = 1.75, 0.9, 240
    gloss = (1 + 0.5 * np.exp(-(((Y - vy) / (np.abs(X - vx) + 40) + 0.55) / 0.16) ** 2))[..., None]
    image = lay(image, strip(side, -0.75, 3.05, front, back), colour(20, 44, 76) * gloss * (1 + 0.03 * clouds(42, 200, 400, 3)[..., None]))
    image = lay(image, strip(side, -0.75, -0.1, front, back), colour(22, 24, 30))
    image = lay(image, strip(side, 0.62, 0.74, front, back), colour(198, 166, 90))
    image = lay(image, strip(side, 2.70, 3.05, front, back), colour(112, 120, 134) * (0.6 + 0.25 * gloss))
    image = lay(image, quad((side, 3.05, front), (side, 3.05, back), (side + 1.4, 3.65, back), (side + 1.4, 3.65, front)), colour(44, 48, 60))
    lit = np.zeros((H, W), np.float32)
    z, count = 1.5, 0
    while z < 140:
        if count % 8 == 5:
            door = strip(side, 0.02, 2.3, z + 0.15, z + 1.35)
            image = lay(image, door, colour(150, 158, 168) * 0.62)
            lit = np.maximum(lit, strip(side, 1.0, 2.1, z + 0.3, z + 1.2))
        else:
            frame = strip(side, 1.02, 2.32, z - 0.04, z + 1.34)
            image = lay(image, frame, colour(12, 16, 26))
            glass = strip(side, 1.08, 2.26, z, z + 1.3)
            if count % 7 == 4:  # a compartment with its blind down
                image = lay(image, glass, colour(120, 104, 84))
            else:
                lit = np.maximum(lit, glass)
        z += 1.72
        count += 1
    inside = gradient([(0, (255, 238, 196)), (1, (232, 176, 104))], np.clip(0.5 + (Y - vy) / 700 + 0.25 * clouds(47, 40, 90, 3), 0, 1))
    image = lay(image, lit, inside)
    for z, x0 in ((3.35, 0.5), (6.8, 0.4), (8.5, 0.7)):  # heads and seat backs behind the panes
        ax, ay = at(side, 1.28, z + x0)
        s = 1000 / (z + x0)
        person_mask = np.maximum(np.clip(1.2 - np.hypot((X - ax) / (0.10 * s * 0.35), (Y - ay + 0.12 * s) / (0.11 * s)), 0, 0.2) * 5,
                                 np.clip(1.2 - np.hypot((X - ax) / (0.22 * s * 0.35), (Y - ay - 0.12 * s) / (0.18 * s)), 0, 0.2) * 5)
        image = lay(image, np.clip(person_mask, 0, 1) * lit * 0.9, colour(70, 48, 34))
    # Light from the windows falls on the platform, that of the lamps from above.
    for z in np.arange(2.1, 40, 1.72):
        px, py = at(0.75, 0, z)
        image = image + (np.exp(-(((X - px) / (640 / z)) ** 2 + ((Y - py) / (110 / z)) ** 2)) * (Y > vy) * min(1, 9 / z))[..., None] * colour(44, 32, 15)
    haze = blur(lit, 26) * 0.5 + blur(lit, 90) * 0.6
    image = image + haze[..., None] * colour(86, 62, 30)
    # The canopy on its columns.
    ribs = colour(58, 54, 60) * (0.75 + 0.25 * np.sin(np.clip(900 / np.clip(vy - Y, 20, None), 0, 45) * 6)[..., None] ** 2)
    image = lay(image, ribbon(-5.5, 0.9, 4.3, 0.9, far), ribs)
    image = lay(image, strip(0.9, 4.3, 4.62, 0.9, far), colour(92, 92, 104))
    lamps = (3.0, 6, 9, 12, 15, 18, 24, 30, 40, 60)
    for z in lamps[::-1]:
        if z > 3:
            cx, cy = at(-3.0, 0, z)
            image = lay(image, polygon([at(-3.09, 0, z), at(-2.91, 0, z), at(-2.91, 4.2, z), at(-3.09, 4.2, z)]), colour(62, 66, 80))
            image = lay(image, polygon([at(-2.95, 0, z), at(-2.91, 0, z), at(-2.91, 4.2, z), at(-2.95, 4.2, z)]), colour(150, 122, 92))
            image = lay(image, stroke([at(-3, 3.5, z), at(-1.7, 4.25, z)], 60 / z), colour(58, 60, 74))
        lx, ly = at(-1.2, 4.2, z)
        lamp = polygon([at(-1.5, 4.24, z), at(-0.9, 4.24, z), at(-0.9, 4.24, z + 0.5), at(-1.5, 4.24, z + 0.5)])
        image = lay(image, lamp, colour(255, 246, 222))
        image = image + glow(lx, ly, 150 / z, 90)[..., None] * colour(1, 0.9, 0.7) + glow(lx, ly, 620 / z, 30)[..., None] * colour(1, 0.84, 0.6)
        px, py = at(-1.2, 0, z)
        image = image + (np.exp(-(((X - px) / (1500 / z)) ** 2 + ((Y - py) / (300 / z)) ** 2)) * (Y > vy))[..., None] * colour(34, 27, 17)
    # A clock, the guard and the travellers.
    cx, cy = at(-0.1, 3.5, 7)
    image = lay(image, stroke([at(-0.1, 3.5, 7), at(-0.1, 4.3, 7)], 5), colour(30, 32, 40))
    image = lay(image, disc(cx, cy, 46), colour(30, 32, 40))
    image = lay(image, disc(cx, cy, 40), colour(250, 244, 226))
    image = lay(image, stroke([(cx, cy), (cx - 24, cy - 8)], 5) + stroke([(cx, cy), (cx + 8, cy + 30)], 3.4), colour(30, 30, 36))

    def person(image, x, z, tall, tone, case):
        px, foot = at(x, 0, z)
        s = 1000 / z * tall
        shade = np.exp(-(((X - px + 0.16 * s) / (0.34 * s)) ** 2 + ((Y - foot) / (0.035 * s)) ** 2))
        image = image * (1 - 0.55 * shade[..., None])
        outline = [(-0.115, 0), (-0.035, 0), (-0.02, 0.30), (0.005, 0.42), (0.03, 0.25), (0.05, 0.0), (0.13, 0.0), (0.095, 0.3), (0.115, 0.48),
                   (0.155, 0.47), (0.15, 0.62), (0.13, 0.78), (0.075, 0.835), (0.03, 0.85), (-0.03, 0.85), (-0.08, 0.835), (-0.135, 0.78),
                   (-0.155, 0.62), (-0.15, 0.45), (-0.115, 0.46), (-0.10, 0.3)]
        body = blur(polygon([(px + a * s, foot - b * s) for a, b in outline]), s * 0.006)
        image = lay(image, body, tone)
        head = np.clip((1 - np.hypot((X - px) / (0.052 * s), (Y - foot + 0.915 * s) / (0.068 * s))) * 8, 0, 1)
        image = lay(image, head, tone * 1.1 + 8)
        if case:
            image = lay(image, box(px - 0.34 * s, foot - 0.33 * s, 0.17 * s, 0.31 * s), colour(92, 40, 34))
            image = lay(image, stroke([(px - 0.25 * s, foot - 0.33 * s), (px - 0.15 * s, foot - 0.47 * s)], max(s * 0.008, 1)), colour(40, 40, 46))
        rim = body * smooth((X - px - 0.08 * s) / (0.08 * s)) * smooth((foot - 0.2 * s - Y) / (0.3 * s))
        return lay(image, np.maximum(rim * 0.6, head * smooth((X - px) / (0.06 * s)) * 0.6), colour(206, 150, 92))

    image = person(image, -1.9, 19, 1.74, colour(34, 32, 42), False)
    image = person(image, -0.6, 14, 1.68, colour(46, 36, 40), True)
    image = person(image, 0.35, 10.5, 1.8, colour(28, 36, 54), False)
    image = person(image, -1.75, 6.2, 1.72, colour(36, 34, 42), True)
    return finish(image, 5, 5.0, 0.22, 1)


def square():
    floor = 790
    image = gradient([(0, (96, 140, 190)), (0.6, (176, 198, 214)), (1, (238, 222, 196))], Y / 700)
    image = lay(image, smooth((clouds(51, 520, 120, 6) - 0.18) * 1.5) * 0.7, colour(248, 242, 232))
    rng = np.random.default_rng(14)
    walls = [(214, 178, 120), (196, 122, 86), (226, 212, 184), (164, 150, 128), (206, 150, 96), (184, 190, 176), (222, 196, 142)]
    x, i = -40, 0
    while x < W:
        wide = int(rng.uniform(190, 270))
        tall = rng.uniform(330, 420)
        top = floor - tall
        tone = colour(*walls[i % len(walls)]) * rng.uniform(0.93, 1.04)
        texture = 1 + 0.05 * clouds(60 + i, 50, 70, 5)[..., None]
        light = 1.05 - 0.18 * np.clip((X - x) / wide, 0, 1)[..., None] ** 2
        roof = colour(126, 66, 48) * (1 + 0.12 * np.sin(Y / 4.2)[..., None]) * texture
        kind = i % 3
        if kind == 0:  # stepped gable
            steps = 5
            gable = [(x, top)]
            for k in range(steps):
                gable += [(x + wide * k / (2 * steps), top - 22 * k - 22), (x + wide * (k + 1) / (2 * steps), top - 22 * k - 22)]
            gable += [(2 * x + wide - px, py) for px, py in gable[::-1]]
            image = lay(image, polygon(gable + [(x + wide, floor), (x, floor)]), tone * texture * light)
        elif kind == 1:  # roof towards the square
            image = lay(image, polygon([(x - 6, top + 4), (x + 22, top - 118), (x + wide - 22, top - 118), (x + wide + 6, top + 4)]), roof)
            image = lay(image, box(x, top, wide, tall), tone * texture * light)
            for k in (0.3, 0.66):
                image = lay(image, polygon([(x + wide * k - 20, top - 22), (x + wide * k - 20, top - 58), (x + wide * k, top - 78), (x + wide * k + 20, top - 58), (x + wide * k + 20, top - 22)]), tone * 0.95)
                image = lay(image, box(x + wide * k - 11, top - 54, 22, 30), colour(58, 70, 84))
        else:  # bell gable
            curve = [(x + wide * t, top - 116 * np.sin(np.pi * t) ** 0.8) for t in np.linspace(0, 1, 40)]
            image = lay(image, polygon(curve + [(x + wide, floor), (x, floor)]), tone * texture * light)
        image = lay(image, box(x, top - 3, wide, 7) * 0.6, tone * 1.18)
        image = lay(image, box(x + wide - 3, top, 3, tall) * 0.5, colour(70, 56, 48))
        columns = 3 if wide < 235 else 4
        for row in range(3):
            for c in range(columns):
                wx = x + wide * (c + 0.5) / columns - 17
                wy = top + 26 + row * (tall - 120) / 3
                image = lay(image, box(wx - 4, wy - 4, 42, 66), tone * 1.22)
                glass = gradient([(0, (86, 108, 132)), (1, (52, 62, 76))], np.clip((Y - wy) / 58, 0, 1))
                if rng.random() < 0.2:
                    glass = glass * 0.2 + colour(252, 210, 142) * 0.8
                image = lay(image, box(wx, wy, 34, 58), glass)
                image = lay(image, box(wx + 15.5, wy, 3, 58) + box(wx, wy + 22, 34, 3), tone * 1.2)
                image = lay(image, box(wx - 6, wy + 60, 46, 5), tone * 0.7)
        shop = colour(*[(52, 72, 66), (96, 40, 42), (40, 58, 84), (70, 60, 48)][i % 4])
        image = lay(image, box(x + 10, floor - 92, wide - 20, 92), shop)
        image = lay(image, box(x + 24, floor - 74, wide * 0.5, 62), colour(246, 204, 136) * (0.75 + 0.2 * clouds(80 + i, 30, 30, 3)[..., None]))
        image = lay(image, box(x + wide * 0.70, floor - 80, wide * 0.18, 80), shop * 0.55)
        if i % 2 == 0:
            for k in range(10):
                a, b = x + 8 + (wide - 16) * k / 10, x + 8 + (wide - 16) * (k + 1) / 10
                image = lay(image, polygon([(a, floor - 98), (b, floor - 98), (b - 3, floor - 68), (a - 3, floor - 68)]), colour(228, 220, 204) if k % 2 else shop * 1.5 + 20)
        x += wide
        i += 1
    depth = np.clip((Y - floor) / (H - floor), 1e-3, 1)
    z = 1 / (depth + 0.10)
    u, v = (X - W / 2) * z / 60, z * 34
    offset = np.floor(v) % 2 * 0.5
    fu, fv = (u + offset) % 1 - 0.5, v % 1 - 0.5
    stone = smooth(1.15 - np.maximum(np.abs(fu), np.abs(fv)) * 2.1)
    tint = (np.sin(np.floor(u + offset) * 12.9898 + np.floor(v) * 78.233) * 43758.5453) % 1
    flat = smooth((0.5 - depth) / 0.34)
    stone = stone * (1 - flat) + 0.8 * flat
    paving = colour(150, 134, 116) * (0.55 + 0.42 * stone[..., None] + 0.16 * (tint[..., None] - 0.5) * (1 - flat[..., None]))
    paving = paving * (1.08 - 0.25 * depth[..., None]) + (smooth((clouds(57, 500, 60, 4) - 0.1) * 1.3) * 18)[..., None] * colour(1, 0.9, 0.7)
    image = lay(image, np.clip(Y - floor + 0.5, 0, 1), paving)
    long_shadow = smooth((Y - floor) / 10) * smooth((floor + 96 + 22 * line_noise(58, 200, 2) - Y) / 26)
    image = image * (1 - 0.42 * long_shadow[..., None])

    def walker(image, px, foot, s, tone):
        ground = polygon([(px - 0.05 * s, foot), (px + 0.08 * s, foot), (px + 1.15 * s, foot + 0.20 * s), (px + 0.95 * s, foot + 0.24 * s)])
        image = image * (1 - 0.42 * blur(ground, 2)[..., None])
        leg = [(-0.13, 0), (-0.06, 0), (0.0, 0.40), (0.07, 0.02), (0.14, 0.02), (0.075, 0.5), (0.11, 0.78), (0.05, 0.84), (-0.05, 0.84), (-0.115, 0.78), (-0.085, 0.48)]
        image = lay(image, polygon([(px + a * s, foot - b * s) for a, b in leg]), tone)
        image = lay(image, disc(px, foot - 0.915 * s, 0.062 * s), tone * 0.5 + colour(70, 48, 38))
        return lay(image, polygon([(px - 0.115 * s, foot - 0.78 * s), (px - 0.06 * s, foot - 0.83 * s), (px - 0.055 * s, foot - 0.5 * s), (px - 0.085 * s, foot - 0.48 * s)]) * 0.3, colour(250, 206, 150))

    for px, foot, s, tone in ((230, 842, 92, (52, 48, 60)), (290, 846, 96, (96, 52, 48)), (700, 838, 88, (44, 58, 74)), (905, 874, 118, (60, 54, 50)),
                              (1330, 856, 102, (38, 44, 58)), (1120, 832, 84, (110, 92, 70)), (560, 880, 122, (48, 56, 66)), (1400, 900, 138, (40, 40, 50))):
        image = walker(image, px, foot, s, colour(*tone))
    for px, foot, s in ((1010, 905, 330), (110, 880, 290)):
        iron = colour(36, 40, 42)
        image = image * (1 - 0.35 * polygon([(px, foot - 4), (px + 8, foot + 4), (px + s * 0.9, foot + s * 0.17), (px + s * 0.9, foot + s * 0.15)])[..., None])
        image = lay(image, stroke([(px, foot), (px, foot - s)], 8), iron)
        image = lay(image, polygon([(px - 16, foot), (px + 16, foot), (px + 8, foot - 40), (px - 8, foot - 40)]), iron)
        image = lay(image, stroke([(px - 42, foot - s * 0.9), (px + 42, foot - s * 0.9)], 5), iron)
        for dx in (-42, 42):
            image = lay(image, polygon([(px + dx - 13, foot - s * 0.91), (px + dx + 13, foot - s * 0.91), (px + dx + 18, foot - s * 0.91 - 36), (px + dx - 18, foot - s * 0.91 - 36)]), colour(250, 236, 204))
            image = lay(image, polygon([(px + dx - 22, foot - s * 0.91 - 36), (px + dx + 22, foot - s * 0.91 - 36), (px + dx, foot - s * 0.91 - 54)]), iron)
    image = image * colour(1.03, 0.99, 0.94)
    return finish(image, 6, 3.8, 0.2)


def ferry():
    horizon = 600
    image = gradient([(0, (92, 140, 186)), (0.6, (164, 196, 218)), (1, (222, 228, 226))], Y / horizon)
    image = lay(image, smooth((clouds(61, 520, 110, 6) - 0.2) * 1.5) * smooth((horizon - 20 - Y) / 260) * 0.86, colour(250, 248, 244))
    for base, high, cell, tone, seed in ((30, 26, 500, (160, 178, 190), 62), (8, 66, 380, (112, 138, 138), 63)):
        rise = np.clip(high * (line_noise(seed, cell, 6, 0.5) + 0.5), -6, None)
        side = smooth((np.arange(W) - 560) / 500) if seed == 63 else 1
        crest = horizon - base * 0 - rise * side + 2
        image = lay(image, below(crest), colour(*tone) * (1 + 0.10 * clouds(seed, 60, 30, 5)[..., None]))
    tower = 1388
    foot = horizon - 70
    image = lay(image, polygon([(tower - 15, foot + 40), (tower - 9, foot - 86), (tower + 9, foot - 86), (tower + 15, foot + 40)]), colour(240, 238, 230) * (1.04 - 0.2 * np.clip((X - tower + 12) / 24, 0, 1)[..., None]))
    image = lay(image, polygon([(tower - 12, foot - 24), (tower + 12, foot - 24), (tower + 13, foot - 2), (tower - 13, foot - 2)]), colour(176, 54, 44))
    image = lay(image, box(tower - 7, foot - 104, 14, 18), colour(60, 70, 80))
    image = lay(image, polygon([(tower - 10, foot - 104), (tower + 10, foot - 104), (tower, foot - 118)]), colour(150, 46, 40))
    depth = np.clip((Y - horizon) / (H - horizon), 0, 1)
    image, cells, depth = water(image, horizon, 160, 24, 0.66, (32, 74, 100), 0.55)
    image = lay(image, smooth((cells - 0.55) * 1.2) * 0.28 * (Y > horizon), colour(196, 214, 220))
    image = lay(image, smooth((cells - 1.05) * 2.2) * 0.6 * depth, colour(236, 240, 240))
    s, ox, oy = 8.6, 330, 742
    p = lambda pts: [(ox + a * s, oy - b * s) for a, b in pts]
    white = colour(232, 231, 225) * (1.03 - 0.18 * np.clip((X - ox) / 900, 0, 1) + 0.03 * clouds(66, 120, 60, 4) - 0.10 * (np.sin((Y - oy) / (4.2 * s) * np.pi) ** 8))[..., None]
    shadow = polygon(p([(2, 0.2), (84, 0.2), (88, -5), (8, -7)]))
    image = image * (1 - 0.42 * blur(shadow, 8)[..., None])
    hull = polygon(p([(0, 0), (-1.6, 3.6), (-5, 8.6), (2, 8.3), (20, 7.8), (84, 7.6), (86, 7.6), (85, 3), (84, 0)]))
    plates = 1 + 0.05 * clouds(64, 90, 60, 5) - 0.28 * smooth((Y - oy + 7.6 * s) / (7.6 * s)) + 0.12 * np.exp(-((X - ox - 120) / 190) ** 2)
    image = lay(image, hull, colour(38, 74, 110) * plates[..., None])
    image = lay(image, hull * smooth((clouds(65, 7, 120, 3) - 0.5) * 2) * 0.16, colour(140, 96, 66))
    image = lay(image, polygon(p([(-0.6, 1.4), (0, 0), (84, 0), (84.2, 1.4)])), colour(142, 48, 42))
    image = lay(image, polygon(p([(6, 8.2), (8, 13.6), (80, 12.8), (80, 7.8)])), white)
    image = lay(image, polygon(p([(13, 13.4), (15, 18), (68, 17.2), (68, 12.8)])), white * 0.985)
    image = lay(image, polygon(p([(17, 17.9), (19, 22), (33, 21.7), (33, 17.6)])), white * 0.97)
    image = lay(image, polygon(p([(18.2, 19.2), (19.2, 21.1), (32, 20.9), (32, 19)])), colour(52, 66, 80))
    image = lay(image, polygon(p([(48, 17.4), (49, 24), (57, 24), (57.6, 17.3)])), colour(196, 148, 62))
    image = lay(image, polygon(p([(48.8, 22.4), (49, 24), (57, 24), (57.2, 22.4)])), colour(40, 46, 56))
    for k in range(22):
        a = 11 + k * 3.1
        image = lay(image, polygon(p([(a, 9.9), (a, 11.7), (a + 1.9, 11.7), (a + 1.9, 9.9)])), colour(58, 76, 92))
    for k in range(15):
        a = 18 + k * 3.2
        image = lay(image, polygon(p([(a, 14.6), (a, 16.2), (a + 2.2, 16.2), (a + 2.2, 14.6)])), colour(62, 80, 96))
    for b, left, right in ((13.3, 9, 80), (17.6, 16, 68)):
        image = lay(image, stroke(p([(left, b + 1.1), (right, b + 0.3)]), 1.6), white * 0.9)
    image = lay(image, stroke(p([(25, 22), (25, 29)]), 4), white * 0.85)
    image = lay(image, stroke(p([(22.6, 26), (27.4, 26)]), 3), white * 0.8)
    image = lay(image, stroke(p([(81, 7.8), (81, 13)]), 2.4), white * 0.8)
    image = lay(image, polygon(p([(81, 13), (86, 12.2), (81, 11)])), colour(176, 54, 44))
    for k in range(6):
        a = 36 + k * 6.5
        image = lay(image, polygon(p([(a, 13.6), (a + 3.6, 13.5), (a + 3.4, 14.8), (a + 0.2, 14.9)])) * (k % 2), colour(208, 92, 48))
    wake = np.exp(-((Y - oy - 6) / (5 + np.clip(X - 1040, 0, None) * 0.03)) ** 2) * smooth((X - 1010) / 40) * smooth((1600 - X) / 420)
    bow = np.exp(-((Y - oy - 4) / 8) ** 2) * np.exp(-((X - 326) / 62) ** 2)
    along = np.exp(-((Y - oy - 3) / 4) ** 2) * smooth((X - 330) / 20) * smooth((1064 - X) / 20)
    image = lay(image, np.clip((wake * 0.8 + bow + along * 0.7) * (0.85 + 0.4 * cells), 0, 1), colour(242, 244, 242))
    for x, y, wing in ((980, 330, 30), (1080, 386, 22), (250, 300, 24), (1180, 296, 16), (610, 250, 14)):
        image = lay(image, stroke([(x - wing, y - wing * 0.4), (x - wing * 0.42, y - wing * 0.5), (x, y), (x + wing * 0.5, y - wing * 0.52), (x + wing, y - wing * 0.2)], 3.4), colour(236, 236, 232))
    return finish(image, 7, 3.4, 0.14)


PHOTOS = {"frigate": frigate, "mountain": mountain, "wind-farm": wind_farm, "crane": crane, "night-train": train, "square": square,
          "ferry": ferry}
QUALITY = {}


def main():
    for name in sys.argv[1:] or PHOTOS:
        pixels = PHOTOS[name]()
        target = os.path.join(HERE, name + ".jpg")
        ppm = b"P6\n%d %d\n255\n" % (W, H) + pixels.tobytes()
        command = ["cjpeg", "-quality", str(QUALITY.get(name, 72)), "-sample", "2x2", "-optimize", "-outfile", target]
        subprocess.run(command, input=ppm, check=True)
        print(name, os.path.getsize(target) // 1000, "kB")


if __name__ == "__main__":
    main()
