#!/usr/bin/env python3
"""Fuzzes each target for its part of so many seconds, from the tests as seeds: tests/fuzz/run.py BUILD SECONDS [TARGET ...]

A finding stays in BUILD/fuzz/TARGET-*: make a test of it. The exit code is 1 where there is one.
"""
import os
import subprocess
import sys

TARGETS = {  # name: folders of seeds
    "document": ["tests/input", "samples"],
    "convert": ["tests/reftest", "tests/input"],
    "css": ["styles"],
    "picture": ["samples/photos", "tests/cli"],
}


def main():
    build, seconds = os.path.abspath(sys.argv[1]), int(sys.argv[2])
    names = sys.argv[3:] or list(TARGETS)
    failed = 0
    for name in names:
        folder = os.path.join(build, "fuzz", name)
        os.makedirs(folder, exist_ok=True)
        command = [os.path.join(build, "tests/fuzz", name), f"-max_total_time={max(1, seconds // len(names))}", "-timeout=20",
                   "-rss_limit_mb=3000", "-max_len=20000", "-seed=1", "-print_final_stats=1", f"-artifact_prefix={folder}-",
                   folder] + TARGETS[name]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True)
        said = done.stderr.decode("utf-8", "replace")
        runs = [line.split()[-1] for line in said.splitlines() if "number_of_executed_units" in line]
        print(f"{name}: {runs[0] if runs else '?'} runs, " + ("clean" if done.returncode == 0 else "FINDING"))
        if done.returncode:
            failed = 1
            print(said[-3000:])
        sys.stdout.flush()
    return failed


if __name__ == "__main__":
    sys.exit(main())
