#!/usr/bin/env python3
"""standards.py FILE.pdf [CLAIM ...]: does the file keep what it claims? Claims (PDF/X-4, PDF/A-2a, PDF/UA-1 ...) are read
from the file itself and must be those given. Every rule has the id of print-ready.md, which is printed with what is wrong,
one a line; exit code 1 then. Reads the file with qpdf."""

import re
import sys
from xml.etree import ElementTree

import walk

problems = []
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
SPACES = {"dc": "http://purl.org/dc/elements/1.1/", "xmp": "http://ns.adobe.com/xap/1.0/", "pdf": "http://ns.adobe.com/pdf/1.3/",
          "xmpMM": "http://ns.adobe.com/xap/1.0/mm/", "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
          "pdfuaid": "http://www.aiim.org/pdfua/ns/id/", "pdfxid": "http://www.npes.org/pdfx/ns/id/",
          "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/", "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#"}


def must(condition, rule, text):
    if not condition:
        problems.append(f"{rule}: {text}")


def text_of(value):
    """What qpdf's JSON has for a string or name."""
    return value[2:] if isinstance(value, str) and value[:2] in ("u:", "b:") else value


class File:
    def __init__(self, path):
        with open(path, "rb") as stream:
            self.raw = stream.read()
        self.objects, self.data, self.trailer = walk.load(path)
        self.catalog = self.get(self.trailer["/Root"])
        self.pages = [self.objects[ref] for ref in walk.pages_of(self.objects, self.catalog)]
        self.version = float(self.raw[5:8])
        self.info = self.get(self.trailer.get("/Info")) or {}
        self.xmp = {}
        self.schemas = set()
        self.read_xmp()

    def get(self, value):
        return self.objects.get(value) if isinstance(value, str) and walk.REFERENCE.match(value) else value

    def read_xmp(self):
        packet = self.data[self.catalog["/Metadata"]]
        must(b"bytes=" not in packet and b"encoding=" not in packet.split(b"?>")[0], "G6", "the packet's head has bytes or encoding")
        must("/Filter" not in self.get(self.catalog["/Metadata"]), "G6", "XMP is compressed")
        tree = ElementTree.fromstring(packet.decode("utf-8").replace("\ufeff", ""))
        names = {uri: prefix for prefix, uri in SPACES.items()}
        for about in tree.iter(RDF + "Description"):
            for item in about:
                uri, name = item.tag[1:].split("}")
                inner = [li.text or "" for li in item.iter(RDF + "li")]
                self.xmp[f"{names.get(uri, uri)}:{name}"] = inner[0] if inner else item.text
        for schema in tree.iter("{%s}namespaceURI" % SPACES["pdfaSchema"]):
            self.schemas.add(schema.text)

    def claims(self):
        found = set()
        if "pdfxid:GTS_PDFXVersion" in self.xmp or "/GTS_PDFXVersion" in self.info:
            found.add(self.xmp.get("pdfxid:GTS_PDFXVersion") or text_of(self.info["/GTS_PDFXVersion"]).split(":")[0])
        if "pdfaid:part" in self.xmp:
            found.add("PDF/A-" + self.xmp["pdfaid:part"] + self.xmp.get("pdfaid:conformance", "").lower())
        if "pdfuaid:part" in self.xmp:
            found.add("PDF/UA-" + self.xmp["pdfuaid:part"])
        return found

    def contents(self):
        """Name, resources and operators of every content stream."""
        for page in self.pages:
            yield page["/Contents"], self.get(page["/Resources"]), self.data[page["/Contents"]]
        for ref, value in self.objects.items():
            if isinstance(value, dict) and value.get("/Subtype") == "/Form":
                yield ref, self.get(value["/Resources"]), self.data[ref]


def all_dicts(value):
    stack = [value]
    while stack:
        at = stack.pop()
        if isinstance(at, dict):
            yield at
            stack.extend(at.values())
        elif isinstance(at, list):
            stack.extend(at)


