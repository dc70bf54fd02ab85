"""Measures what the server promises and prints it as a table; see README.md. The only argument is an empty folder to work in."""
import contextlib
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

from server import ROOT, Server, free_port, jvm_options
from table import row, run

MIB = 1 << 20
LARGE, PASSES, STARTS = 1024 * MIB, 9, 5
FIRST_ITEM, SLOW_ITEM, WEEKS_AWAY = 3_000_000_000, 3_100_000_003, "2099-01-01T00:00:00Z"
LARGE_ITEMS, MANY_FILES_ITEMS = range(3_200_000_000, 3_200_000_003), range(3_300_000_000, 3_300_000_003)
QUEUED_ITEM = 3_400_000_000
folder = pathlib.Path(sys.argv[1])


def seconds(work):
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def tool():
    """A DepotDownloader that is the sandbox with large and slow items, and notes when it has ended."""
    script, items = folder / "tool", folder / "items"
    lines = [f"{item}=ok-small;size={LARGE};delay_ms=0" for item in LARGE_ITEMS]
    lines += [f"{item}=ok-large;size={64 * MIB};delay_ms=0" for item in MANY_FILES_ITEMS]
    lines += [f"{SLOW_ITEM + 100 * number}=ok-slow;delay_ms=6000" for number in range(26)]
    items.write_text("\n".join(lines))
    script.write_text(f"""#!/bin/sh
WALLWHALE_SANDBOX_MAP={items} java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xmx64m \
-jar {ROOT}/target/classes/org/wallwhale/engine/wallwhale-sandbox.jar "$@"
status=$?
: >"{folder}/ended-$4"
exit $status
""")
    script.chmod(0o755)
    return str(script)


def resident_mb(server):
    return int(subprocess.check_output(["ps", "-o", "rss=", "-p", str(server.process.pid)])) * 1024 / 1e6


def heap_mb(server):
    """Heap in use after a full collection."""
    jcmd = ["jcmd", str(server.process.pid)]
    subprocess.check_output([*jcmd, "GC.run"])
    info = subprocess.check_output([*jcmd, "GC.heap_info"], text=True).splitlines()
    return sum(int(line.split("used ")[1].split("K")[0]) * 1024 / 1e6 for line in info if "generation" in line)


def start_and_memory():
    """Starts with new data folders; in the first one a first download too, as `./wallwhale serve` does it."""
    times = []
    for number in range(STARTS):
        with Server(folder / f"start-{number}") as server:
            times.append(server.start_seconds)
            if number == 0:
                download = server.submit(FIRST_ITEM, "sandbox")
                server.await_status(download, "success")
                fetch(server.port, f"/api/v1/downloads/{download}/zip", server.key)
                used = resident_mb(server)
                row("resident memory after start and first download", f"{used:.0f} MB", "<= 450 MB", used <= 450)
    shown = f"{statistics.median(times):.1f} s ({min(times):.1f} to {max(times):.1f})"
    row(f"start until the first 401, median of {STARTS}", shown, "")


def memory_of_downloads():
    """After two downloads, so that classes are loaded but the threads and buffers of 24 are not there yet."""
    with Server(folder / "slots", WALLWHALE_WORKER_SLOTS="24", WALLWHALE_ENGINE_DEPOTDOWNLOADER_PATH=tool()) as server:
        run_slowly(server, range(24, 26), lambda: None)
        before = heap_mb(server), resident_mb(server)
        for count in (8, 24):
            after = run_slowly(server, range(count), lambda: (heap_mb(server), resident_mb(server)))
            heap, resident = ((now - then) / count for now, then in zip(after, before))
            row(f"a running download adds, {count} running: resident memory", f"{resident:.2f} MB", "<= 2 MB", resident <= 2)
            row(f"a running download adds, {count} running: heap after GC", f"{heap:.2f} MB", "<= 2 MB", heap <= 2)


def run_slowly(server, numbers, look):
    downloads = [server.submit(SLOW_ITEM + 100 * number) for number in numbers]
    for download in downloads:
        server.await_status(download, "running")
    time.sleep(8)
    seen = look()
    for download in downloads:
        if server.call("GET", "/downloads/" + download)["status"] != "running":
            raise SystemExit("A slow download ended before the memory was read.")
        server.call("POST", f"/downloads/{download}/cancel")
    for download in downloads:
        server.await_status(download, "canceled")
    return seen


def submits(server):
    """POST and GET by turns on one connection, after half a minute of the same."""
    connection = server.connection()
    known = server.submit(QUEUED_ITEM, startAt=WEEKS_AWAY, connection=connection)
    item, posts, gets = QUEUED_ITEM, [], []

    def post():
        server.submit(item, startAt=WEEKS_AWAY, connection=connection)

    def get():
        server.call("GET", "/downloads/" + known, connection=connection)

    warm = time.monotonic() + 30
    while len(posts) < 300:
        item += 1
        measured = seconds(post), seconds(get)
        if time.monotonic() > warm:
            posts.append(measured[0] * 1000)
            gets.append(measured[1] * 1000)
    median, p95, look = statistics.median(posts), statistics.quantiles(posts, n=20)[18], statistics.median(gets)
    row("POST /downloads on H2, median of 300", f"{median:.1f} ms (p95 {p95:.1f} ms)", "<= 50 ms", median <= 50)
    row("POST /downloads : GET of one", f"{median / look:.1f} (GET {look:.1f} ms)", "")


