"""Measures what downloads cost in logins to Steam and prints it as a table; see README.md. The only argument is an empty folder to work
in. Steam and its tool are scripted; who logged in and when is read from the tool's own journal, which the server knows nothing of."""
import collections
import datetime
import json
import pathlib
import re
import statistics
import sys
import time

from server import ROOT, Server
from steam import PRIVATE, Steam
from table import row, run

ACCOUNT_LOGINS, ADDRESS_LOGINS, HOUR = 10, 60, 3600
ACCOUNTS = {"first": ("good", "pw-good"), "second": ("sandbox", "sandbox")}
# an anonymous login fetches items of one app and is refused the other's; all items have one version
OPEN_APP, CLOSED_APP, MANIFEST = 431960, 3060, "7000000000000000001"
CLOSED, OPEN, WEB, MISSING, HIDDEN, BANNED = (range(first, first + 100_000, 100) for first in range(5_000_000_000, 5_000_600_000, 100_000))
COLLECTION, REPEATS, FAR_DAY = 5_100_000_000, 30, "2099-01-01T00:00:00Z"
NO_ACCOUNT, NO_ADDRESS = "The next login of a Steam account is allowed at ….", "No more logins to Steam come from this server until …."
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
folder = pathlib.Path(sys.argv[1])


Run = collections.namedtuple("Run", "begin end user item fetched")


class Tool:
    """A DepotDownloader that is the sandbox, with a journal for each run."""

    def __init__(self, name):
        self.journal, self.path = folder / f"journal-{name}", folder / f"tool-{name}"
        self.journal.mkdir()
        self.path.write_text(f"""#!/bin/sh
export WALLWHALE_SANDBOX_JOURNAL={self.journal}/$$ WALLWHALE_SANDBOX_MANIFEST={MANIFEST} WALLWHALE_SANDBOX_SIZE=262144 \
WALLWHALE_SANDBOX_DELAY_MS=0
case " $* " in
*" -username "*) ;;
*" -app {CLOSED_APP} "*) export WALLWHALE_SANDBOX_SCENARIO=not-owned ;;
esac
exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xmx64m \
-jar {ROOT}/target/classes/org/wallwhale/engine/wallwhale-sandbox.jar "$@"
""")
        self.path.chmod(0o755)

    def logins(self):
        """Each run that wanted an item, the first one first: from when to when in Unix seconds, who (None for an anonymous login), what,
        and whether it came."""
        runs = []
        for file in self.journal.iterdir():
            events = [json.loads(line) for line in file.read_text().splitlines()]
            words = events[0]["argv"]
            if "-pubfile" in words:
                user = words[words.index("-username") + 1] if "-username" in words else None
                ended = events[-1]["event"] == "end"
                runs.append(Run(events[0]["at"] / 1000, events[-1]["at"] / 1000 if ended else float("inf"), user,
                                words[words.index("-pubfile") + 1], ended and events[-1]["status"] == 0))
        return sorted(runs, key=lambda run: run.begin)


def settings(steam, tool, **more):
    return {"WALLWHALE_WORKSHOP_BASE_URL": steam.base, "WALLWHALE_ENGINE_WEB_FILE_HOSTS": steam.base,
            "WALLWHALE_ENGINE_DEPOTDOWNLOADER_PATH": str(tool.path), "WALLWHALE_WORKER_BACKOFF_SECONDS": "0", **more}


def items_of(steam):
    for number in CLOSED:
        steam.item(number, CLOSED_APP, MANIFEST)
    for number in OPEN:
        steam.item(number, OPEN_APP, MANIFEST)
    for number in WEB:
        steam.web_file(number, OPEN_APP)
    for number in HIDDEN:
        steam.item(number, OPEN_APP, visibility=PRIVATE)
    for number in BANNED:
        steam.item(number, OPEN_APP, banned=1)
    steam.collection(COLLECTION, OPEN_APP, OPEN[1], OPEN[500], OPEN[501], OPEN[502], MISSING[500])


def add_accounts(server, names):
    admin = server.make_key(scopes=("admin:*",))
    for name in names:
        login, password = ACCOUNTS[name]
        server.call("POST", "/admin/steam-users", {"alias": name, "loginName": login, "password": password}, key=admin)
    return admin


