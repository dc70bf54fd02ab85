"""Measures what access control costs a call and prints it as a table; see README.md. The only argument is an empty folder to work in."""
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys

from server import EMAIL, PASSWORD, ROOT, Server
from table import row, run

WARM, ROUNDS, LENGTH, CONNECTIONS = 80, 5, 8, 16
ITEM = 3_500_000_000
# Never reached, so every call is counted and none refused.
LIMITS = {"WALLWHALE_QUOTA_RATE_LIMIT": "100000000", "WALLWHALE_QUOTA_QUOTA_DAILY": "1000000000"}
folder = pathlib.Path(sys.argv[1])


def war_with_hello():
    """A copy of the built WAR with one more resource."""
    war, classes = folder / "wallwhale.war", folder / "WEB-INF/classes"
    shutil.copy(ROOT / "target/wallwhale.war", war)
    subprocess.check_call(["javac", "-nowarn", "-proc:none", "-d", classes, "-cp", (folder / "class-path").read_text(),
                           ROOT / "bench/Hello.java"])
    subprocess.check_call(["jar", "-uf", war, "-C", folder, "WEB-INF/classes/Hello.class"])
    return war


def cpu_seconds(server):
    """Of the server's process, in user and system mode (Linux)."""
    fields = pathlib.Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def load(server, path, header, seconds):
    """Calls a second, and milliseconds of the server's CPU for each."""
    before = cpu_seconds(server)
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s"] + (["-H", header] if header else [])
    printed = subprocess.check_output([*command, f"http://127.0.0.1:{server.port}{path}"], text=True)
    if "Non-2xx" in printed:
        raise SystemExit(f"{path} was refused:\n{printed}")
    calls = int(re.search(r"(\d+) requests in", printed).group(1))
    return float(re.search(r"Requests/sec:\s+([\d.]+)", printed).group(1)), 1000 * (cpu_seconds(server) - before) / calls


def token(server):
    _, _, body = server.exchange("POST", "/auth/login", {"Content-Type": "application/json"},
                                 json.dumps({"email": EMAIL, "password": PASSWORD}))
    return json.loads(body)["accessToken"]


def measure():
    with Server(folder / "calls", war=war_with_hello(), WALLWHALE_ACCESS_TOKEN_LIFETIME_SECONDS="3600", **LIMITS) as server:
        download = server.submit(ITEM, startAt="2099-01-01T00:00:00Z")
        path = f"/api/v1/downloads/{download}"
        kinds = {"hello": ("/api/v1/hello", None), "key": (path, "X-API-Key: " + server.key),
                 "token": (path, "Authorization: Bearer " + token(server))}
        for _ in range(WARM // 10):
            for kind in kinds.values():
                load(server, *kind, 10)
        seen = {name: [] for name in kinds}
        for _ in range(ROUNDS):
            for name, kind in kinds.items():
                seen[name].append(load(server, *kind, LENGTH))
    report(seen)


def report(seen):
    rate = {name: statistics.median(calls for calls, _ in rounds) for name, rounds in seen.items()}
    cpu = {name: statistics.median(cost for _, cost in rounds) for name, rounds in seen.items()}
    for figure, of, to in (("GET of a download with a key : a bare hello", "key", "hello"),
                           ("GET of a download with a token : with a key", "token", "key")):
        ratio = rate[of] / rate[to]
        row(figure + ", calls a second", f"{ratio:.2f} ({rate[of]:.0f} : {rate[to]:.0f})", ">= 0.7", ratio >= 0.7)
        row("  the server's CPU", f"{cpu[of] / cpu[to]:.2f} ({cpu[of]:.2f} : {cpu[to]:.2f} ms)", "")


if __name__ == "__main__":
    run(measure)
