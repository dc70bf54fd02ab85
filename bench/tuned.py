"""Measures the WAR on Payara Micro and WildFly beside bare WARs there, and prints it as a table; see README.md. The arguments: an empty
folder to work in, and "short" for a run that only shows that all of it works."""
import contextlib
import itertools
import pathlib
import shutil
import statistics
import subprocess
import sys
import zipfile

from calls import token, war_with_hello
from server import ROOT, Server
from table import row, run

SHORT = "short" in sys.argv
WARM, ROUNDS, LENGTH, STARTS, CONNECTIONS = (4, 1, 3, 1, 16) if SHORT else (80, 3, 6, 3, 16)
PROMISE, START = 1000, 1.3
WILDFLY = "org.wildfly:wildfly-dist:39.0.1.Final:zip"
FULL = "standalone-full.xml"
HELLO = "/api/v1/hello"
LIMITS = {"WALLWHALE_QUOTA_RATE_LIMIT": "100000000", "WALLWHALE_QUOTA_QUOTA_DAILY": "1000000000",
          "WALLWHALE_ACCESS_TOKEN_LIFETIME_SECONDS": "3600"}
folder = pathlib.Path(sys.argv[1])
items = itertools.count(4_000_000_000, 10_000_000)


class WildFly(Server):
    """With the settings of deploy/wildfly, and the options that docs/operations.md names."""
    home = folder / "wildfly"
    options = "-XX:+UseSerialGC -Xms64m -Xmx512m -Djava.net.preferIPv4Stack=true"

    def command(self, war, environment, *options):
        base = self.folder / "standalone"
        shutil.copytree(self.home / "standalone", base)
        shutil.copy(war, base / "deployments/ROOT.war")
        where = f"-Djboss.server.base.dir={base}"
        environment.update(LAUNCH_JBOSS_IN_BACKGROUND="true", **({"JAVA_OPTS": self.options} if self.options else {}))
        if self.options:
            subprocess.check_output(["sh", self.home / "bin/jboss-cli.sh", f"--file={ROOT}/deploy/wildfly/configure.cli"],
                                    env={**environment, "JAVA_OPTS": f"{self.options} {where}"}, stderr=subprocess.STDOUT)
        return ["sh", self.home / "bin/standalone.sh", "-c", FULL, "-b", "127.0.0.1", where,
                f"-Djboss.socket.binding.port-offset={self.port - 8080}"]


class Bare:
    """A server of a WAR that is not ours."""
    address = "/index.html"

    def is_ready(self):
        connection = self.connection()
        try:
            connection.request("GET", self.address)
            return connection.getresponse().status == 200
        except OSError:
            return False

    def prepare(self):
        pass


class EmptyMicro(Bare, Server):
    """On the settings of ours."""


class EmptyWildFly(Bare, WildFly):
    """On the settings of ours."""


class StockMicro(Bare, Server):
    address = HELLO

    def command(self, war, environment, *options):
        return self.micro(war, "set configs.config.server-config.hazelcast-config-specific-configuration.enabled=false")


class StockWildFly(Bare, WildFly):
    address, options = HELLO, None


def bare_wars():
    """Of one static file, and of one resource."""
    (folder / "empty").mkdir()
    (folder / "empty/index.html").write_text("<!DOCTYPE html><title>empty</title>\n")
    classes = folder / "bare/WEB-INF/classes"
    subprocess.check_call(["javac", "-nowarn", "-proc:none", "-d", classes, "-cp", (folder / "class-path").read_text(),
                           ROOT / "bench/Bare.java"])
    for name in ("empty", "bare"):
        subprocess.check_call(["jar", "-cf", folder / f"{name}.war", "-C", folder / name, "."])
    return folder / "empty.war", folder / "bare.war"


def resident_mb(server):
    """Of the largest process below the one that was started, which is a script's or a command's child on some servers."""
    return max(resident_of(str(server.process.pid)))


def resident_of(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    yield int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) * 1024 / 1e6
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from resident_of(child)


