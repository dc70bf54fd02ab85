"""A server of the built WAR with the shipped settings but for the limit of requests, on a free port and a data folder of its own."""
import http.client
import json
import os
import pathlib
import signal
import socket
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
LISTENER = "configs.config.server-config.network-config.network-listeners.network-listener.http-listener"
EMAIL, PASSWORD = "admin@localhost", "teapot lantern gravel sixty"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def jvm_options():
    lines = (ROOT / "payara-config/jvm.options").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


class Server:
    """Ready to answer once made; `start_seconds` is the time from exec to the first 401 of the application."""

    def __init__(self, folder, war=ROOT / "target/wallwhale.war", options=(), data=None, **settings):
        folder.mkdir()
        self.folder, self.data, self.port = folder, data or folder / "data", free_port()
        environment = {key: value for key, value in os.environ.items() if not key.startswith("WALLWHALE_")}
        environment.update(LC_ALL="C.UTF-8", TMPDIR=str(folder), WALLWHALE_DATA_DIR=str(self.data),
                           WALLWHALE_ADMIN_EMAIL=EMAIL, WALLWHALE_ADMIN_PASSWORD=PASSWORD, WALLWHALE_HTTP_PORT=str(self.port),
                           WALLWHALE_SANDBOX_ENABLED="true", **{"WALLWHALE_QUOTA_RATE_LIMIT": "0", **settings})
        self.log = folder / "server.log"
        command = self.command(war, environment, *options)
        begin = time.monotonic()
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=folder)
        try:
            self.await_ready(begin + 120)
            self.start_seconds = time.monotonic() - begin
            self.prepare()
        except BaseException:
            self.stop()
            raise

    def command(self, war, environment, *options):
        """What starts Payara Micro with the shipped settings; may add to the environment."""
        return self.micro(war, (ROOT / "payara-config/preboot.asadmin").read_text(), *jvm_options(), *options)

    def micro(self, war, preboot, *options):
        file = self.folder / "preboot.asadmin"
        file.write_text(f"{preboot}\nset {LISTENER}.address=127.0.0.1\n")
        return ["java", *options, f"-Djava.io.tmpdir={self.folder}", "-jar", ROOT / "target/payara-micro.jar", "--deploy", war,
                "--contextroot", "/", "--port", str(self.port), "--noCluster", "--disablephonehome", "--prebootcommandfile", file]

    def prepare(self):
        self.key = self.make_key()

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.stop()

    def await_ready(self, deadline):
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("The server did not start. Its log ends with:\n" + self.log.read_text(errors="replace")[-2000:])
            time.sleep(0.05)

    def is_ready(self):
        try:
            status, headers, _ = self.exchange("GET", "/downloads", {})
            return status == 401 and "problem+json" in headers.get("Content-Type", "")
        except OSError:
            return False

    def make_key(self, email=None, role="user", scopes=("download:*",)):
        """An API key of the first administrator, or of a new user."""
        json_type = {"Content-Type": "application/json"}
        _, _, body = self.exchange("POST", "/auth/login", json_type, json.dumps({"email": EMAIL, "password": PASSWORD}))
        json_type["Authorization"] = "Bearer " + json.loads(body)["accessToken"]
        wanted = {"name": "figures", "scopes": scopes}
        if email:
            user = json.dumps({"email": email, "role": role, "password": PASSWORD})
            wanted["userId"] = json.loads(self.exchange("POST", "/admin/users", json_type, user)[2])["id"]
        _, _, body = self.exchange("POST", "/admin/api-keys", json_type, json.dumps(wanted))
        return json.loads(body)["key"]

    def connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def exchange(self, method, path, headers, body=None, connection=None):
        connection = connection or self.connection()
        connection.request(method, "/api/v1" + path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()

    def call(self, method, path, body=None, connection=None, key=None):
        """The answer to a keyed request; anything but success ends the run."""
        headers = {"X-API-Key": key or self.key, "Content-Type": "application/json"}
        status, _, text = self.exchange(method, path, headers, body and json.dumps(body), connection)
        if status >= 300:
            raise SystemExit(f"{method} {path} was answered {status}: {text.decode(errors='replace')[:500]}")
        return json.loads(text) if text else None

    def submit(self, item, account=None, connection=None, key=None, **more):
        return self.call("POST", "/downloads", {"urlOrId": str(item), "accountName": account, **more}, connection, key)["id"]

    def await_status(self, download, *wanted, seconds=120, key=None):
        """Looks every 10 ms; returns the time at which the status was there, as time.time()."""
        connection = self.connection()
        deadline = time.monotonic() + seconds
        while True:
            seen = self.call("GET", "/downloads/" + download, connection=connection, key=key)
            if seen["status"] in wanted:
                return time.time()
            if seen["status"] in ("failed", "canceled") or time.monotonic() > deadline:
                raise SystemExit(f"A download is {seen['status']} and not {wanted}: {seen.get('errorMessage')}")
            time.sleep(0.01)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
