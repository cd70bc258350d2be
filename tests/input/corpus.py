#!/usr/bin/env python3
"""Holds what news2pdf reads out of a corpus against what the corpus says is there.

    corpus.py CORPUS [-v] [--only TEXT] [--maps FOLDER] [--command 'build/news2pdf --dump=document']

CORPUS has expected.tsv (columns: file, format, headline, decks, byline, dateline, paragraphs, images,
captions, copyright, language, status, note; " | " parts values). Prints one line per file, with a
letter for each part: y right, N wrong, . not asked; then totals. The command gets the file's name
behind it, --force for rows that must be refused without it, and --map for files whose mapping is in
the folder of maps. A deck that says what the first paragraph says is printed once: there it counts.
A picture is right when it is placed, or reported as left out or as printed already."""
import argparse
import html.parser
import os
import re
import shlex
import signal
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ET

PARTS = ["headline", "decks", "byline", "paragraphs", "images", "captions", "copyright", "furniture"]
TIMEOUT = 20
PAGES = ("html", "amp", "instant-articles", "microformats")


def plain(text):
    return " ".join(unicodedata.normalize("NFC", text or "").replace("\u00a0", " ").split())


def has_class(element, name):
    return name in (element.get("class") or "").split()


def local(element):
    return element.tag.split("}")[-1] if isinstance(element.tag, str) else ""


def text_of(element):
    return plain("".join(element.itertext()))


def run(command, path, extra):
    """Exit status (negative: signal, None: too slow) and output."""
    try:
        done = subprocess.run(command + extra + [path], capture_output=True, timeout=TIMEOUT)
        return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        return None, "", "too slow"


def read_story(output):
    root = ET.fromstring(output)
    article = next((e for e in root.iter() if local(e) == "article" and has_class(e, "story")), None)
    if article is None:
        return None
    found = {"headline": "", "decks": [], "byline": "", "paragraphs": [], "captions": [], "images": 0, "copyright": ""}
    body = None
    for e in article.iter():
        if local(e) == "div" and has_class(e, "body"):
            body = e
        elif has_class(e, "headline"):
            found["headline"] = text_of(e)
        elif has_class(e, "deck"):
            found["decks"].append(text_of(e))
        elif has_class(e, "byline"):
            found["byline"] = text_of(e)
        elif has_class(e, "copyright"):
            found["copyright"] = plain(found["copyright"] + " " + text_of(e))
        elif local(e) == "figure":
            found["images"] += 1
            found["captions"].append(" ".join(text_of(c) for c in e if local(c) == "figcaption"))
    found["blocks"] = [text_of(e) for e in (body if body is not None else []) if local(e) in ("h2", "h3", "ul", "ol")]
    for e in body if body is not None else []:
        inside = [p for p in e.iter() if local(p) == "p"] if local(e) == "blockquote" else [e]
        found["paragraphs"] += [text_of(p) for p in inside if local(p) in ("p", "pre") and not has_class(p, "byline") and text_of(p)]
    return found