def zips(server):
    """Returns the path of the last large zip. Many files have no goal: that each reaches the disk takes longer than its sum."""
    for label, items in (("1 GiB in 3 files", LARGE_ITEMS), ("64 MiB in 2,000 files", MANY_FILES_ITEMS)):
        ratios, waits = [], []
        for item in items:
            download = server.submit(item)
            ready = server.await_status(download, "success")
            files = stored_files(server, item)
            ended = (folder / f"ended-{item}").stat().st_mtime
            openssl = statistics.median(seconds(lambda: subprocess.check_output(["openssl", "dgst", "-sha256", *files]))
                                        for _ in range(3))
            ratios.append((ready - ended) / openssl)
            waits.append(ready - ended)
        median = statistics.median(ratios)
        shown = f"{median:.2f} ({min(ratios):.2f} to {max(ratios):.2f}; {statistics.median(waits):.2f} s)"
        goal = ("<= 1.5", median <= 1.5) if items == LARGE_ITEMS else ("",)
        row(f"tool's end to zip : openssl sha256, {label}", shown, *goal)
        if items == LARGE_ITEMS:
            zip_path = f"/api/v1/downloads/{download}/zip"
            written_for(server, zip_path, files, ended)
    return zip_path


def stored_files(server, item):
    return [str(path) for path in (server.data / "store").glob(f"*/*/{item}/*/**/*") if path.is_file()]


def written_for(server, zip_path, files, ended):
    """Content moved and not copied keeps its time; what the server writes while it sends is counted by the kernel (Linux)."""
    newer = sum(os.path.getsize(file) for file in files if os.path.getmtime(file) > ended)
    extra = sum(path.stat().st_size for path in server.data.rglob("*") if path.is_file() and path.stat().st_mtime > ended
                and path.parent != server.data)
    before = written(server)
    fetch(server.port, zip_path, server.key)
    sending = "not known" if before is None else f"{(written(server) - before) / 1024:.0f} KiB"
    row("content written for a zip of 1 GiB", f"{newer} bytes ({extra} in other files)", "0 bytes", newer == 0 and extra < MIB)
    row("written to disk while it is sent, log and database too", sending, "")


def written(server):
    with contextlib.suppress(OSError):
        for line in pathlib.Path(f"/proc/{server.process.pid}/io").read_text().splitlines():
            if line.startswith("write_bytes"):
                return int(line.split()[1])
    return None


def fetch(port, path, key="", target=os.devnull):
    """Seconds that curl takes."""
    shown = subprocess.check_output(["curl", "-sf", "-o", target, "-w", "%{time_total}", "-H", "X-API-Key: " + key,
                                     f"http://127.0.0.1:{port}{path}"], text=True)
    return float(shown)


@contextlib.contextmanager
def nginx(content):
    port = free_port()
    paths = "".join(f"{kind}_temp_path {folder}/nginx-{kind}; " for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root; " if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(f"""{user}daemon off; master_process off; pid {folder}/nginx.pid;
error_log {folder}/nginx.log; events {{ }}
http {{ access_log off; sendfile on; tcp_nopush on; {paths}
server {{ listen 127.0.0.1:{port}; root {content}; }} }}""")
    process = subprocess.Popen(["nginx", "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "nginx.log"])
    try:
        time.sleep(1)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(10)


def throughput(server, zip_path):
    if not shutil.which("nginx"):
        row("throughput of one client : nginx with sendfile", "skipped: there is no nginx", ">= 0.8")
        return
    content = folder / "www"
    content.mkdir()
    rates, work = {"ours": [], "theirs": []}, {"ours": [], "theirs": []}
    fetch(server.port, zip_path, server.key, content / "large.zip")
    with nginx(content) as (port, worker):
        for number in range(-6, PASSES):
            for whose, pid, address in (("ours", server.process.pid, (server.port, zip_path, server.key)),
                                        ("theirs", worker, (port, "/large.zip"))):
                before = processor_seconds(pid)
                took = fetch(*address)
                if number >= 0:
                    rates[whose].append(LARGE / MIB / took)
                    work[whose].append(processor_seconds(pid) - before)
    mine, other = statistics.median(rates["ours"]), statistics.median(rates["theirs"])
    shown = f"{mine / other:.2f} ({mine:.0f} : {other:.0f} MiB/s)"
    row(f"throughput of one client : nginx with sendfile, {PASSES} passes", shown, ">= 0.8", mine / other >= 0.8)
    shown = " : ".join(f"{statistics.median(work[whose]):.2f}" for whose in ("ours", "theirs"))
    row("seconds of a core for it, of the server : of nginx", shown, "")


def processor_seconds(pid):
    """So far, in user code and in the kernel; not a number where there is no /proc."""
    with contextlib.suppress(OSError):
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return float("nan")


def claims(class_path):
    classes, data = folder / "classes", folder / "claims"
    data.mkdir()
    path = f"{classes}:{ROOT}/target/wallwhale/WEB-INF/classes:{class_path}"
    tests = ROOT / "src/test/java"
    subprocess.check_call(["javac", "-nowarn", "-proc:none", "-d", classes, "-cp", path, "-sourcepath", tests,
                           tests / "org/wallwhale/download/ClaimCost.java"])
    printed = subprocess.check_output(["java", *jvm_options(), f"-Djava.io.tmpdir={folder}", "-cp", path,
                                       "org.wallwhale.download.ClaimCost", data], text=True)
    for line in printed.splitlines():
        deed, few, many = line.split(";")
        ratio = int(many) / int(few)
        shown = f"{ratio:.2f} ({int(many) / 1000:.2f} : {int(few) / 1000:.2f} ms)"
        row(f"1,000 queued : 10, {deed}", shown, "<= 2", ratio <= 2)


def measure():
    start_and_memory()
    with Server(folder / "main", WALLWHALE_ENGINE_DEPOTDOWNLOADER_PATH=tool()) as server:
        submits(server)
        throughput(server, zips(server))
    memory_of_downloads()
    claims((folder / "class-path").read_text())


if __name__ == "__main__":
    run(measure)