def downloads(server, status, key):
    """All of them."""
    found = []
    while True:
        page = server.call("GET", f"/downloads?limit=200&offset={len(found)}&status={status}", key=key)
        found += page["downloads"]
        if not page["pagination"]["hasMore"]:
            return found


def await_quiet(server, keys, seconds=120):
    """Until nothing runs, and all that is queued says until when; returns what is queued."""
    deadline = time.monotonic() + seconds
    while True:
        live = [download for key in keys for download in downloads(server, "queued,running", key)]
        if all(download["status"] == "queued" and TIME.search(download["waitingFor"] or "") for download in live):
            return live
        if time.monotonic() > deadline:
            raise SystemExit(f"Still live: {collections.Counter((d['status'], d['waitingFor']) for d in live)}")
        time.sleep(0.5)


def unix(text):
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=datetime.timezone.utc).timestamp()


def sentences(waiting):
    """Each sentence without its time, with the times that it told and how often."""
    told = collections.defaultdict(list)
    for download in waiting:
        told[TIME.sub("…", download["waitingFor"])].append(unix(TIME.search(download["waitingFor"]).group()))
    return told


def show_waiting(whose, waiting, expected, first_login):
    """They say nothing else, and the time is an hour after the login that is the first to count no longer."""
    told = sentences(waiting)
    row(f"wait with a sentence and a time{whose}", f"{sum(len(told.get(one, [])) for one in expected)} of {len(waiting)}", "all",
        bool(waiting) and set(told) <= expected)
    print("".join(f"  {one}\n" for one in told), end="")
    late = [time - first_login - HOUR for times in told.values() for time in times] or [float("inf")]
    row("the time told, after an hour from the first login counted", f"{min(late):.1f} to {max(late):.1f} s", "-10 to 1 s",
        -10 <= min(late) and max(late) <= 1)


def first_of_accounts(runs):
    return min(run.begin for run in runs if run.user)


def show_logins(runs):
    for name, (login, _) in ACCOUNTS.items():
        mine = [run for run in runs if run.user == login]
        row(f"logins of the account {name!r}", str(len(mine)), f"<= {ACCOUNT_LOGINS}", len(mine) <= ACCOUNT_LOGINS)
        together = sum(later.begin < earlier.end for earlier, later in zip(mine, mine[1:]))
        row("  of these, begun before the one before had ended", str(together), "0", together == 0)
    again = len([run for run in runs if run.fetched]) - len({run.item for run in runs if run.fetched})
    row("items that were fetched twice", str(again), "0", again == 0)
    row("logins from the address, anonymous ones included", str(len(runs)), f"<= {ADDRESS_LOGINS}", len(runs) <= ADDRESS_LOGINS)


def budgets(steam):
    tool = Tool("budgets")
    limits = {"WALLWHALE_STEAM_ACCOUNT_LOGINS_PER_HOUR": str(ACCOUNT_LOGINS), "WALLWHALE_STEAM_ADDRESS_LOGINS_PER_HOUR": str(ADDRESS_LOGINS)}
    with Server(folder / "budgets", **settings(steam, tool, **limits)) as server:
        admin, other = add_accounts(server, ACCOUNTS), server.make_key("other@localhost")
        server.call("POST", "/admin/queue/pause", key=admin)
        wanted = [(number, server.key) for number in [*CLOSED[:290], *OPEN[:25], *WEB[:100], *MISSING[:30], *HIDDEN[:15], *BANNED[:15]]]
        wanted += [(number, other) for number in OPEN[:25]]
        for number, key in wanted:
            server.submit(number, key=key)
        queued = sum(len(downloads(server, "queued", key)) for key in (server.key, other))
        begin = time.monotonic()
        server.call("POST", "/admin/queue/resume", key=admin)
        waiting = await_quiet(server, (server.key, other))
        runs = tool.logins()
        row("queued", str(queued), "500", queued == 500)
        row("until all were settled or told until when they wait", f"{time.monotonic() - begin:.0f} s", "")
        show_accounts_empty(server, other, admin, waiting, runs)
        for number in OPEN[25:90]:
            server.submit(number)
        waiting = await_quiet(server, (server.key, other))
        runs = tool.logins()
        print("\n65 more for anonymous logins:")
        show_logins(runs)
        show_waiting(" for the address", [one for one in waiting if int(one["pubfileId"]) in OPEN], {NO_ADDRESS}, runs[0].begin)
        show_waiting(" for both", [one for one in waiting if int(one["pubfileId"]) in CLOSED], {NO_ADDRESS, NO_ACCOUNT}, first_of_accounts(runs))
        second_request(server, tool)
        show_left(server)
        server.process.kill()
        server.process.wait()
    after_a_kill(server, steam, tool, limits, len(waiting))


