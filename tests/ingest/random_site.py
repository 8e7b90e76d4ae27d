"""A web site drawn from a number: pages, files, robots.txt, and answers that are broken in every way HTTP can be."""

from __future__ import annotations

import gzip
import socketserver
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from random import Random
from typing import NamedTuple

LONGEST_ANSWER = 120.0
"""Seconds on the clock of the sources that an answer may take."""

DEEP = "/deep/"
"""Below it are pages without end, each of which leads to the next: /deep/1, /deep/2 …"""

_ENDLESS = b"endless"
"""Stands for a body that goes on until the client has had enough."""

_MEGABYTE = b"a" * (1 << 20)
_MOST_SENT = 64 << 20
_BOMB = gzip.compress(b"<" * (20 << 20), 9, mtime=0)

_PLACES = ("/a.pdf", "/b.pdf", "/c.txt", "/%E6%96%87.pdf", "/p/1", "/p/2", "/p/3", "/odd?id=1")
"""What the site may have beside its first page and robots.txt; pages name others, too."""

_REFERENCES = (
    f"{DEEP}1",
    "b.pdf",
    "../../a.pdf",
    "//[::1",
    "//evil.example/a.pdf",
    "http://127.0.0.1:1/dead.pdf",
    "http://127.0.0.1:99999/a.pdf",
    "http://127.0.0.1:²/a.pdf",
    "http://user:password@127.0.0.1/a.pdf",
    "http://ⅷ.example\u3002/a.pdf",
    "https://a..b/x.pdf",
    "https://" + "a" * 70 + ".example/x.pdf",
    "http:a.pdf",
    "mailto:a@b",
    "javascript:void(0)",
    "data:text/html,x.pdf",
    "\\\\host\\a.pdf",
    "?page=\udcff.pdf",
    "a\x00b.pdf",
    "%zz%.pdf",
    "%00.pdf",
    "a" * 5000 + ".pdf",
    "/" + "../" * 50 + "b.pdf",
    "/p/1#.pdf",
    "文件 下载.pdf?名=值",
    "",
)
_MARKUP = (
    "<div>",
    "</div>",
    "<p>",
    "<table><tr><td>",
    "<!--",
    "-->",
    "<script>",
    "<svg><a href=x.pdf>",
    "<a href>",
    "<area href='b.pdf'>",
    "&#0;&#xD800;&bogus;",
    "\x00",
    "下一页",
    "<title>",
    "<template>",
    "<frameset>",
    "<div>" * 600,
)
_CHARSETS = ("utf-8", "gb2312", "gbk", "undefined", "idna", "base64", "utf-7", "utf-16", "punycode", "none", "é", "zip")
_BASES = ("/p/", "", "http://[", "?", "x" * 5000, "\u202e")
_FILES = (b"%PDF-1.7\nx", b"\n%PDF-1.4 y", b"text", "目标".encode("gb18030"), b"<html>", b"", b"\x00\xff" * 40)
_RULES = (
    "User-agent: *",
    "User-agent: perftable-etl",
    "Disallow: /p/2",
    "Disallow: /",
    "Allow: /*.pdf$",
    "Disallow: /%zz",
    "Disallow: " + "*a" * 40,
    "Crawl-delay: 1",
    "Crawl-delay: 1e308",
    "Crawl-delay: nan",
    "Crawl-delay: -5",
    "Crawl-delay: x",
    "Request-rate: 1/0",
    "Visit-time: 9999-0000",
    "Sitemap:",
    "\x00",
)
_WAITS = (
    "0",
    "1",
    "-1",
    "3.5",
    "300",
    "301",
    "1e9",
    "9" * 400,
    "٣",
    "²",
    "Mon, 01 Jan 2024 00:00:00 GMT",
    "Mon, 01 Jan 99999999999",
    "Fri, 31 Dec 9999 23:59:59 -2359",
    "Mon, 01 Jan 0001 00:00:00 +2359",
    "",
    "nan",
    "inf",
)
_STAMPS = ('"1"', 'W/"2"', "x" * 3000, "é", "中文")
_STATUSES = (301, 302, 304, 307, 308, 404, 410, 403, 429, 503)