def date_of(text):
    """(2024, 5, 17, 8, 30, 0, '+02:00') of a PDF or an XMP date; shorter where less is said."""
    match = re.fullmatch(r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)(Z|[+-]\d\d'\d\d')?)?", text) or \
        re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(Z|[+-]\d\d:\d\d)?)?", text)
    return [part.replace("'", ":").rstrip(":") if part else None for part in match.groups()] if match else text


# ---- every file ----

def check_common(f):
    must(f.raw[:5] == b"%PDF-" and f.raw[8:10] == b"\n%" and all(b > 127 for b in f.raw[10:14]), "G1", "the first two lines are wrong")
    must("/Version" not in f.catalog, "G1", "the catalog has a version of its own")
    ids = re.search(rb"/ID\s*\[\s*<([0-9a-f]+)>\s*<([0-9a-f]+)>", f.raw)
    must(ids and len(ids.group(1)) == len(ids.group(2)) == 32, "G2", "no two identifiers of 16 bytes")
    must("/Encrypt" not in f.trailer, "G3", "it is encrypted")
    must(f.raw.endswith(b"%%EOF\n"), "G4", "something follows the end")
    if f.version < 1.5:
        must(b"/ObjStm" not in f.raw and b"/Type/XRef" not in f.raw, "G4", "object streams before PDF 1.5")
    for ref, value in f.objects.items():
        for d in all_dicts(value):
            filters = d.get("/Filter", [])
            must("/LZWDecode" not in filters and "/Crypt" not in filters, "G3", f"{ref} is packed as {filters}")
            must(not (ref.split()[0] + " 0 R" in f.data and isinstance(d.get("/F"), str) and "/Length" in d), "G3", f"{ref} is outside of the file")
            must(d.get("/S") not in ("/JavaScript", "/Launch", "/Sound", "/Movie", "/Hide", "/SubmitForm", "/ResetForm", "/ImportData"), "G9", f"{ref} has the action {d.get('/S')}")
            must(not {"/AA", "/XFA", "/Requirements", "/PresSteps"} & set(d), "G9", f"{ref} has {sorted(set(d))}")
            if d.get("/Subtype") == "/Image":
                must(not {"/Alternates", "/OPI"} & set(d) and not d.get("/Interpolate"), "G10", f"{ref}: an image that varies")
                must(d.get("/BitsPerComponent") in (1, 2, 4, 8, 16), "G10", f"{ref}: {d.get('/BitsPerComponent')} bits")
            must(not {"/TR", "/HTP"} & set(d) and d.get("/TR2") in (None, "/Default"), "G11", f"{ref}: a transfer function")
            for key in d:
                must(len(key) <= 128, "G4", f"{ref}: the name {key} is too long")
    for name, resources, _ in f.contents():
        must(isinstance(resources, dict), "G12", f"{name} has no resources")
    for item in f.objects.values():
        if isinstance(item, dict) and "/Title" in item and "/Parent" in item:
            must("/Dest" in item and "/A" not in item, "G13", "an outline entry has an action")


def check_info(f):
    pairs = {"/Title": "dc:title", "/Author": "dc:creator", "/Subject": "dc:description", "/Keywords": "pdf:Keywords",
             "/Creator": "xmp:CreatorTool", "/Producer": "pdf:Producer"}
    for key, name in pairs.items():
        must(text_of(f.info.get(key)) == f.xmp.get(name) or not f.info, "G7", f"{key} {f.info.get(key)} but {name} {f.xmp.get(name)}")
    for key, name in {"/CreationDate": "xmp:CreateDate", "/ModDate": "xmp:ModifyDate"}.items():
        if f.info and (key in f.info or name in f.xmp):
            must(date_of(text_of(f.info.get(key, ""))) == date_of(f.xmp.get(name, "")), "G7", f"{key} {f.info.get(key)} but {name} {f.xmp.get(name)}")