def show_accounts_empty(server, other, admin, waiting, runs):
    show_logins(runs)
    named = server.call("GET", "/admin/steam-users", key=admin)["steamUsers"]
    counted = {account["loginName"]: account["loginsLastHour"] for account in named}
    seen = collections.Counter(run.user for run in runs if run.user)
    row("the same by the server's own count", ", ".join(f"{name}: {count}" for name, count in counted.items()), "the same", counted == seen)
    learning = sum(run.user is None and int(run.item) in CLOSED for run in runs)
    row("anonymous logins until it was known that the app is refused", str(learning), "<= 4", learning <= 4)
    show_waiting(" for an account", waiting, {NO_ACCOUNT}, first_of_accounts(runs))
    ended = [download for key in (server.key, other) for download in downloads(server, "success,failed", key)]
    by_login = len({run.item for run in runs} & {download["pubfileId"] for download in ended})
    row("settled without a login", f"{len(ended) - by_login} of {len(ended)}", "185", len(ended) - by_login == 185)
    for what, numbers, wanted in (("items, each for two users", OPEN, {"success": 50}), ("web files", WEB, {"success": 100}),
                                  ("not there", MISSING, {"item_not_found": 30}), ("private", HIDDEN, {"item_denied": 15}),
                                  ("banned", BANNED, {"item_banned": 15})):
        found = collections.Counter(download["error"]["code"] if download["error"] else download["status"]
                                    for download in ended if int(download["pubfileId"]) in numbers)
        row(f"  {what}", ", ".join(f"{count} {name}" for name, count in found.items()), f"{sum(wanted.values())}", found == wanted)


def show_left(server):
    """The server looks every ten seconds."""
    deadline = time.monotonic() + 15
    while True:
        connection = server.connection()
        connection.request("GET", "/metrics")
        left = re.findall(r"^wallwhale_steam_(?:account|address)_logins_left\S* (\S+)$", connection.getresponse().read().decode(), re.M)
        if len(left) == 3 and not any(map(float, left)) or time.monotonic() > deadline:
            return row("logins left, of each account and the address, by /metrics", ", ".join(left), "0", [float(n) for n in left] == [0] * 3)
        time.sleep(0.5)


def second_request(server, tool):
    """For a version that the store has, while no login is left at all."""
    before, connection = len(tool.logins()), server.connection()
    seconds, plain = [], []
    known = server.submit(OPEN[900], startAt=FAR_DAY, connection=connection)
    for number in range(REPEATS):
        begin = time.perf_counter()
        server.submit(OPEN[900 + number + 1], startAt=FAR_DAY, connection=connection)
        server.call("GET", "/downloads/" + known, connection=connection)
        plain.append(time.perf_counter() - begin)
        begin = time.perf_counter()
        download = server.submit(OPEN[number % 25], connection=connection)
        while server.call("GET", "/downloads/" + download, connection=connection)["status"] != "success":
            if time.perf_counter() - begin > 20:
                raise SystemExit(f"Not settled: {server.call('GET', '/downloads/' + download)}")
            time.sleep(0.005)
        seconds.append(time.perf_counter() - begin)
    median, base = statistics.median(seconds), statistics.median(plain)
    row(f"second request, until success; median of {REPEATS} (longest)", f"{median:.3f} s ({max(seconds):.3f} s)", "<= 1 s", max(seconds) <= 1)
    row("second request : POST and GET of one that does not start", f"{median / base:.1f} ({base * 1000:.1f} ms)", "")
    row("logins that these took", str(len(tool.logins()) - before), "0", len(tool.logins()) == before)