class Reply(NamedTuple):
    """The bytes of an answer, and how long it takes on the clock of the sources, in seconds."""

    sent: bytes
    seconds: float = 0.0


Replies = Mapping[str, Reply]
"""What is answered at which path; 404 at all others."""


def random_replies(chance: Random) -> Replies:
    """A site whose first page and rules can mostly be read, and whose other places mostly can not."""
    replies = {path: _reply(chance) for path in _PLACES if chance.random() < 0.8}
    replies["/"] = _sound(_page(chance)) if chance.random() < 0.8 else _reply(chance)
    if chance.random() < 0.5:
        replies["/robots.txt"] = _sound(_robots(chance)) if chance.random() < 0.8 else _reply(chance)
    return replies


def _sound(body: bytes) -> Reply:
    """An answer with nothing wrong but what it says."""
    return Reply(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n" + body)


def _reply(chance: Random) -> Reply:
    seconds = chance.choice((0.0, chance.uniform(0, LONGEST_ANSWER)))
    sent = chance.randbytes(chance.randrange(60)) if chance.random() < 0.05 else _answer(chance)
    return Reply(sent, seconds)


def _answer(chance: Random) -> bytes:
    status = 200 if chance.random() < 0.6 else chance.choice((*_STATUSES, chance.randrange(100, 1000)))
    packing, body = PACKINGS[_mostly("none", PACKINGS, chance)](_body(chance))
    length, sent = FRAMINGS[_mostly("length", FRAMINGS, chance)](body)
    headers = (_header(chance) for _ in range(chance.randrange(4)))
    head = "\r\n".join((f"HTTP/1.1 {status} x", packing, length, *headers, "Connection: close"))
    return _bytes(head) + b"\r\n\r\n" + sent


def _mostly(usual: str, names: Iterable[str], chance: Random) -> str:
    return usual if chance.random() < 0.6 else chance.choice([*names])


def _body(chance: Random) -> bytes:
    make = chance.choice((_page, _page, _file, _robots, lambda chance: chance.randbytes(chance.randrange(200))))
    return make(chance)


def _file(chance: Random) -> bytes:
    return chance.choice((*_FILES, b"%PDF-1.7\n" + b"x" * chance.randrange(90_000)))


def _robots(chance: Random) -> bytes:
    return "\n".join(chance.choices(_RULES, k=chance.randrange(6))).encode()


def _page(chance: Random) -> bytes:
    pieces = [chance.choice((_link, _link, _link, _markup, _head))(chance) for _ in range(chance.randrange(25))]
    return _bytes("".join(pieces))


def _link(chance: Random) -> str:
    reference = chance.choice((chance.choice(_PLACES), chance.choice(_REFERENCES), _noise(chance)))
    text = chance.choice(("下一页", "x.pdf", "", "<b>绩效\n目标</b>", "目" * 300))
    return f'<a href="{reference}">{text}</a>'


def _markup(chance: Random) -> str:
    return chance.choice(_MARKUP)


def _head(chance: Random) -> str:
    return f'<meta charset="{chance.choice(_CHARSETS)}"><base href="{chance.choice(_BASES)}">'


def _header(chance: Random) -> str:
    return chance.choice(
        (
            f"Retry-After: {chance.choice(_WAITS)}",
            f"Location: {chance.choice((*_REFERENCES, *_PLACES))}",
            f"Location: {_noise(chance)}",
            f"Content-Type: text/html; charset={chance.choice(_CHARSETS)}",
            f"Content-Type: {_noise(chance)}",
            f"ETag: {chance.choice((*_STAMPS, _noise(chance)))}",
            f"Last-Modified: {chance.choice((*_STAMPS, _noise(chance)))}",
            f"Content-Encoding: {chance.choice(('br', 'zstd', 'identity', 'gzip, gzip', 'x-gzip', 'é'))}",
            f"{chance.choice(('Set-Cookie', 'Refresh', 'X'))}: {_noise(chance)}",
        )
    )


def _noise(chance: Random) -> str:
    """A few characters of all kinds, none of which ends a line or an attribute."""
    ranges = ((0x20, 0x7E), (0x01, 0x08), (0x80, 0xFF), (0x4E00, 0x9FFF), (0x1F600, 0x1F64F), (0xDC80, 0xDCFF))
    characters = (chr(chance.randint(*chance.choice(ranges))) for _ in range(chance.randrange(12)))
    return "".join(characters).replace('"', "")


def _bytes(text: str) -> bytes:
    """A surrogate stands for a byte that is no UTF-8."""
    return text.encode("utf-8", errors="surrogateescape")


FRAMINGS: Mapping[str, Callable[[bytes], tuple[str, bytes]]] = {
    "length": lambda body: (f"Content-Length: {len(body)}", body),
    "too short": lambda body: (f"Content-Length: {len(body) + 5}", body),
    "too long": lambda body: (f"Content-Length: {len(body)}", body + b"more"),
    "absurd": lambda body: (f"Content-Length: {'9' * 30}", body),
    "no number": lambda body: ("Content-Length: x", body),
    "chunked": lambda body: ("Transfer-Encoding: chunked", b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)),
    "broken chunks": lambda body: ("Transfer-Encoding: chunked", b"fffffffffffffffffffff\r\n" + body),
    "to the end": lambda body: ("X: x", body),
    "endless": lambda body: ("X: x", body + _ENDLESS),
}
"""How a body goes over the wire: the header that says where it ends, and what is sent."""