def check_fonts(f):
    for ref, font in f.objects.items():
        if not isinstance(font, dict) or font.get("/Type") != "/Font" or font.get("/Subtype") != "/Type0":
            continue
        below = f.get(font["/DescendantFonts"][0] if isinstance(font["/DescendantFonts"], list) else f.get(font["/DescendantFonts"])[0])
        descriptor = f.get(below["/FontDescriptor"])
        must(re.match(r"/[A-Z]{6}\+", font["/BaseFont"]), "G8", f"{ref}: {font['/BaseFont']} has no prefix")
        must({"/FontFile2", "/FontFile3"} & set(descriptor), "G8", f"{ref} is not embedded")
        must(font["/Encoding"] == "/Identity-H", "G8", f"{ref} has the encoding {font['/Encoding']}")
        must(below["/Subtype"] != "/CIDFontType2" or below.get("/CIDToGIDMap") == "/Identity", "G8", f"{ref} has no CIDToGIDMap")
        must(("/CIDSet" in descriptor) == ("PDF/A-1b" in f.claims()) and "/CharSet" not in descriptor, "G8", f"{ref}: CIDSet")
        for code, text in re.findall(rb"^<([0-9A-F]{4})><([0-9A-F]*)>$", f.data[font["/ToUnicode"]], re.M):
            must(text and not re.search(rb"^(....)*(0000|FEFF|FFFE)", text), "G8", f"{ref}: code {code} stands for {text}")


def shown_codes(content):
    for token in re.findall(rb"\((?:[^()\\]|\\.)*\)", content, re.S):
        text = re.sub(rb"\\(.)", lambda m: {b"r": b"\r"}.get(m.group(1), m.group(1)), token[1:-1], flags=re.S)
        yield from (text[i] << 8 | text[i + 1] for i in range(0, len(text) - 1, 2))


def check_notdef(f):
    for name, _, content in f.contents():
        stripped = re.sub(rb"/ActualText\s*(\((?:[^()\\]|\\.)*\)|<[^>]*>)", b"", content, flags=re.S)
        must(0 not in set(shown_codes(stripped)), "G8", f"{name} shows .notdef")


# ---- PDF/X ----

def box(page, key):
    return [float(v) for v in page[key]] if key in page else None