def starts(name, ours, empty, empty_war):
    """By turns, each in a new folder; ours makes its database and its keys meanwhile."""
    seconds = {"ours": [], "empty": []}
    for number in range(STARTS):
        with empty(folder / f"empty-{name}-{number}", war=empty_war) as server:
            seconds["empty"].append(server.start_seconds)
        with ours(folder / f"ours-{name}-{number}") as server:
            seconds["ours"].append(server.start_seconds)
            resident = resident_mb(server)
    mine, other = (statistics.median(seconds[which]) for which in ("ours", "empty"))
    row(f"{name}: start, the WAR : an empty WAR", f"{mine / other:.2f} ({mine:.1f} : {other:.1f} s)", f"<= {START}", mine / other <= START)
    row(f"{name}: resident memory after the start", f"{resident:.0f} MB", "")


def post(server):
    """Options of wrk that send new items, which the paused queue keeps."""
    script = server.folder / "post.lua"
    script.write_text(f"""local item = {next(items)}
wrk.method = "POST"
function request()
    item = item + 1
    return wrk.format(nil, nil, {{["Content-Type"] = "application/json", ["X-API-Key"] = "{server.key}"}},
        '{{"urlOrId": "' .. string.format("%d", item) .. '"}}')
end
""")
    return ["-s", script]


def kinds(stock, server):
    """What is called on a server, each by its name: which server, path, and a function for the options of wrk."""
    known = "/api/v1/downloads/" + server.submit(3_900_000_000, startAt="2099-01-01T00:00:00Z")
    server.call("POST", "/admin/queue/pause", key=server.make_key(scopes=["admin:*"]))
    jwt = ["-H", "Authorization: Bearer " + token(server)]
    return {"bare hello, server as it comes": (stock, HELLO, list),
            "hello in the WAR": (server, HELLO, list),
            "GET with a key": (server, known, lambda: ["-H", "X-API-Key: " + server.key]),
            "GET with a JWT": (server, known, lambda: jwt),
            "POST": (server, "/api/v1/downloads", lambda: post(server))}


def begin_load(kind, seconds):
    server, path, options = kind
    return subprocess.Popen(["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *options(), f"http://127.0.0.1:{server.port}{path}"],
                            stdout=subprocess.PIPE, text=True)


def rate(load):
    """Calls a second, once the load is over."""
    printed = load.communicate()[0]
    if "Non-2xx" in printed or load.returncode:
        raise SystemExit("Calls were refused:\n" + printed)
    return float(next(line for line in printed.splitlines() if "Requests/sec" in line).split()[1])


def loads(servers):
    """Every kind is warmed up on both servers at once, and measured alone."""
    for name in next(iter(servers.values())):
        for load in [begin_load(of[name], WARM) for of in servers.values()]:
            rate(load)
    for server, of in servers.items():
        seen = {name: [] for name in of}
        for _ in range(ROUNDS):
            for name, kind in of.items():
                seen[name].append(rate(begin_load(kind, LENGTH)))
        for name, rates in seen.items():
            calls = statistics.median(rates)
            promised = "as it comes" not in name
            row(f"{server}: {name}, calls a second", f"{calls:.0f} ({min(rates):.0f} to {max(rates):.0f})",
                f">= {PROMISE}" if promised else "", calls >= PROMISE if promised else None)


def measure():
    subprocess.check_call(["mvn", "-B", "-q", "-Dstyle.color=never", "dependency:copy", f"-Dartifact={WILDFLY}",
                           f"-DoutputDirectory={folder / 'zip'}"], cwd=ROOT)
    with zipfile.ZipFile(next((folder / "zip").iterdir())) as archive:
        archive.extractall(folder / "unpacked")
    next((folder / "unpacked").iterdir()).rename(WildFly.home)
    empty_war, bare_war = bare_wars()
    starts("Payara Micro", Server, EmptyMicro, empty_war)
    starts("WildFly", WildFly, EmptyWildFly, empty_war)
    war = war_with_hello()
    with contextlib.ExitStack() as stack:
        def start(kind, name, **more):
            return stack.enter_context(kind(folder / name, **more))

        loads({"Payara Micro": kinds(start(StockMicro, "micro-as-it-comes", war=bare_war), start(Server, "micro-tuned", war=war, **LIMITS)),
               "WildFly": kinds(start(StockWildFly, "wildfly-as-it-comes", war=bare_war), start(WildFly, "wildfly-tuned", war=war, **LIMITS))})


if __name__ == "__main__":
    run(measure)
