#!/usr/bin/env python3
"""walk.py FILE.pdf: follows every reference of a PDF and checks what hangs together: nothing dangles and nothing is left
over; page tree, structure tree, parent tree and marked content agree both ways; operators of content streams are balanced.
Prints what is wrong, one a line; exit code 1 then. Reads the file with qpdf."""

import base64
import json
import re
import subprocess
import sys

REFERENCE = re.compile(r"^(\d+) 0 R$")
problems = []


def wrong(text):
    problems.append(text)


def load(path):
    out = subprocess.run(["qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=generalized", path],
                         capture_output=True, check=False)
    if out.returncode != 0:
        sys.exit(f"qpdf: {out.stderr.decode('utf-8', 'replace')}")
    objects, data, trailer = {}, {}, None
    for name, entry in json.loads(out.stdout)["qpdf"][1].items():
        if name == "trailer":
            trailer = entry["value"]
            continue
        number = name[4:]
        if "stream" in entry:
            objects[number] = entry["stream"]["dict"]
            data[number] = base64.b64decode(entry["stream"].get("data", ""))
        else:
            objects[number] = entry["value"]
    return objects, data, trailer


def references(value):
    stack = [value]
    while stack:
        at = stack.pop()
        if isinstance(at, str):
            if REFERENCE.match(at):
                yield at
        elif isinstance(at, list):
            stack.extend(at)
        elif isinstance(at, dict):
            stack.extend(at.values())


def check_references(objects, trailer):
    seen, queue = set(), list(references(trailer))
    while queue:
        ref = queue.pop()
        if ref in seen:
            continue
        seen.add(ref)
        if objects.get(ref) is None:
            wrong(f"{ref} is referred to but isn't there")
            continue
        queue.extend(references(objects[ref]))
    for ref, value in objects.items():
        # the length of a stream is not told by qpdf: numbers may seem left over
        kind = value.get("/Type") if isinstance(value, dict) else None
        if ref not in seen and value is not None and not isinstance(value, int) and kind not in ("/XRef", "/ObjStm"):
            wrong(f"{ref} is left over: {str(value)[:80]}")


def pages_of(objects, catalog):
    """Pages in order; Parent and Count are checked on the way."""
    pages = []

    def visit(ref, parent):
        node = objects[ref]
        if node.get("/Parent") != parent:
            wrong(f"{ref}: /Parent is {node.get('/Parent')}, not {parent}")
        if node["/Type"] == "/Page":
            pages.append(ref)
            return 1
        count = sum(visit(kid, ref) for kid in node["/Kids"])
        if node["/Count"] != count:
            wrong(f"{ref}: /Count {node['/Count']}, {count} pages")
        return count

    visit(catalog["/Pages"], None)
    return pages


def tree(objects, root, leaf_key):
    """Pairs of a number or name tree; Limits are checked."""
    def visit(ref, top):
        node = objects[ref] if isinstance(ref, str) else ref
        flat = node.get(leaf_key, [])
        pairs = [(flat[i], flat[i + 1]) for i in range(0, len(flat), 2)]
        for kid in node.get("/Kids", []):
            pairs += visit(kid, False)
        if not top and pairs and node["/Limits"] != [pairs[0][0], pairs[-1][0]]:
            wrong(f"{ref}: /Limits {node['/Limits']} but {pairs[0][0]} to {pairs[-1][0]}")
        return pairs
    return visit(root, True) if root else []


TOKEN = re.compile(rb"\((?:[^()\\]|\\.)*\)|<<|>>|<[0-9A-Fa-f\s]*>|/[^\s/<>\[\]()]*|[\[\]]|[^\s/<>\[\]()]+", re.S)


def check_content(name, content):
    """The mcids that a content stream opens."""
    mcids, text, saved, marks, last = [], False, 0, [], []
    for token in TOKEN.findall(content):
        if token in (b"BT", b"ET"):
            if text == (token == b"BT"):
                wrong(f"{name}: {token.decode()} out of place")
            text = token == b"BT"
        elif token in (b"q", b"Q"):
            saved += 1 if token == b"q" else -1
            if saved < 0 or text:
                wrong(f"{name}: {token.decode()} out of place")
            if saved > 28:
                wrong(f"{name}: q nested deeper than 28")
        elif token in (b"BDC", b"BMC"):
            if b"/MCID" in last:
                mcid = int(last[last.index(b"/MCID") + 1])
                mcids.append(mcid)
                if any(kind != "span" for kind, _ in marks):
                    wrong(f"{name}: marked content {mcid} inside other marked content")
                marks.append(("content", text))
            elif b"/Artifact" in last:
                if marks:
                    wrong(f"{name}: artifact inside marked content")
                marks.append(("artifact", text))
            else:
                marks.append(("span", text))
        elif token == b"EMC":
            if not marks:
                wrong(f"{name}: EMC without BMC")
            elif marks.pop()[1] != text:
                wrong(f"{name}: marked content crosses a text object")
        elif token in (b"f", b"f*", b"S", b"Do", b"Tj", b"TJ", b"sh", b"B"):
            form = token == b"Do" and last and last[-1].startswith(b"/X")
            if not marks and not form:
                wrong(f"{name}: {token.decode()} is neither tagged nor an artifact")
        last = [] if re.fullmatch(rb"[A-Za-z][A-Za-z0-9*]*", token) else last + [token]
    if text or saved or marks:
        wrong(f"{name}: something is left open at the end: text {text}, q {saved}, marks {marks}")
    return mcids