def inside(inner, outer):
    return inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def check_x(f, claim):
    version = {"PDF/X-4": 1.6}.get(claim, 1.4)
    must(f.version == version, "G1", f"PDF {f.version} for {claim}")
    if claim == "PDF/X-4":
        for name in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate", "dc:title", "xmpMM:DocumentID"):
            must(f.xmp.get(name), "X2", f"{name} is missing")
        must(f.xmp.get("xmpMM:DocumentID", "").startswith("uuid:") and f.xmp.get("xmpMM:VersionID") == "1" and
             f.xmp.get("xmpMM:RenditionClass") == "default", "X2", "the version is not identified")
        must(f.xmp.get("pdf:Trapped") in ("True", "False"), "X3", f"pdf:Trapped is {f.xmp.get('pdf:Trapped')}")
    else:
        for key in ("/Title", "/CreationDate", "/ModDate", "/Creator", "/Producer"):
            must(f.info.get(key), "3.2", f"Info has no {key}")
        must(text_of(f.info.get("/GTS_PDFXVersion")) == claim + ":2003", "3.2", f"Info says {f.info.get('/GTS_PDFXVersion')}")
    must(f.info.get("/Trapped") in ("/True", "/False"), "X3", f"/Trapped is {f.info.get('/Trapped')}")
    intents = [f.get(i) for i in f.catalog["/OutputIntents"] if f.get(i)["/S"] == "/GTS_PDFX"]
    must(len(intents) == 1, "X4", f"{len(intents)} intents")
    for intent in intents:
        must(text_of(intent.get("/OutputConditionIdentifier")) and text_of(intent.get("/Info")), "X4", "the condition has no name")
        profile, bytes_ = f.get(intent["/DestOutputProfile"]), f.data[intent["/DestOutputProfile"]]
        must(bytes_[12:16] == b"prtr" and bytes_[16:20] == b"CMYK" and profile["/N"] == 4, "X5", f"the profile is {bytes_[12:20]}")
        tags = {bytes_[132 + 12 * i:136 + 12 * i] for i in range(int.from_bytes(bytes_[128:132], "big"))}
        must({b"A2B0", b"A2B1", b"B2A0", b"B2A1", b"wtpt"} <= tags, "X5", f"the profile has only {sorted(tags)}")
    for page in f.pages:
        must("/TrimBox" in page and not {"/CropBox", "/ArtBox", "/UserUnit", "/Rotate"} & set(page), "X6", f"a page has {sorted(page)}")
        trim, bleed, media = box(page, "/TrimBox"), box(page, "/BleedBox"), box(page, "/MediaBox")
        must(inside(trim, bleed or media) and inside(bleed or trim, media), "X6", f"{trim} {bleed} {media}")
        must("/Annots" not in page, "X9", "a page has annotations")
        must("/Group" not in page or page["/Group"].get("/CS") == "/DeviceCMYK", "X8", f"a page blends in {page.get('/Group')}")
    for ref, value in f.objects.items():
        for d in all_dicts(value):
            must(d.get("/Type") != "/Action" and "/URI" not in d and "/OpenAction" not in d, "X10", f"{ref} is an action")
    must("/OCProperties" not in f.catalog, "X11", "there are layers")


# ---- PDF/A ----

def check_a(f, claim):
    part, level = claim[6], claim[7:]
    must(f.version <= {"1": 1.4, "2": 1.7, "3": 1.7, "4": 2.0}[part] and (part != "4" or f.version == 2.0), "A3", f"PDF {f.version} for {claim}")
    must(part != "4" or ("/Info" not in f.trailer and f.xmp.get("pdfaid:rev") == "2020"), "A7", "Info, or no revision")
    intents = [f.get(i) for i in f.catalog["/OutputIntents"]]
    must(any(i["/S"] == "/GTS_PDFA1" for i in intents) and len({i["/DestOutputProfile"] for i in intents}) == 1, "A8", f"{len(intents)} intents")
    if part != "4":
        for prefix in ("pdfuaid", "pdfxid"):
            if any(name.startswith(prefix + ":") for name in f.xmp):
                must(SPACES[prefix] in f.schemas, "A9", f"{prefix} is not described")
    for page in f.pages:
        for ref in f.get(page.get("/Annots", [])):
            flags = f.get(ref).get("/F", 0)
            must(flags & 4 and not flags & (1 | 2 | 32 | 256), "A10", f"{ref} has the flags {flags}")
    if level == "a":
        must("/StructTreeRoot" in f.catalog and f.catalog.get("/MarkInfo", {}).get("/Marked") is True and f.catalog.get("/Lang"), "A5", "it is not tagged")
    if part == "1":
        check_opaque(f, "A-1")
    for ref, value in f.objects.items():
        if isinstance(value, dict) and "/EF" in value:
            must(part in "34" and {"/F", "/UF", "/AFRelationship"} <= set(value), "A6", f"{ref} is attached as {sorted(value)}")


def check_opaque(f, rule):
    """3.2, A-1: nothing is transparent."""
    for page in f.pages:
        must("/Group" not in page, rule, "a page is a group")
    for ref, value in f.objects.items():
        for d in all_dicts(value):
            must(d.get("/SMask") in (None, "/None"), rule, f"{ref} has a soft mask")
            must(d.get("/S") != "/Transparency", rule, f"{ref} is a group")
            must(d.get("/ca", 1) == 1 and d.get("/CA", 1) == 1 and d.get("/BM", "/Normal") == "/Normal", rule, f"{ref} is transparent")


