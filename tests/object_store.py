"""A real S3 server on this machine, which can be told to fail for a while."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.s3.models import s3_backends
from werkzeug.serving import make_server

from perftable_etl.stores.address import Address
from perftable_etl.stores.store import Store

Environ = dict[str, Any]
Fault = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


def busy(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The store has too much to do."""
    return _refused(environ, start_response, "503 Slow Down", "SlowDown")


def hung_up(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The connection drops without an answer."""
    environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
    return busy(environ, start_response)


def denied(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The store refuses."""
    return _refused(environ, start_response, "403 Forbidden", "AccessDenied")


def _refused(environ: Environ, start_response: Callable[..., Any], status: str, code: str) -> Iterable[bytes]:
    body = f'<?xml version="1.0"?><Error><Code>{code}</Code><Message>No.</Message></Error>'.encode()
    if environ["REQUEST_METHOD"] == "HEAD":
        body = b""
    start_response(status, [("Content-Type", "application/xml"), ("Content-Length", str(len(body)))])
    return [body]


@dataclass
class ObjectStore:
    """The server: where it listens, what was asked of it, and how it shall fail."""

    endpoint: str = ""
    requests: list[tuple[str, str]] = field(default_factory=list)
    _faults: list[tuple[str, str, Fault]] = field(default_factory=list)
    _names: Iterator[int] = field(default_factory=count)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def fail(self, times: int, fault: Fault, *, method: str = "", path: str = "") -> None:
        """The next requests with this method, whose path has this in it, fail so many times."""
        self._faults = [(method, path, fault)] * times

    def stop_failing(self) -> int:
        """It answers again; how often it would still have failed."""
        left = len(self._faults)
        self._faults.clear()
        return left

    def new_bucket(self) -> Address:
        """An empty bucket of its own for one test."""
        bucket = Address("s3", f"bucket-{next(self._names)}")
        Store.of(bucket)._backend.mkdir(str(bucket))
        return bucket

    def fill(self, bucket: Address, keys: Iterable[str]) -> None:
        """Puts small objects into a bucket, past the network."""
        held = s3_backends[DEFAULT_ACCOUNT_ID]["aws"]
        for key in keys:
            held.put_object(bucket.path, key, key.encode())

    def asked(self, method: str, part: str = "") -> int:
        """How many requests there were with this method and this in the path."""
        return sum(one == method and part in path for one, path in self.requests)

    def fault_for(self, environ: Environ) -> Fault | None:
        """How a request shall fail; None: not at all."""
        method, path = environ["REQUEST_METHOD"], f"{environ['PATH_INFO']}?{environ.get('QUERY_STRING', '')}"
        with self._lock:
            self.requests.append((method, path))
            for number, (of, part, fault) in enumerate(self._faults):
                if of in {"", method} and part in path:
                    del self._faults[number]
                    return fault
        return None


@contextmanager
def object_store() -> Iterator[ObjectStore]:
    """A server on a free port of 127.0.0.1."""
    served, real = ObjectStore(), DomainDispatcherApplication(create_backend_app)

    def application(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        answer: Iterable[bytes] = (served.fault_for(environ) or real)(environ, start_response)
        return answer

    server = make_server("127.0.0.1", 0, application, threaded=True)
    server.log = lambda *_: None  # type: ignore[method-assign]
    served.endpoint = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def upload(folder: Path, to: Address) -> None:
    """Puts the files below a folder of this machine into a store."""
    store = Store.of(to)
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            store.send(file, to / file.relative_to(folder).as_posix())
