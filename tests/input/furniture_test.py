#!/usr/bin/env python3
"""corpus.py's check for a page's furniture finds what is planted, and nothing where there is none (TAP).

    furniture_test.py DUMP"""
import os
import subprocess
import sys
import tempfile

import corpus

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Quay</title></head><body>
<nav><ul><li><a href="/w">Weather at sea</a></li><li><a href="/q">The quay was opened.</a></li></ul></nav>
<main><article><h1>Quay</h1><p>The quay was opened.</p>%s</article></main>
<aside><p>Cranes for hire</p></aside><footer><p>Imprint of the house</p></footer></body></html>"""


def furniture(printed, planted=""):
    found = {"paragraphs": ["The quay was opened."] + printed, "blocks": [], "captions": [], "decks": []}
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as page:
        page.write(PAGE % planted)
        page.flush()
        return corpus.furniture_in(page.name, found)


def read(dump, name):
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), name)
    output = subprocess.run([dump, path], capture_output=True, timeout=20, check=False).stdout
    return corpus.furniture_in(path, corpus.read_story(output.decode("utf-8")))


def main():
    checks = [("text alone is no furniture, also where nav repeats it", furniture([]) == [])]
    for line in ("Weather at sea", "Cranes for hire", "Imprint of the house", "Read more: a link", "Subscribe"):
        checks.append(("a planted line is found: " + line, furniture([line]) == [line]))
    checks.append(("what the article says, too, is its own", furniture(["Cranes for hire"], "<p>Cranes for hire</p>") == []))
    checks.append(("a sentence that begins like a phrase is text", furniture(["Subscribers paid for it."]) == []))
    for page in ("page.html", "byline.html", "radio.html", "gallery.html"):
        checks.append(("nothing of it is printed of " + page, read(sys.argv[1], page) == []))
    for name, right in checks:
        print("%s - input: furniture: %s" % ("ok" if right else "not ok", name))


if __name__ == "__main__":
    main()
