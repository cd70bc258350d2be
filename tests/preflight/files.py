#!/usr/bin/env python3
"""files.py CASE OUT.pdf: a small finished file with one thing wrong (or none: "good"), for preflight to find."""
import sys

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" pdfxid:GTS_PDFXVersion="PDF/X-4"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">Title</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def build(case):
    icc = open("profiles/coated-fogra39-300.icc", "rb").read()
    page = "/MediaBox[0 0 317 317]/TrimBox[8.5 8.5 308.5 308.5]/BleedBox[0 0 317 317]"
    content = "0 0 0 1 k BT /F1 12 Tf 60 200 Td (A) Tj ET q 100 0 0 100 60 60 cm /I1 Do Q"
    font = "/Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 7 0 R>>/Encoding<</Differences[65/a]>>/FirstChar 65/LastChar 65/Widths[1]"
    catalog, info, annotations, resources, version = "", "/Title(Title)/Trapped/False", "", "", "1.6"
    image, size = "/DeviceCMYK", 400
    if case == "font":
        font = "/Type/Font/Subtype/Type1/BaseFont/Helvetica"
    elif case == "rgb":
        content += " 1 0 0 rg 10 10 20 20 re f"
    elif case == "rgb-image":
        image = "/DeviceRGB"
    elif case == "script":
        catalog = "/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(1)>>]>>>>"
    elif case == "link":
        annotations = "/Annots[<</Type/Annot/Subtype/Link/Rect[50 50 90 90]/A<</S/URI/URI(http://a.b/)>>>>]"
    elif case == "art":
        page += "/ArtBox[8.5 8.5 308.5 308.5]"
    elif case == "outside":
        page = page.replace("/BleedBox[0 0 317 317]", "/BleedBox[20 20 317 317]")
    elif case == "trapped":
        info = "/Title(Title)"
    elif case == "titles":
        info = info.replace("(Title)", "(Another)")
    elif case == "coarse":
        size = 100
    elif case == "small":
        content = content.replace("12 Tf", "4 Tf")
    elif case == "small-scaled":
        content = "q .25 0 0 .25 0 0 cm " + content + " Q"
    elif case == "colored":
        content = content.replace("0 0 0 1 k", "0 1 1 0 k").replace("12 Tf", "6 Tf")
    elif case == "rich":
        content = content.replace("0 0 0 1 k", ".7 .7 .7 .9 k")
    elif case == "hairline":
        content += " 0 w 10 10 m 90 90 l S"
    elif case == "spot":
        resources = "/ColorSpace<</C1[/Separation/HKS#2014/DeviceCMYK<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 0]/C1[0 1 1 0]>>]>>"
        content += " /C1 cs 1 scn 10 10 20 20 re f"
    elif case == "version":
        version = "1.7"
    elif case == "bleed":
        page = "/MediaBox[0 0 300 300]/TrimBox[0 0 300 300]"
    elif case == "empty":
        content = ""
    intent = "" if case == "intent" else "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFX/OutputConditionIdentifier(FOGRA39)/DestOutputProfile 6 0 R>>]"
    bodies = [
        f"<</Type/Catalog/Pages 2 0 R/Metadata 8 0 R/Lang(en){intent}{catalog}>>".encode(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R{page}{annotations}/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject<</I1 9 0 R>>{resources}>>>>".encode(),
        stream("", content.encode()), f"<<{font}>>".encode(), stream("/N 4", icc), stream("", b"1 0 d0 0 0 1 1 re f"),
        stream("/Type/Metadata/Subtype/XML", XMP.encode()),
        stream(f"/Type/XObject/Subtype/Image/Width {size}/Height {size}/BitsPerComponent 8/ColorSpace{image}",
               bytes(size * size * (3 if "RGB" in image else 4))), f"<<{info}>>".encode()]
    out, places = b"%PDF-" + version.encode() + b"\n%\xe2\xe3\xcf\xd3\n", []
    for i, body in enumerate(bodies):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i + 1, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1) + b"".join(b"%010d 00000 n \n" % at for at in places)
    out += b"trailer<</Size %d/Root 1 0 R/Info 10 0 R/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)
    return out.replace(b"startxref\n%d" % start, b"startxref\n%d" % (start - 9)) if case == "lost" else out


def stream(entries, data):
    return f"<<{entries}/Length {len(data)}>>stream\n".encode() + data + b"\nendstream"


open(sys.argv[2], "wb").write(build(sys.argv[1]))