def after_a_kill(old, steam, tool, limits, waiting):
    """The next life counts what the one before logged in."""
    before = len(tool.logins())
    with Server(folder / "again", data=old.data, **settings(steam, tool, **limits)) as server:
        for number, wanted in ((MISSING[700], "failed"), (OPEN[0], "success")):
            server.await_status(server.submit(number), wanted)
        more = len(tool.logins()) - before
        row("logins after kill -9 and a start, while they wait", f"{more} ({waiting} wait)", "0", more == 0)


def pasted():
    """A hundred lines, each with what kind it is of."""
    address = "https://steamcommunity.com/sharedfiles/filedetails/?id={}&searchtext=night"
    lines = [("in the store already", OPEN[0]), ("a collection of five, one of which is pasted too", COLLECTION)]
    lines += [("an item", number) for number in OPEN[1:41]]
    lines += [("the same item again, as an address", address.format(OPEN[1 + number % 30])) for number in range(40)]
    lines += [("an item that is not there", number) for number in MISSING[:2]]
    lines += [("a private item", HIDDEN[0]), ("a banned item", BANNED[0])]
    lines += [("an old item with a web file", number) for number in WEB[:3]]
    lines += [("an item of an app that refuses anonymous logins", number) for number in CLOSED[2:4]]
    lines += [("no item at all", text) for text in ("hello", "https://steam.example/?id=5", 2**64 - 1, "0x10", address.format("5&id=6"), " ")]
    lines = [(kind, {"urlOrId": str(text)}) for kind, text in lines]
    lines += [("for the account 'first'", {"urlOrId": str(number), "accountName": "first"}) for number in CLOSED[:2]]
    return lines + [("for an account that is not there", {"urlOrId": str(OPEN[41]), "accountName": "nobody"})]


def paste(steam):
    """With the shipped budgets."""
    tool, lines = Tool("paste"), pasted()
    with Server(folder / "paste", **settings(steam, tool)) as server:
        add_accounts(server, ["first"])
        server.await_status(server.submit(OPEN[0]), "success")
        before, begin = tool.logins(), time.monotonic()
        batch = server.call("POST", "/downloads/batch", {"items": [line for _, line in lines]})["id"]
        accepted = time.monotonic() - begin
        while any(server.call("GET", "/batches/" + batch)["children"].get(live) for live in ("queued", "running")):
            if time.monotonic() > begin + 90:
                raise SystemExit("The paste has no end.")
            time.sleep(0.5)
        took = time.monotonic() - begin
        happened = collections.defaultdict(collections.Counter)
        for (kind, _), line in zip(lines, server.call("GET", "/batches/" + batch)["items"]):
            happened[kind][what_happened(server, line)] += 1
        runs = tool.logins()[len(before):]
        print(f"\nA paste of {len(lines)} lines, answered after {accepted:.2f} s, at its end after {took:.0f} s, with {len(runs)} logins, "
              f"of which {sum(run.fetched for run in runs)} fetched {len({run.item for run in runs})} items:\n")
        for kind, ends in happened.items():
            for end, count in ends.items():
                print(f"{kind:<49} | {count:>2} | {end}")


def what_happened(server, line):
    if line["result"] == "invalid":
        return f"invalid: {line['message']}"
    download = server.call("GET", "/downloads/" + line["downloadId"])
    end = f"{line['result']}, {download['status']}"
    if line["result"] == "accepted":
        parts = ", ".join(f"{count} {status}" for status, count in (download["children"] or {}).items() if count)
        end += f" ({parts})" if parts else ""
        log = server.exchange("GET", f"/downloads/{line['downloadId']}/logs", {"X-API-Key": server.key})[2].decode()
        end += "".join(f"; {text}" for text in re.findall(r"data: (Logs in .*|The store has .*|There is no account .*)", log))
    if download["error"]:
        end += f"; {download['error']['code']}: {download['error']['message']}"
    return re.sub(r"\b\d{8,20}\b", "…", end)


def measure():
    with Steam() as steam:
        items_of(steam)
        budgets(steam)
        paste(steam)


if __name__ == "__main__":
    run(measure)
