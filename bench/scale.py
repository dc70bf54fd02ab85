"""Measures what the server stands when many use it and prints it as a table; see README.md. The arguments: an empty folder to work in,
and which figures: readers, submits, instances; all of them without any."""
import contextlib
import datetime
import itertools
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time

from server import ROOT, Server
from table import row, run

READERS, USERS = 5000, 10
LONG_ITEM, SHORT_ITEM = 3_600_000_003, 3_700_000_003
LONG, SHORT, WATCHED_SECONDS = 4, 40, 60
RUN_ITEM, RUNS = 3_800_000_003, 24
CLIENTS, WARM, ROUNDS, LENGTH, FIRST_SUBMIT = 8, 80, 3, 6, 4_000_000_000
INSERT = "insert into pgbench_history (tid, bid, aid, delta, mtime) values (1, 1, 1, 1, current_timestamp)"
DATABASE = ("-h", "127.0.0.1", "-U", "postgres")
folder = pathlib.Path(sys.argv[1])


def tool(lines):
    """A DepotDownloader that is the sandbox, with the items of these lines."""
    script, items = folder / "tool", folder / "items"
    items.write_text("\n".join(lines))
    script.write_text(f"""#!/bin/sh
WALLWHALE_SANDBOX_MAP={items} exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xmx64m \\
-jar {ROOT}/target/classes/org/wallwhale/engine/wallwhale-sandbox.jar "$@"
""")
    script.chmod(0o755)
    return str(script)


def java(name, *arguments):
    """One of the programs beside this one, with lines to and from it."""
    classes, path = folder / "classes", (folder / "class-path").read_text()
    subprocess.check_call(["javac", "-nowarn", "-proc:none", "-d", classes, "-cp", path, ROOT / f"bench/{name}.java"])
    return subprocess.Popen(["java", "-XX:+UseSerialGC", "-Xmx512m", "-cp", f"{classes}:{path}", name, *map(str, arguments)],
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open(folder / f"{name}.log", "w"), text=True)


def resident_mb(server):
    return int(subprocess.check_output(["ps", "-o", "rss=", "-p", str(server.process.pid)])) * 1024 / 1e6


def heap_mb(server):
    """Heap in use after a full collection."""
    jcmd = ["jcmd", str(server.process.pid)]
    subprocess.check_output([*jcmd, "GC.run"])
    info = subprocess.check_output([*jcmd, "GC.heap_info"], text=True).splitlines()
    return sum(int(line.split("used ")[1].split("K")[0]) * 1024 / 1e6 for line in info if "generation" in line)


def threads(server):
    return len(os.listdir(f"/proc/{server.process.pid}/task"))


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Health(threading.Thread):
    """Asks how the server is, twice a second."""

    def __init__(self, server):
        super().__init__(daemon=True)
        self.server, self.seconds, self.others, self.over = server, [], 0, threading.Event()
        self.start()

    def run(self):
        while not self.over.wait(0.5):
            begin = time.monotonic()
            try:
                connection = self.server.connection()
                connection.request("GET", "/health/live")
                self.others += connection.getresponse().status != 200
            except OSError:
                self.others += 1
            self.seconds.append(time.monotonic() - begin)

    def stop(self):
        self.over.set()
        self.join()


