"""Real servers on this machine, for the tests of sources."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import NamedTuple

PDF = b"%PDF-1.7\n" + b"0123456789abcdef" * 64
NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class Answer(NamedTuple):
    """What a server says once. A body that is an iterable is sent piece by piece, without its length."""

    body: bytes | Callable[[], Iterable[bytes]] = b""
    status: int = 200
    headers: Mapping[str, str] = NO_HEADERS
    heeds_conditions: bool = True


class Request(NamedTuple):
    path: str
    headers: dict[str, str]
    body: bytes = b""


class Site:
    """A web server: for each path the answers it gives, one after the other, the last for ever."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self._answers: dict[str, deque[Answer]] = {}
        self._lock = threading.Lock()
        self.requests: list[Request] = []
        self.sent = 0
        self.port = server.server_address[1]

    def serve(self, path: str, *answers: Answer) -> str:
        """Its address, once the server gives these answers there."""
        self._answers[path] = deque(answers)
        return self.url(path)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def count(self, piece: bytes) -> bytes:
        """The piece, counted as sent. A client that has it can rely on that, so it is counted before it goes out."""
        with self._lock:
            self.sent += len(piece)
        return piece

    @property
    def asked(self) -> Counter[str]:
        """How often for what, robots.txt left out."""
        return Counter(request.path for request in self.requests if request.path != "/robots.txt")

    def answer(self, request: Request) -> Answer:
        self.requests.append(request)
        answers = self._answers.get(request.path)
        if not answers:
            return Answer(status=404)
        answer = answers.popleft() if len(answers) > 1 else answers[0]
        tag = answer.headers.get("ETag") or answer.headers.get("Last-Modified")
        known = request.headers.get("if-none-match") or request.headers.get("if-modified-since")
        is_known = answer.heeds_conditions and tag is not None and tag == known
        return Answer(status=304, headers=answer.headers) if is_known else answer


@contextmanager
def site() -> Iterator[Site]:
    """A server of its own on a free port of 127.0.0.1."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {key.lower(): value for key, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", 0)))
            answer = served.answer(Request(self.path, headers, body))
            self.send_response(answer.status)
            for header, value in answer.headers.items():
                self.send_header(header, value)
            pieces = (answer.body,) if isinstance(answer.body, bytes) else answer.body()
            if isinstance(answer.body, bytes) and "Content-Length" not in answer.headers:
                self.send_header("Content-Length", str(len(answer.body)))
            if not isinstance(answer.body, bytes) or "Content-Length" in answer.headers:
                self.close_connection = True
                self.send_header("Connection", "close")
            self.end_headers()
            self._send(pieces)

        do_POST = do_GET  # noqa: N815

        def _send(self, pieces: Iterable[bytes]) -> None:
            try:
                for piece in pieces:
                    self.wfile.write(served.count(piece))
            except OSError:
                self.close_connection = True  # the client has had enough

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Site(server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
