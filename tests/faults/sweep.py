#!/usr/bin/env python3
"""Fails the nth call of each kind (tests/faults/shim.c) for every n over small runs, and looks what came of it.

    tests/faults/sweep.py SHIM PROGRAM [--step N]

After each the output is the whole new file or the old one, nothing else lies beside it, the program was not ended by a
signal, and a failure has an exit code and a message. With --step only every Nth call. Speaks TAP; then the counts.
"""
import argparse
import os
import subprocess
import sys
import tempfile

OLD = b"old\n"
KINDS = ("malloc", "read", "write", "open", "rename", "fsync", "mmap")
TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PHOTO = '<media media-type="image"><media-reference mime-type="image/jpeg" source="photo.jpg"/></media>'
NITF = ('<nitf><head><title>Ferry</title></head><body><body.head><hedline><hl1>Ferry swaps diesel</hl1></hedline>'
        '</body.head><body.content><p>The ferry sails on batteries.</p>%s</body.content></body></nitf>')
HTML = '<!DOCTYPE html><title>Ferry</title><style>p{color:red}</style><h1>Ferry</h1><p>The ferry <b>sails</b>.'
RUNS = {  # name: (arguments, input)
    "an article with a photo": ([], "a.xml", NITF % PHOTO),
    "a document": (["--as", "document"], "a.html", HTML),
}


def run(options, folder, arguments, fail=None, count=None):
    out = os.path.join(folder, "out.pdf")
    with open(out, "wb") as file:
        file.write(OLD)
    environment = dict(os.environ, LD_PRELOAD=os.path.abspath(options.shim), SOURCE_DATE_EPOCH="0")
    environment.update({"N2P_FAIL": fail} if fail else {}, **({"N2P_COUNT": count} if count else {}))
    done = subprocess.run([os.path.abspath(options.program), "--config", "none", *arguments, "-o", out],
                          env=environment, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    with open(out, "rb") as file:
        return done, file.read()


def judge(done, made, whole, folder, before):
    """What is wrong, or None. A degraded bulletin (a picture or font left out) is whole too, and has a warning."""
    said = done.stderr.decode("utf-8", "replace")
    if done.returncode < 0 or done.returncode >= 128:
        return f"signal or crash, exit {done.returncode}"
    if sorted(os.listdir(folder)) != before:
        return "something lies beside the output"
    if done.returncode == 0:
        if made == whole:
            return None
        if not (made.startswith(b"%PDF-") and made.rstrip().endswith(b"%%EOF")):
            return "exit 0, but no whole file"
        return None if "warning:" in said else "another file without a word"
    if made != OLD:
        return f"exit {done.returncode}, but the old file is not as it was"
    return None if "error" in said or "memory" in said else f"exit {done.returncode} without a message"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shim")
    parser.add_argument("program")
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--without", action="append", default=[], choices=KINDS)
    options = parser.parse_args()
    total = 0
    for name, (arguments, file, text) in RUNS.items():
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, file), "w", encoding="utf-8") as stream:
                stream.write(text)
            with open(os.path.join(TOP, "tests/cli/photo.jpg"), "rb") as source, open(os.path.join(folder, "photo.jpg"), "wb") as to:
                to.write(source.read())
            counts_file = os.path.join(tempfile.gettempdir(), f"n2p-count-{os.getpid()}")
            done, whole = run(options, folder, ["--no-sandbox"] + arguments + [file], count=counts_file)
            with open(counts_file, encoding="utf-8") as stream:
                counts = dict((line.split()[0], int(line.split()[1])) for line in stream)
            os.unlink(counts_file)
            before = sorted(os.listdir(folder))
            print(("ok" if done.returncode == 0 and whole != OLD else "not ok") + f" - {name}: made without faults")
            for kind in (kind for kind in KINDS if kind not in options.without):
                bad, tried, kept, new = [], 0, 0, 0
                # libseccomp 2.5.4 looks at no allocation of its own that fails, and loads a filter that lets nothing through,
                # messages neither: closed, but without a word.
                open_door = ["--no-sandbox"] if kind == "malloc" else []
                ways = [""] if kind == "malloc" else ["", "+"]
                for n in range(1, counts[kind] + 1, options.step if counts[kind] > 40 else 1):
                    for way in ways:
                        done, made = run(options, folder, open_door + arguments + [file], f"{kind}:{n}{way}")
                        wrong = judge(done, made, whole, folder, before)
                        tried, kept, new = tried + 1, kept + (made == OLD), new + (made != OLD)
                        if wrong:
                            bad.append(f"{kind}:{n}{way}: {wrong}")
                            for left in set(os.listdir(folder)) - set(before):
                                os.unlink(os.path.join(folder, left))
                total += tried
                print(f"{'not ok' if bad else 'ok'} - {name}: {kind} fails: {tried} faults, {kept} old files, {new} new files, {len(bad)} wrong")
                for line in bad[:12]:
                    print("# " + line)
                sys.stdout.flush()
    print(f"# {total} faults")


if __name__ == "__main__":
    main()
