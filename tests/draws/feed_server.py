"""A feed served on this machine, for tests that fetch it as the site does."""

import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain, repeat


class Answers:
    """What the server says next, and what it was asked."""

    def __init__(self):
        self.content, self.headers, self.asked, self.statuses = b"", {}, [], []
        self.endless, self.slow = False, 0.0
        self.drips = b""  # the answer from its first line on, a byte at a time; the last byte again and again

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}/ee_rounds_123_en.json"


@contextmanager
def feed_server():
    answers = Answers()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            answers.asked.append(dict(self.headers))
            if answers.drips:
                return self.drip()
            status = answers.statuses.pop(0) if answers.statuses else 200
            if status == 200 and answers.headers.get("ETag") == self.headers.get("If-None-Match", "none"):
                status = 304
            self.send_response(status)
            for name, value in answers.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if status == 200:
                self.send_body()

        def send_body(self):
            time.sleep(answers.slow)
            self.wfile.write(answers.content)
            while answers.endless:
                try:
                    self.wfile.write(b" " * 100_000)
                except OSError:
                    return

        def drip(self):
            for byte in chain(answers.drips, repeat(answers.drips[-1])):
                try:
                    self.wfile.write(bytes([byte]))
                except OSError:
                    return
                time.sleep(0.01)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    answers.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    try:
        yield answers
    finally:
        answers.endless = False
        server.shutdown()
        server.server_close()
        thread.join()