# ---- device colours against the intent ----

def check_device(f):
    must("/OutputIntents" in f.catalog, "A12", "there is no output intent")
    if "/OutputIntents" not in f.catalog:
        return
    intent = f.get(f.get(f.catalog["/OutputIntents"][0])["/DestOutputProfile"])["/N"]
    forbidden = {"RGB": {b"rg", b"RG"}, "CMYK": {b"k", b"K"}}["RGB" if intent == 4 else "CMYK"]
    space = "/DeviceRGB" if intent == 4 else "/DeviceCMYK"
    for name, _, content in f.contents():
        stripped = re.sub(rb"\((?:[^()\\]|\\.)*\)", b"", content, flags=re.S)
        used = set(stripped.split()) & forbidden
        must(not used, "X7/A8", f"{name} uses {sorted(used)} against the intent")
    for ref, value in f.objects.items():
        if isinstance(value, dict) and value.get("/Subtype") == "/Image":
            must(value.get("/ColorSpace") != space, "X7/A8", f"{ref} is in {space} against the intent")


# ---- PDF/UA ----

HOLDS = {"/Table": {"/TR", "/THead", "/TBody", "/TFoot", "/Caption"}, "/TR": {"/TH", "/TD"}, "/THead": {"/TR"}, "/TBody": {"/TR"},
         "/TFoot": {"/TR"}, "/L": {"/L", "/LI", "/Caption"}, "/LI": {"/Lbl", "/LBody"}, "/TOC": {"/TOC", "/TOCI", "/Caption"}}
STANDS_IN = {"/TR": {"/Table", "/THead", "/TBody", "/TFoot"}, "/THead": {"/Table"}, "/TBody": {"/Table"}, "/TFoot": {"/Table"},
             "/TH": {"/TR"}, "/TD": {"/TR"}, "/LI": {"/L"}, "/LBody": {"/LI"}, "/TOCI": {"/TOC"},
             "/Caption": {"/Table", "/L", "/TOC", "/Figure"}}


def elements(f):
    """Depth first: reference, element, parent's type, the types of the kids."""
    stack = [(f.get(f.catalog["/StructTreeRoot"])["/K"], None)]
    while stack:
        ref, parent = stack.pop()
        element = f.get(ref)
        kids = element.get("/K", [])
        kids = [k for k in (kids if isinstance(kids, list) else [kids])]
        below = [k for k in kids if isinstance(k, str)]
        yield ref, element, parent, [f.get(k)["/S"] for k in below], kids
        stack.extend((k, element["/S"]) for k in reversed(below))


def rows_of(f, table):
    for kid in table["/K"] if isinstance(table["/K"], list) else [table["/K"]]:
        element = f.get(kid)
        if element["/S"] == "/TR":
            yield element
        elif element["/S"] != "/Caption" and "/K" in element:
            yield from rows_of(f, element)


def check_table(f, ref, table):
    taken, width = {}, 0
    rows = list(rows_of(f, table))
    for r, row in enumerate(rows):
        column = 0
        for kid in row["/K"] if isinstance(row["/K"], list) else [row["/K"]]:
            cell = f.get(kid)
            while (r, column) in taken:
                column += 1
            attributes = cell.get("/A", {})
            must(cell["/S"] != "/TH" or attributes.get("/Scope") in ("/Row", "/Column"), "U15", f"{kid} has no scope")
            for y in range(attributes.get("/RowSpan", 1)):
                for x in range(attributes.get("/ColSpan", 1)):
                    must((r + y, column + x) not in taken, "U15", f"{kid} overlaps another cell")
                    taken[(r + y, column + x)] = kid
            column += attributes.get("/ColSpan", 1)
        width = max(width, column)
    holes = [(r, c) for r in range(len(rows)) for c in range(width) if (r, c) not in taken]
    must(not holes, "U15", f"{ref}: the table has holes at {holes[:5]}")
    must(all(r < len(rows) for r, _ in taken), "U15", f"{ref}: a cell leaves the table")