def readers():
    """Half of them follow all downloads of a user, half one download; four downloads run all the time, and short ones by turns."""
    long_items = [LONG_ITEM + 100 * number for number in range(LONG)]
    lines = [f"{item}=ok-slow;size={1 << 30};delay_ms=250" for item in long_items]
    lines += [f"{SHORT_ITEM + 100 * number}=ok-slow;size={4 << 20};delay_ms=250" for number in range(SHORT)]
    with Server(folder / "readers", options=["-Xmx512m"], WALLWHALE_ENGINE_DEPOTDOWNLOADER_PATH=tool(lines),
                WALLWHALE_WORKER_SLOTS=str(LONG + 1), WALLWHALE_LIVE_MAX_STREAMS=str(READERS)) as server:
        keys = [server.make_key(f"reader{number}@localhost", "admin", ["download:*", "admin:read"]) for number in range(USERS)]
        downloads = [server.submit(item, key=keys[number]) for number, item in enumerate(long_items)]
        for download, key in zip(downloads, keys):
            server.await_status(download, "running", key=key)
        before = heap_mb(server), resident_mb(server), threads(server)
        plan = folder / "plan"
        addresses = [("/api/v1/events", f"/api/v1/downloads/{downloads[number % LONG]}/events")[number // USERS % 2]
                     for number in range(READERS)]
        plan.write_text("".join(f"{address} {keys[number % USERS]}\n" for number, address in enumerate(addresses)))
        begin = time.monotonic()
        client = java("Readers", server.port, plan)
        client.stdout.readline()
        row("readers until the first event of the last one", f"{time.monotonic() - begin:.1f} s", "")
        for number in range(SHORT):
            server.submit(SHORT_ITEM + 100 * number, key=keys[number % USERS])
        time.sleep(20)
        ask(client)
        health, cpu = Health(server), cpu_seconds(server.process.pid)
        time.sleep(WATCHED_SECONDS)
        opened, cut, gaps, *delays = ask(client)
        busy = (cpu_seconds(server.process.pid) - cpu) / WATCHED_SECONDS
        health.stop()
        after = heap_mb(server), resident_mb(server), threads(server)
        for what, (count, median, p99, most) in (("changes", delays[:4]), ("progress", delays[4:])):
            row(f"{READERS:,} readers, delivery of {what}, p99", f"{p99} ms (p50 {median}, most {most}; {count:,} read)", "<= 500 ms",
                count > READERS and p99 <= 500)
        row("of them dropped; numbers missed", f"{READERS - opened + cut}; {gaps}", "0", opened == READERS and cut == gaps == 0)
        trouble = server.log.read_text(errors="replace").count("OutOfMemoryError")
        row("/health/live meanwhile, longest; other answers, OutOfMemory", f"{max(health.seconds) * 1000:.0f} ms; {health.others}, {trouble}",
            "<= 1 s; 0", max(health.seconds) <= 1 and health.others == trouble == 0)
        row("a reader adds: heap after GC, resident memory, threads in all",
            f"{(after[0] - before[0]) * 1e3 / READERS:.1f} kB, {(after[1] - before[1]) * 1e3 / READERS:.1f} kB, {after[2] - before[2]}", "")
        row("heap after GC; resident memory; cores busy", f"{after[0]:.0f} MB; {after[1]:.0f} MB; {busy:.2f}", "")
        client.terminate()
        client.wait()


@contextlib.contextmanager
def postgres(*settings):
    """The port of a new PostgreSQL, on which a commit is durable."""
    process = java("Postgres", *settings)
    try:
        yield int(process.stdout.readline())
    finally:
        process.stdin.close()
        process.wait()


def on_postgres(port, **settings):
    return {"WALLWHALE_DB_URL": f"jdbc:postgresql://127.0.0.1:{port}/postgres", "WALLWHALE_DB_USER": "postgres", **settings}


def submits():
    """By turns: pgbench's insert of one row, POST of a new item, each client with a user of its own, and GET of one; nothing is started
    meanwhile. First as the disk is, then with commits that wait for 5 ms, as they do for a disk across a network."""
    if not shutil.which("pgbench"):
        row("POST /downloads : pgbench's insert of one row", "skipped: there is no pgbench", ">= 0.4")
        return
    with postgres() as port, Server(folder / "submits", **on_postgres(port)) as server:
        subprocess.check_output(["pgbench", "-q", "-i", *DATABASE, "-p", str(port), "postgres"], stderr=subprocess.STDOUT)
        keys = [server.make_key(f"client{number}@localhost") for number in range(CLIENTS)]
        known = server.submit(FIRST_SUBMIT - 1, key=keys[0], startAt="2099-01-01T00:00:00Z")
        server.call("POST", "/admin/queue/pause", key=server.make_key(scopes=["admin:*"]))
        items = itertools.count(FIRST_SUBMIT, 10_000_000)
        submit_load(server, keys, next(items), WARM)
        for name, delay in (("", 0), (", commits of 5 ms", 5000)):
            pgbench(port, f"alter system set commit_delay = {delay}", "-t1", "-c1")
            pgbench(port, "alter system set commit_siblings = 0", "-t1", "-c1")
            pgbench(port, "select pg_reload_conf()", "-t1", "-c1")
            rates = {"pgbench": [], "POST": [], "GET": [], "cpu": []}
            for _ in range(ROUNDS):
                rates["pgbench"].append(pgbench(port, INSERT, f"-T{LENGTH}", f"-c{CLIENTS}"))
                before = cpu_seconds(server.process.pid)
                rates["POST"].append(submit_load(server, keys, next(items), LENGTH))
                rates["cpu"].append((cpu_seconds(server.process.pid) - before) / LENGTH / rates["POST"][-1] * 1000)
                rates["GET"].append(load(server, "/" + known, LENGTH, "-H", "X-API-Key: " + keys[0]))
            mine, other, cpu, get = (statistics.median(rates[name]) for name in ("POST", "pgbench", "cpu", "GET"))
            row(f"POST /downloads : pgbench's insert of one row{name}",
                f"{mine / other:.2f} ({mine:.0f} : {other:.0f} a second; CPU {cpu:.2f} ms)", ">= 0.4", mine / other >= 0.4)
            row(f"GET of one : pgbench's insert of one row{name}", f"{get / other:.2f} ({get:.0f} a second)", "")


def pgbench(port, statement, *options):
    """Statements a second, each of them a transaction."""
    script = folder / "statement.sql"
    script.write_text(statement + ";\n")
    printed = subprocess.check_output(["pgbench", "-n", *DATABASE, "-p", str(port), *options, "-f", script, "postgres"], text=True,
                                      stderr=subprocess.STDOUT)
    return float(re.search(r"tps = ([\d.]+)", printed).group(1))


def submit_load(server, keys, item, seconds):
    """POSTs a second, of items from this one on."""
    script = folder / "post.lua"
    script.write_text(f"""local keys, item = {{{', '.join(f'"{key}"' for key in keys)}}}, {item}
wrk.method = "POST"
function request()
    item = item + 1
    return wrk.format(nil, nil, {{["Content-Type"] = "application/json", ["X-API-Key"] = keys[item % #keys + 1]}},
        '{{"urlOrId": "' .. string.format("%d", item) .. '"}}')
end
""")
    return load(server, "", seconds, "-s", script)


def load(server, path, seconds, *options):
    printed = subprocess.check_output(["wrk", "-t1", f"-c{CLIENTS}", f"-d{seconds}s", *options,
                                       f"http://127.0.0.1:{server.port}/api/v1/downloads{path}"], text=True)
    if "Non-2xx" in printed:
        raise SystemExit(f"Calls were refused:\n{printed}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", printed).group(1))