PACKINGS: Mapping[str, Callable[[bytes], tuple[str, bytes]]] = {
    "none": lambda body: ("X: x", body),
    "gzip": lambda body: ("Content-Encoding: gzip", gzip.compress(body, mtime=0)),
    "deflate": lambda body: ("Content-Encoding: deflate", zlib.compress(body)),
    "cut": lambda body: ("Content-Encoding: gzip", gzip.compress(body, mtime=0)[:-9]),
    "bomb": lambda _: ("Content-Encoding: gzip", _BOMB),
    "not packed": lambda body: ("Content-Encoding: gzip", body),
}
"""How a body is packed: the header that says so, and what is left to send."""

_NOT_FOUND = Reply(b"HTTP/1.1 404 x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


class RandomSite:
    """A server that answers as it is told, on a free port of 127.0.0.1, and counts what it was asked and sent."""

    def __init__(self, replies: Replies, port: int, passes: Callable[[float], None]) -> None:
        self.asked: list[str] = []
        self.most_sent = 0
        self._replies = replies
        self._port = port
        self._passes = passes

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"http://127.0.0.1:{self._port}{path}"

    def reply(self, path: str) -> Reply:
        """What is answered at a path."""
        self.asked.append(path)
        reply = _deep(path) if path.startswith(DEEP) else self._replies.get(path, _NOT_FOUND)
        self._passes(reply.seconds)
        return reply


def _deep(path: str) -> Reply:
    return _sound(f'<a href="{DEEP}{int(path.removeprefix(DEEP)) + 1}">下一页</a>'.encode())


@contextmanager
def random_site(replies: Replies, passes: Callable[[float], None]) -> Iterator[RandomSite]:
    """A server that gives these answers; `passes` hears how long each takes."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):  # the client has had enough
                path = self.rfile.readline().split()[1].decode()
                while self.rfile.readline().strip():
                    pass
                self._send(site.reply(path))

        def _send(self, reply: Reply) -> None:
            start, is_endless, _ = reply.sent.partition(_ENDLESS)
            self.wfile.write(start)
            sent = len(start)
            while is_endless and sent < _MOST_SENT:
                self.wfile.write(_MEGABYTE)
                sent += len(_MEGABYTE)
                site.most_sent = max(site.most_sent, sent)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        site = RandomSite(replies, server.server_address[1], passes)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.001})
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
