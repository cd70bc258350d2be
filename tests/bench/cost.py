#!/usr/bin/env python3
"""What one bulletin costs: CPU, wall and peak memory of news2pdf beside an empty C program, taking turns.

    tests/bench/cost.py [--build build] [--runs 40] [FILE [OPTION ...]]     default: samples/daily.nitf.xml
"""
import argparse
import os
import statistics
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def measure(launch, command):
    """(CPU seconds, wall seconds, peak KiB) of one run."""
    done = subprocess.run([launch, *command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-500:]}")
    cpu, wall, peak = done.stderr.rsplit("launch", 1)[1].split()
    return float(cpu), float(wall), int(peak)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default="build")
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("file", nargs="?", default="samples/daily.nitf.xml")
    options, more = parser.parse_known_args()
    with tempfile.TemporaryDirectory(prefix="n2p-bench-") as folder:
        source, empty = os.path.join(folder, "empty.c"), os.path.join(folder, "empty")
        with open(source, "w", encoding="ascii") as file:
            file.write("int main(void) { return 0; }\n")
        launch = os.path.join(folder, "launch")
        for code, target in ((source, empty), (os.path.join(HERE, "launch.c"), launch)):
            subprocess.run([os.environ.get("CC", "cc"), "-O2", code, "-o", target], check=True)
        # The output lies where renaming is cheap, so that the disk is not what is measured.
        program = os.path.abspath(os.path.join(options.build, "news2pdf"))
        commands = {"empty program": [empty], "news2pdf": [program, options.file, *more, "-o", os.path.join(folder, "out.pdf")],
                    "news2pdf --version": [program, "--version"]}
        figures = {name: [] for name in commands}
        for command in commands.values():
            measure(launch, command)
        for _ in range(options.runs):
            for name, command in commands.items():
                figures[name].append(measure(launch, command))
        base = statistics.median(run[0] for run in figures["empty program"])
        print(f"{options.file}, {options.runs} runs each, taking turns; medians (least)")
        for name, runs in figures.items():
            cpu, wall, peak = ([run[i] for run in runs] for i in range(3))
            print(f"  {name:20} CPU {statistics.median(cpu) * 1000:7.2f} ms ({min(cpu) * 1000:.2f})   wall {statistics.median(wall) * 1000:7.2f} ms"
                  f"   peak {max(peak) / 1024:6.1f} MiB   {statistics.median(cpu) / base:5.1f} x empty")
        print(f"  {os.path.getsize(os.path.join(folder, 'out.pdf')) / 1000:.0f} kB of PDF")


if __name__ == "__main__":
    main()
