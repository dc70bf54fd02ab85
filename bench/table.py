"""The table that each measurement prints, and whether it ends well."""
import os
import signal
import sys
import time

missed = []


def row(figure, measured, goal, ok=None):
    """A goal that is missed (ok is False) is told again at the end; ok is None where there is no goal."""
    word = "" if ok is None else "ok" if ok else "MISSED"
    if ok is False:
        missed.append(figure)
    print(f"{figure:<64} | {measured:<42} | {goal:<10} | {word}", flush=True)


def run(measure):
    """Exits with 1 if measure() missed a goal."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    begin = time.monotonic()
    print(f"Load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.\n", flush=True)
    row("figure", "measured", "goal")
    measure()
    print(f"\n{time.monotonic() - begin:.0f} s; load at the end: {os.getloadavg()[0]:.1f}.")
    print(f"Missed: {', '.join(missed) or 'nothing'}.")
    sys.exit(1 if missed else 0)