def check_structure(objects, data, catalog, pages):
    root_ref = catalog.get("/StructTreeRoot")
    if not root_ref:
        return
    root = objects[root_ref]
    parents = dict(tree(objects, root["/ParentTree"], "/Nums"))
    used = {}
    stack = [(kid, root_ref) for kid in (root["/K"] if isinstance(root["/K"], list) else [root["/K"]])]
    while stack:
        ref, parent = stack.pop()
        element = objects[ref]
        if element["/P"] != parent:
            wrong(f"{ref}: /P is {element['/P']}, not {parent}")
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            if isinstance(kid, str):
                stack.append((kid, ref))
                continue
            if isinstance(kid, dict) and kid["/Type"] == "/OBJR":
                key = objects[kid["/Obj"]].get("/StructParent")
                if parents.get(key) != ref:
                    wrong(f"{ref}: annotation {kid['/Obj']} has the parent {parents.get(key)}")
                continue
            page, mcid, stream = (element["/Pg"], kid, None) if isinstance(kid, int) else (kid["/Pg"], kid["/MCID"], kid.get("/Stm"))
            if page not in pages:
                wrong(f"{ref}: {page} is not a page")
            owner = stream or page
            key = objects[owner].get("/StructParents")
            listed = objects.get(parents.get(key)) or []
            if mcid >= len(listed) or listed[mcid] != ref:
                wrong(f"{ref}: the parent tree gives content {mcid} of {owner} to {listed[mcid] if mcid < len(listed) else None}")
            if (owner, mcid) in used:
                wrong(f"{owner}: content {mcid} is used twice")
            used[(owner, mcid)] = ref
    for ref, value in objects.items():
        if not isinstance(value, dict) or "/StructParents" not in value:
            continue
        source = ref if value.get("/Subtype") == "/Form" else value["/Contents"]
        mcids = check_content(ref, data[source])
        listed = objects[parents[value["/StructParents"]]]
        if mcids != list(range(len(listed))):
            wrong(f"{ref}: contents {mcids}, the parent tree knows {len(listed)}")
        for mcid in mcids:
            if (ref, mcid) not in used:
                wrong(f"{ref}: content {mcid} is in no element")


def check_outline(objects, catalog):
    def visit(ref):
        node, count, child, before = objects[ref], 0, objects[ref].get("/First"), None
        while child:
            item = objects[child]
            if item["/Parent"] != ref or item.get("/Prev") != before:
                wrong(f"{child}: its /Parent or /Prev is wrong")
            shown = visit(child)
            count += 1 + (shown if item.get("/Count", 0) > 0 else 0)
            before, child = child, item.get("/Next")
        if node.get("/Last") != before:
            wrong(f"{ref}: /Last is {node.get('/Last')}, not {before}")
        if abs(node.get("/Count", 0)) != count:
            wrong(f"{ref}: /Count {node.get('/Count')}, {count} entries")
        return count
    if "/Outlines" in catalog:
        visit(catalog["/Outlines"])


def main():
    objects, data, trailer = load(sys.argv[1])
    catalog = objects[trailer["/Root"]]
    check_references(objects, trailer)
    pages = pages_of(objects, catalog)
    check_structure(objects, data, catalog, set(pages))
    for page in pages:
        if "/StructParents" not in objects[page]:
            check_content(page, data[objects[page]["/Contents"]])
    check_outline(objects, catalog)
    names = objects[catalog["/Names"]] if isinstance(catalog.get("/Names"), str) else catalog.get("/Names", {})
    keys = [key for key, _ in tree(objects, names.get("/Dests"), "/Names")]
    if keys != sorted(keys):
        wrong("destination names are not sorted")
    print("\n".join(problems[:40]) if problems else f"{len(objects)} objects, {len(pages)} pages")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
