"""Measures what a long queue and a long history cost and prints it as a table; see README.md. The arguments: an empty folder to work
in, and how many downloads are queued and finished."""
import os
import pathlib
import subprocess
import sys
import time

from server import ROOT, jvm_options

folder = pathlib.Path(sys.argv[1])


def main():
    queued, finished = sys.argv[2:] or ("1000000", "10000000")
    begin = time.monotonic()
    print(f"Load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.\n"
          f"{int(queued):,} downloads queued and {int(finished):,} finished, against 1,000 of each; PostgreSQL.\n")
    classes = folder / "classes"
    path = f"{classes}:{ROOT}/target/wallwhale/WEB-INF/classes:{(folder / 'class-path').read_text()}"
    tests = ROOT / "src/test/java"
    subprocess.check_call(["javac", "-nowarn", "-proc:none", "-d", classes, "-cp", path, "-sourcepath", tests,
                           tests / "org/wallwhale/download/GrowthCost.java"])
    printed = subprocess.check_output(["java", *jvm_options(), f"-Djava.io.tmpdir={folder}", "-cp", path,
                                       "org.wallwhale.download.GrowthCost", queued, finished], text=True)
    missed = False
    for line in printed.splitlines():
        deed, few, many = line.split(";")
        ratio = int(many) / int(few)
        missed |= ratio > 2
        shown = f"{ratio:.2f} ({int(many) / 1000:.2f} : {int(few) / 1000:.2f} ms)"
        print(f"{deed:<30} | {shown:<28} | <= 2 | {'ok' if ratio <= 2 else 'MISSED'}", flush=True)
    print(f"\n{time.monotonic() - begin:.0f} s; load at the end: {os.getloadavg()[0]:.1f}.")
    sys.exit(missed)


if __name__ == "__main__":
    main()