def instances():
    """Runs of a second, one at a time on each instance, so that neither core is busy all the time: one instance, three, and one again."""
    items = itertools.count(RUN_ITEM, 100)
    lines = [f"{RUN_ITEM + 100 * number}=ok-slow;size={4 << 20};delay_ms=200" for number in range(1000)]
    settings = {"WALLWHALE_ENGINE_DEPOTDOWNLOADER_PATH": tool(lines), "WALLWHALE_WORKER_SLOTS": "1"}
    with postgres() as port:
        def instance(name):
            return Server(folder / name, data=folder / "shared", WALLWHALE_INSTANCE_ID=name, **on_postgres(port, **settings))

        with instance("one") as first:
            alone, busy_alone = runs_a_minute(first, items, RUNS)
            with instance("two"), instance("three"):
                together, busy = runs_a_minute(first, items, 3 * RUNS)
            again, _ = runs_a_minute(first, items, RUNS)
    one = (alone + again) / 2
    row("downloads of a second a minute, three instances : one", f"{together / one:.2f} ({together:.0f} : {alone:.0f}, {again:.0f})", ">= 2.8",
        together / one >= 2.8)
    row("cores busy meanwhile, everything together: three, one", f"{busy:.2f}, {busy_alone:.2f}", "")


def runs_a_minute(server, items, count):
    """From the end of the first to the end of the last; a sixth more before them is not counted. And how many cores were busy."""
    downloads = [server.submit(next(items)) for _ in range(count + count // 6)]
    await_live(server, count)
    before, begin = machine_seconds(), time.monotonic()
    await_live(server, 0)
    busy = (machine_seconds() - before) / (time.monotonic() - begin)
    found = [server.call("GET", "/downloads/" + download) for download in downloads]
    if any(download["status"] != "success" for download in found):
        raise SystemExit("A download of a second was no success: " + str([download["errorMessage"] for download in found]))
    ends = sorted(datetime.datetime.fromisoformat(download["completedAt"].replace("Z", "+00:00")) for download in found)[-count:]
    return 60 * (count - 1) / (ends[-1] - ends[0]).total_seconds(), busy


def await_live(server, most):
    """Looks twice a second, so that looking costs little."""
    while sum(server.call("GET", f"/downloads?limit=1&status={status}")["pagination"]["total"] for status in ("queued", "running")) > most:
        time.sleep(0.5)


def machine_seconds():
    """That all cores were busy so far."""
    fields = pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    return sum(int(fields[number]) for number in (0, 1, 2, 5, 6)) / os.sysconf("SC_CLK_TCK")


def ask(client):
    client.stdin.write("\n")
    client.stdin.flush()
    return [int(number) for number in client.stdout.readline().split()]


def measure():
    figures = {"readers": readers, "submits": submits, "instances": instances}
    for name in sys.argv[2:] or figures:
        figures[name]()


if __name__ == "__main__":
    run(measure)
