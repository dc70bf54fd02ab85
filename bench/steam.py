"""A scripted Steam on this machine: the Web API that says what items are, and the web server of old items' files."""
import hashlib
import http.server
import json
import threading
import urllib.parse

FILE = b"the only file of an old item\n" * 4096
SHA1 = hashlib.sha1(FILE).hexdigest().upper()
PUBLIC, PRIVATE, MISSING = 1, 2, 9


class Steam(http.server.ThreadingHTTPServer):
    """Knows no item until it is told of it."""
    request_queue_size = 128

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.base = f"http://127.0.0.1:{self.server_address[1]}"
        self.items, self.collections = {}, {}
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def __exit__(self, *failure):
        self.shutdown()
        super().__exit__(*failure)

    def item(self, number, app, manifest="", **more):
        """An item that everybody may see, but for what is said otherwise."""
        self.items[str(number)] = {"publishedfileid": str(number), "result": PUBLIC, "consumer_app_id": app, "title": f"Item {number}",
                                   "visibility": 0, "banned": 0, "time_updated": 1700000000, "hcontent_file": manifest, **more}
        return number

    def web_file(self, number, app):
        return self.item(number, app, file_url=f"{self.base}/ugc/{number}/{SHA1}/", filename="old/scene.bytes", file_size=str(len(FILE)))

    def collection(self, number, app, *children):
        self.collections[str(number)] = {"publishedfileid": str(number), "result": PUBLIC, "children": [
            {"publishedfileid": str(child), "sortorder": order, "filetype": 0} for order, child in enumerate(children)]}
        return self.item(number, app)


class Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        """Nothing: the figures are printed there."""

    def do_GET(self):
        self.answer(FILE)

    def do_POST(self):
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        wanted = [value for key, value in urllib.parse.parse_qsl(form) if key.startswith("publishedfileids")]
        details = "GetPublishedFileDetails" in self.path
        known = self.server.items if details else self.server.collections
        answers = [known.get(number, {"publishedfileid": number, "result": MISSING}) for number in wanted]
        member = "publishedfiledetails" if details else "collectiondetails"
        self.answer(json.dumps({"response": {"result": 1, member: answers}}).encode())

    def answer(self, body):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
