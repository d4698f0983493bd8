"""A small outside system that listens on this machine (对方)."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Listener:
    """What came in, and what is answered."""

    status: int = 204
    url: str = ""
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    was_called: threading.Event = field(default_factory=threading.Event)


@contextmanager
def listening(status: int = 204) -> Iterator[Listener]:
    """Answer every call with a status."""
    listener = Listener(status)

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            listener.came.append(({key.lower(): value for key, value in self.headers.items()}, body))
            self.send_response(listener.status)
            self.send_header("Location", "http://169.254.169.254/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            listener.was_called.set()

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    listener.url = f"http://127.0.0.1:{server.server_port}/hook"
    try:
        yield listener
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def hanging(*, until: threading.Event) -> Iterator[str]:
    """Take one call, and say nothing until something else has happened; then hang up."""
    with socket.create_server(("127.0.0.1", 0)) as deaf:

        def take() -> None:
            call, _ = deaf.accept()
            with call:
                until.wait()

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{deaf.getsockname()[1]}/hook"
        until.set()
        thread.join()
