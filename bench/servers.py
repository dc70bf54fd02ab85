"""Measures the WAR on each server with each database and prints it as a table; see README.md. The arguments: an empty folder to work in,
and "short" for a run that only shows that all of it works."""
import contextlib
import re
import shutil
import statistics
import subprocess
import sys
import zipfile

import scale
import tuned
from calls import war_with_hello
from server import ROOT, Server
from table import row, run
from tuned import HELLO, LIMITS, PROMISE, WildFly, begin_load, folder, rate, resident_mb

WARM, ROUNDS, LENGTH = (3, 1, 3) if "short" in sys.argv else (20, 3, 5)
PAYARA = "fish.payara.distributions:payara:6.2025.9:zip"
ADMIN_BELOW = 20
PORTS = ("4848", "8181", "7676", "3700", "3820", "3920", "8686", "6666", "9009", "4900", "5900", "5701")


class PayaraServer(Server):
    """With the settings of deploy/payara, the application deployed and the domain stopped again before the start that counts."""
    home = folder / "payara"

    def asadmin(self, *arguments, environment=None):
        command = [self.home / "bin/asadmin", "--interactive=false", "--port", str(self.port - ADMIN_BELOW), *map(str, arguments)]
        subprocess.check_output(command, env=environment, stderr=subprocess.STDOUT)

    def command(self, war, environment, *options):
        self.domains = self.folder / "domains"
        shutil.copytree(self.home / "glassfish/domains", self.domains)
        settings = self.domains / "domain1/config/domain.xml"
        text = re.sub(r"<network-listener (?![^>]*address=)", '<network-listener address="127.0.0.1" ', settings.read_text())
        text = text.replace('"8080"', f'"{self.port}"')
        for number, known in enumerate(PORTS):
            text = text.replace(f'"{known}"', f'"{self.port - ADMIN_BELOW + number}"')
        settings.write_text(text)
        other = {**environment, "WALLWHALE_DATA_DIR": str(self.folder / "deploying"), "WALLWHALE_DB_URL": f"jdbc:h2:file:{self.folder}/deploying/db"}
        self.asadmin("start-domain", "--domaindir", self.domains, "domain1", environment=other)
        self.asadmin("multimode", "--file", ROOT / "deploy/payara/configure.asadmin")
        self.asadmin("deploy", "--contextroot", "/", war)
        self.asadmin("stop-domain", "--domaindir", self.domains, "domain1")
        return [self.home / "bin/asadmin", "--interactive=false", "start-domain", "--verbose", "--domaindir", self.domains, "domain1"]

    def stop(self):
        if self.process.poll() is None:
            self.asadmin("stop-domain", "--domaindir", self.domains, "domain1")
        super().stop()


def unpacked(artifact, home):
    name = artifact.split(":")[1]
    subprocess.check_call(["mvn", "-B", "-q", "-Dstyle.color=never", "dependency:copy", f"-Dartifact={artifact}",
                           f"-DoutputDirectory={folder / name}-zip"], cwd=ROOT)
    with zipfile.ZipFile(next((folder / f"{name}-zip").iterdir())) as archive:
        archive.extractall(folder / f"{name}-unpacked")
    next((folder / f"{name}-unpacked").iterdir()).rename(home)
    for script in (home / "bin").iterdir():
        script.chmod(0o755)


def calls(server):
    """Medians of the calls a second: of a resource that does nothing, and of one download with a key."""
    known = "/api/v1/downloads/" + server.submit(3_900_000_000, startAt="2099-01-01T00:00:00Z")
    kinds = {"hello": (server, HELLO, list), "keyed GET": (server, known, lambda: ["-H", "X-API-Key: " + server.key])}
    for kind in kinds.values():
        rate(begin_load(kind, WARM))
    seen = {name: [] for name in kinds}
    for _ in range(ROUNDS):
        for name, kind in kinds.items():
            seen[name].append(rate(begin_load(kind, LENGTH)))
    return {name: statistics.median(rates) for name, rates in seen.items()}


def measure():
    unpacked(tuned.WILDFLY, WildFly.home)
    unpacked(PAYARA, PayaraServer.home)
    war = war_with_hello()
    for name, kind in (("Payara Micro", Server), ("Payara Server", PayaraServer), ("WildFly", WildFly)):
        for database in ("H2", "PostgreSQL"):
            with contextlib.ExitStack() as stack:
                on = scale.on_postgres(stack.enter_context(scale.postgres())) if database == "PostgreSQL" else {}
                server = stack.enter_context(kind(folder / f"{name}-{database}".replace(" ", "-"), war=war, **LIMITS, **on))
                resident = resident_mb(server)
                found = calls(server)
                row(f"{name}, {database}: start, resident memory after it", f"{server.start_seconds:.1f} s, {resident:.0f} MB", "")
                row(f"{name}, {database}: hello, keyed GET, calls a second", ", ".join(f"{calls:.0f}" for calls in found.values()),
                    f">= {PROMISE}", min(found.values()) >= PROMISE)


if __name__ == "__main__":
    run(measure)