def check_tree(f):
    level, notes = 0, set()
    for ref, element, parent, below, kids in elements(f):
        kind = element["/S"]
        must(kind not in STANDS_IN or parent in STANDS_IN[kind], "U09", f"{ref}: {kind} stands in {parent}")
        must(kind not in HOLDS or set(below) <= HOLDS[kind], "U09", f"{ref}: {kind} holds {below}")
        must(kind not in HOLDS or len(below) == len(kids), "U09", f"{ref}: {kind} holds text")
        if kind == "/Table":
            must(below.count("/THead") <= 1 and below.count("/TFoot") <= 1, "U09", f"{ref}: {below}")
            must(not {"/THead", "/TFoot"} & set(below) or "/TBody" in below, "U09", f"{ref}: {below}")
            must("/Caption" not in below[1:-1] and below.count("/Caption") <= 1, "U09", f"{ref}: {below}")
            check_table(f, ref, element)
        if kind == "/Figure":
            must(text_of(element.get("/Alt")) or "/ActualText" in element, "U13", f"{ref} says nothing")
            must(len(element.get("/A", {}).get("/BBox", [])) == 4, "U13", f"{ref} has no BBox")
        if re.fullmatch(r"/H[1-6]", kind):
            must(int(kind[2]) <= level + 1, "U14", f"{ref}: {kind} after level {level}")
            level = int(kind[2])
        if kind == "/Note":
            must(element.get("/ID") and element["/ID"] not in notes, "U19", f"{ref}: {element.get('/ID')}")
            notes.add(element.get("/ID"))
        if kind == "/Link":
            must(any(isinstance(k, dict) and k.get("/Type") == "/OBJR" for k in kids), "U28", f"{ref} has no annotation")
        if "/Lang" in element:
            must(re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", text_of(element["/Lang"])), "U11", f"{ref}: {element['/Lang']}")


def check_ua(f, claim):
    must(f.version == 2.0 if claim == "PDF/UA-2" else f.version <= 1.7, "U06", f"PDF {f.version} for {claim}")
    must(f.xmp.get("dc:title"), "U06", "no title")
    must(f.catalog.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is True, "U07", "the title is not shown")
    must(f.catalog.get("/MarkInfo", {}).get("/Marked") is True and not f.catalog["/MarkInfo"].get("/Suspects"), "U01", "it is not marked")
    must(re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", text_of(f.catalog.get("/Lang", ""))), "U11", f"/Lang is {f.catalog.get('/Lang')}")
    for page in f.pages:
        for ref in f.get(page.get("/Annots", [])):
            annotation = f.get(ref)
            must(text_of(annotation.get("/Contents")) and "/StructParent" in annotation, "U28", f"{ref} is not in the tree")
            must(page.get("/Tabs") == "/S" or f.version < 1.5, "U28", "the page has no order of tabs")
    check_tree(f)


def main():
    f = File(sys.argv[1])
    claims = f.claims()
    wanted = set(sys.argv[2:])
    must(not wanted or claims == wanted, "G6", f"it claims {sorted(claims)}, not {sorted(wanted)}")
    check_common(f)
    check_info(f)
    check_fonts(f)
    check_notdef(f)
    check_device(f)
    for claim in sorted(claims):
        {"X": check_x, "A": check_a, "U": check_ua}[claim[4]](f, claim)
        if claim in ("PDF/X-1a", "PDF/X-3"):
            check_opaque(f, "3.2")
    problems.extend(f"U01: {text}" for text in walk.problems)
    print("\n".join(problems[:40]) if problems else f"{', '.join(sorted(claims)) or 'no standard'}: kept")
    sys.exit(1 if problems else 0)


main()