def count_right(wanted, got, html):
    wanted = wanted.strip()
    if not wanted:
        return "."
    if wanted.startswith(">="):
        return "y" if got >= int(wanted[2:]) else "N"
    number = int(wanted.lstrip("~"))
    slack = 1 if not html else max(1, number // 5)
    if wanted.startswith("~"):
        slack = max(slack, -(-number // 5))
    return "y" if abs(got - number) <= slack else "N"


def contained(wanted, texts):
    """Each of the wanted values is in one of the texts."""
    wanted = [plain(w) for w in wanted.split(" | ") if plain(w)]
    if not wanted:
        return "."
    return "y" if all(any(w in t for t in texts) for w in wanted) else "N"


def without_by(text):
    return text[3:] if text.lower().startswith("by ") else text


class Furniture(html.parser.HTMLParser):
    """The lines of a page that stand in nav, aside or footer and nowhere else."""
    AROUND = ("nav", "aside", "footer")
    INLINE = ("a", "b", "i", "em", "strong", "span", "small", "u", "time", "img", "wbr", "sup", "sub", "font")

    def __init__(self, text):
        super().__init__()
        self.depth, self.muted, self.line, self.inside, self.outside = 0, 0, "", set(), set()
        self.feed(text)
        self.end_line()

    def end_line(self):
        (self.inside if self.depth else self.outside).add(plain(self.line))
        self.line = ""

    def handle_starttag(self, tag, attrs):
        if tag not in self.INLINE:
            self.end_line()
        self.depth += tag in self.AROUND
        self.muted += tag in ("script", "style")

    def handle_endtag(self, tag):
        if tag not in self.INLINE:
            self.end_line()
        self.depth = max(0, self.depth - (tag in self.AROUND))
        self.muted = max(0, self.muted - (tag in ("script", "style")))

    def handle_data(self, data):
        self.line += data if not self.muted else ""


def furniture_in(path, found):
    """Printed lines that are the page's, not the article's: of furniture elements, or of the list of phrases."""
    with open(path, "rb") as file:
        page = Furniture(file.read().decode("utf-8", "replace"))
    with open(os.path.join(os.path.dirname(__file__), "boilerplate.txt"), encoding="utf-8") as lines:
        phrases = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    printed = found["paragraphs"] + found["blocks"] + found["captions"] + found["decks"]
    return [t for t in printed if len(t) > 3 and t in page.inside - page.outside
            or len(t) < 120 and any(t.lower() == p or t.lower().startswith((p + " ", p + ":")) for p in phrases)]


REPORTS = ("[picture-again]", "[picture-address]")


def judge(row, found):
    html = row["format"] in ("html", "amp", "instant-articles", "microformats")
    marks = {"headline": "." if not row["headline"] else "y" if plain(row["headline"]) == found["headline"] else "N",
             "decks": contained(row["decks"], found["decks"] + found["paragraphs"][:1]),
             "byline": contained(" | ".join(without_by(plain(b)) for b in row["byline"].split(" | ")), [found["byline"]]),
             "paragraphs": count_right(row["paragraphs"], len(found["paragraphs"]), html)}
    trap = row["file"].startswith("traps/")
    marks["images"] = "." if trap or not row["images"] else count_right(row["images"], found["images"], False) if row["images"][0] in "~>" else \
        "y" if found["images"] <= int(row["images"]) <= found["images"] + found["reported"] else "N"
    marks["captions"] = "." if trap else contained(row["captions"], found["captions"])
    marks["copyright"] = contained(row["copyright"], [found["copyright"]])
    return marks


def check(row, corpus, command, maps):
    """Marks by part, and what is wrong with the outcome itself (None: nothing)."""
    path = os.path.join(corpus, row["file"])
    mapping = os.path.join(maps, os.path.splitext(os.path.basename(path))[0] + ".map")
    if os.path.exists(mapping):
        command = command + ["--map=" + mapping]
    status, output, errors = run(command, path, [])
    if status is None:
        return None, "too slow"
    if status < 0 or "AddressSanitizer" in errors or "runtime error" in errors:
        return None, "crash (%s)" % (signal.Signals(-status).name if status < 0 else "sanitizer")
    if row["status"] == "error":
        return None, None if status else "no error"
    if row["status"] == "refuse":
        if status == 0:
            return None, "not refused"
        status, output, errors = run(command, path, ["--force"])
    if row["status"] == "odd" and status:
        return None, None
    story = read_story(output) if output else None
    if story is None:
        return None, "nothing: " + (errors.strip().splitlines() or ["no message"])[0][-90:]
    story["reported"] = sum(int((re.findall(r"\((\d+) times\)$", line) or [1])[0]) for line in errors.splitlines() if any(r in line for r in REPORTS))
    marks = judge(row, story)
    story["furniture"] = furniture_in(path, story) if path.endswith(".html") else []
    marks["furniture"] = "." if not path.endswith(".html") else "N" if story["furniture"] else "y"
    return (marks, story), None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus")
    parser.add_argument("-v", action="store_true", help="show wanted and found where they differ")
    parser.add_argument("--only", default="", help="files whose name contains this")
    parser.add_argument("--maps", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "maps"))
    parser.add_argument("--command", default="build/news2pdf --dump=document")
    options = parser.parse_args()
    command = shlex.split(options.command)
    with open(os.path.join(options.corpus, "expected.tsv"), encoding="utf-8") as lines:
        names = lines.readline().rstrip("\n").split("\t")
        rows = [dict(zip(names, line.rstrip("\n").split("\t"))) for line in lines]
    totals, outcomes, bad = {}, {}, 0
    print("%-48s %s" % ("", " ".join(p[:4] for p in PARTS)))
    for row in rows:
        if options.only not in row["file"] or row["file"].startswith("seed") and row["file"].endswith(".txt"): # a PDF's text
            continue
        result, trouble = check(row, options.corpus, command, options.maps)
        outcome = outcomes.setdefault(row["status"], [0, 0])
        outcome[0] += trouble is None
        outcome[1] += 1
        group = row["file"].split("/")[0]
        tally = totals.setdefault(group, {"files": 0, "bad": 0, **{p: [0, 0] for p in PARTS}})
        tally["files"] += 1
        if trouble or result is None:
            tally["bad"] += trouble is not None
            bad += trouble is not None
            print("%-48s %s" % (row["file"], trouble or row["status"] + " as expected"))
            continue
        marks, story = result
        for part in PARTS:
            tally[part][0] += marks[part] == "y"
            tally[part][1] += marks[part] != "."
        print("%-48s %s" % (row["file"], "    ".join(marks[p] for p in PARTS)))
        for part in PARTS if options.v else []:
            if marks[part] == "N":
                got = story[part] if part != "paragraphs" else "%d: %s" % (len(story[part]), " / ".join(p[:40] for p in story[part]))
                print("    %s\n      wanted %s\n      found  %s" % (part, row.get(part, "none")[:400], str(got)[:1500]))
    print("\n%-20s %5s %5s  %s" % ("", "files", "bad", "  ".join("%-9s" % p[:9] for p in PARTS)))
    for group, tally in totals.items():
        print("%-20s %5d %5d  %s" % (group, tally["files"], tally["bad"], "  ".join("%-9s" % ("%d/%d" % tuple(tally[p])) for p in PARTS)))
    for name, pages in (("XML, JSON and text", False), ("web pages", True)):
        groups = [t for g, t in totals.items() if (g in PAGES) == pages]
        sums = {p: (sum(t[p][0] for t in groups), sum(t[p][1] for t in groups)) for p in PARTS}
        print("%-20s %5d %5d  %s" % (name, sum(t["files"] for t in groups), sum(t["bad"] for t in groups),
                                     "  ".join("%-9s" % ("%d %%" % (100 * a // b) if b else "-") for a, b in sums.values())))
    print("outcomes as expected: " + ", ".join("%s %d/%d" % (s, *n) for s, n in sorted(outcomes.items())))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
