"""Asking web servers: politely, patiently, never beyond the hosts allowed, and never for more than is wanted."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from math import inf
from pathlib import Path
from typing import NamedTuple, TypeVar

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception, wait_exponential_jitter

from perftable_etl.errors import NotAsked, NotFound, OverBudget, Refused, TooLarge, Unreachable
from perftable_etl.ingest.config import HttpSettings
from perftable_etl.ingest.sources.addresses import canonical, host_of, origin_of
from perftable_etl.ingest.sources.cookies import cookie_jar
from perftable_etl.ingest.sources.headers import conditions, content_length, retry_after
from perftable_etl.ingest.sources.hosts import Hosts
from perftable_etl.ingest.sources.links import LinkPage
from perftable_etl.ingest.sources.pace import Pace
from perftable_etl.ingest.sources.robots import Robots
from perftable_etl.ingest.sources.source import Fetched, Listing, NotModified, Validators
from perftable_etl.ingest.sources.spool import Spool
from perftable_etl.ingest.sources.unpacking import packing_of, require_packing, unpacked

MOST_REDIRECTS = 5
LARGEST_PAGE = 8 << 20
"""Bytes of an index page, or of robots.txt, at most."""

LONGEST_WAIT = 300.0
"""Seconds a server can make us wait before the next try; whoever asks for more is left to the next run."""

_PASSING = frozenset(
    {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS} | {*range(500, 600)}
)
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_JITTER = 1.0
"""Seconds by which two waits may differ, so that clients who failed together do not come back together."""

_back_off = wait_exponential_jitter(initial=1, max=60, jitter=_JITTER)

_FORBIDS_ALL = "User-agent: *\nDisallow: /"
T = TypeVar("T")
Read = Callable[[httpx.Response], T]
Check = Callable[[str], None]


class _Passing(Unreachable):
    """Another try may help, after so many seconds if the server said."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class _NoConnection(_Passing):
    """The server itself was not reached."""

    def __init__(self, message: str, origin: str) -> None:
        super().__init__(message)
        self.origin = origin


class _Wanted(_Passing):
    """The server wants to be asked again `after` so many seconds (Retry-After)."""

    def __init__(self, message: str, origin: str, after: float) -> None:
        super().__init__(message, after)
        self.origin = origin
        self.after: float = after


class _Closed(NamedTuple):
    """Until when a server is not asked, on this run's clock, and why."""

    until: float
    reason: str


class Client:
    """One source's way into the web. Every request, also one a redirect leads to, is checked and takes its turn."""

    def __init__(self, settings: HttpSettings, hosts: Hosts, pace: Pace) -> None:
        self._settings = settings
        self._hosts = hosts
        self._pace = pace
        self._spool = Spool(settings)
        self._robots = Robots(settings.user_agent, self._read_robots)
        headers = {"User-Agent": settings.user_agent, "Accept-Encoding": "gzip, deflate"}
        self._http = httpx.Client(headers=headers, timeout=settings.timeout, cookies=cookie_jar())
        self._closed: dict[str, _Closed] = {}
        self._end: float | None = None

    def close(self) -> None:
        """Closes the connections."""
        self._http.close()

    def page(self, address: str) -> LinkPage:
        """A page of links, at the address where it was found after all redirects. Raises SourceError."""
        return self._ask(address, {}, self._read_page, self._check)

    def download(self, listing: Listing, known: Validators | None, into: Path) -> Fetched | NotModified:
        """A file, unless the server says that it is still as known. Raises SourceError."""

        def read(response: httpx.Response) -> Fetched | NotModified:
            if response.status_code == HTTPStatus.NOT_MODIFIED:
                return NotModified()
            stamps = Validators(response.headers.get("ETag"), response.headers.get("Last-Modified"))
            if stamps.confirm(known):  # a server that does not know of conditions: its body is not waited for
                return NotModified()
            expected = listing._replace(size=content_length(response.headers))
            return self._spool.keep(self._chunks(response, self._settings.max_bytes), expected, stamps, into)

        return self._ask(listing.uri, conditions(known), read, self._check)

    def keep_page(self, page: LinkPage, listing: Listing, into: Path) -> Fetched:
        """A page that was asked for already, as a file. Raises what `Spool.keep` raises."""
        return self._spool.keep([page.body], listing, Validators(), into)

    def _check(self, address: str) -> None:
        self._hosts.check(address)
        self._robots.check(address)

    def _read_robots(self, address: str) -> str:
        """The rules of a site; none where it has no such file, but no answer is no leave (RFC 9309, 2.3.1).

        A file too large to be read may forbid anything, so it forbids everything.
        """
        try:
            page = self._ask(address, {}, self._read_page, self._hosts.check)
        except (NotFound, Refused):
            return ""
        except TooLarge:
            return _FORBIDS_ALL
        except Unreachable as error:
            raise NotAsked(f"robots.txt of the site cannot be read, so nothing is fetched from it: {error}") from error
        return page.body.decode("utf-8", errors="replace")

    def _ask(self, address: str, headers: Mapping[str, str], read: Read[T], check: Check) -> T:
        """What `read` makes of the answer, asked for again while another try may help."""
        retrying = Retrying(
            stop=self._gives_up,
            retry=retry_if_exception(_may_pass),
            wait=_wait,
            sleep=self._pace.sleep,
            reraise=True,
        )
        try:
            outcome: T = retrying(self._follow, address, headers, read, check)
            return outcome
        except _NoConnection as error:
            self._closed[error.origin] = _Closed(inf, f"{error.origin} did not answer before")
            raise
        except _Wanted as error:
            self._closed[error.origin] = _Closed(self._pace.now() + error.after, f"{error.origin} asked us to wait")
            raise NotAsked(str(error)) from error  # a server at rest says nothing of the file
        except _Passing as error:
            if retrying.statistics["attempt_number"] <= self._settings.retries:  # there was no time for another try
                raise self._out_of_time(address) from error
            raise

    def _gives_up(self, state: RetryCallState) -> bool:
        """Whether there were tries enough, or the wait for another would end after the source's time."""
        is_late = self._end is not None and self._pace.now() + _wait(state) + _JITTER > self._end
        return is_late or state.attempt_number > self._settings.retries

    def _follow(self, address: str, headers: Mapping[str, str], read: Read[T], check: Check) -> T:
        """What `read` makes of the answer at the end of the redirects."""
        asked: str | None = address
        for _ in range(1 + MOST_REDIRECTS):
            if asked is None:
                raise Refused(
                    f"{address} redirects to something that is not a web address; ask the site for the new one"
                )
            check(asked)
            with self._answer(asked, headers) as response:
                if not response.has_redirect_location:
                    _require_success(response, asked, headers)
                    return read(response)
                asked = canonical(_location(response), asked)
        raise Unreachable(f"{address} redirects more than {MOST_REDIRECTS} times; open it in a browser to see why")

    @contextmanager
    def _answer(self, address: str, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        """The answer of one server, its body still to come; what goes wrong on the wire is an error of ours."""
        self._require_open(address)
        self._require_time(address)
        self._pace.take_turn(host_of(address), max(self._settings.interval, self._robots.delay(address)))
        try:
            with self._http.stream("GET", address, headers=headers) as response:
                yield response
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise _NoConnection(_broken(address, error), origin_of(address)) from error
        except httpx.RequestError as error:
            raise _Passing(_broken(address, error)) from error
        except httpx.InvalidURL as error:
            raise Refused(f"{address} cannot be requested ({error}); check the page that links to it") from error

    def _require_open(self, address: str) -> None:
        """Raises NotAsked if the server did not answer before in this run, or asked to be left alone until later."""
        closed = self._closed.get(origin_of(address))
        if closed and self._pace.now() < closed.until:
            raise NotAsked(f"{address} was not requested: {closed.reason}; the next run tries")

    def _require_time(self, address: str) -> None:
        """Raises OverBudget once the source has taken its time; the first request starts the clock."""
        now = self._pace.now()
        self._end = now + self._settings.max_run_seconds if self._end is None else self._end
        if now > self._end:
            raise self._out_of_time(address)

    def _out_of_time(self, address: str) -> OverBudget:
        most = self._settings.max_run_seconds
        return OverBudget(f"{address} is left for the next run: this run has used up max_run_seconds = {most:g}")

    def _read_page(self, response: httpx.Response) -> LinkPage:
        body = bytearray()
        for chunk in self._chunks(response, LARGEST_PAGE):
            body += chunk
            if len(body) > LARGEST_PAGE:
                raise TooLarge(f"{response.url} has more than {LARGEST_PAGE:,} bytes, too many for a page of links")
        return LinkPage(bytes(body), response.headers.get("Content-Type", ""), str(response.url))

    def _chunks(self, response: httpx.Response, most: int) -> Iterator[bytes]:
        """The plain body as it comes.

        A server that sends a little now and then is never silent, yet must end some time.
        Packed bytes that hold nothing could come for ever, so they may be at most twice the `most` plain ones.
        """
        end = self._pace.now() + self._settings.max_seconds
        try:
            for chunk in unpacked(response.iter_raw(), packing_of(response.headers)):
                if self._pace.now() > end:
                    raise Unreachable(f"{response.url} took longer than max_seconds = {self._settings.max_seconds:g}")
                if response.num_bytes_downloaded > 2 * most:
                    raise TooLarge(
                        f"{response.url} has more than {2 * most:,} compressed bytes, too many for its content"
                    )
                yield chunk
        except (EOFError, zlib.error) as error:
            raise _Passing(_broken(str(response.url), error)) from error


def _location(response: httpx.Response) -> str:
    """Where a redirect leads; what is sent beyond ASCII is kept byte for byte, whatever its encoding."""
    sent = response.headers["Location"].encode(response.headers.encoding)
    return "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in sent)


def _require_success(response: httpx.Response, address: str, conditions: Mapping[str, str]) -> None:
    status = response.status_code
    if response.is_success or (conditions and status == HTTPStatus.NOT_MODIFIED):
        require_packing(response.headers, address)
        return
    if status in _GONE:
        raise NotFound(f"{address} is gone (HTTP {status}); look for it on the page that linked to it")
    if status not in _PASSING:
        refusal = Refused if response.is_client_error else Unreachable
        raise refusal(f"{address} was refused (HTTP {status}); open it in a browser to see why")
    after = retry_after(response.headers)
    if after is None:
        raise _Passing(f"{address} is not available now (HTTP {status}); the next run tries again")
    wanted = f"{address} is not available for {after:.0f} s (HTTP {status}); a later run tries again"
    raise _Wanted(wanted, origin_of(address), after)


def _may_pass(error: BaseException) -> bool:
    """Whether another try in this run may help."""
    return isinstance(error, _Passing) and (error.after or 0.0) <= LONGEST_WAIT


def _wait(state: RetryCallState) -> float:
    """Seconds to the next try: as the server said, or else more each time and never quite the same."""
    error = state.outcome.exception() if state.outcome else None
    return error.after if isinstance(error, _Passing) and error.after is not None else _back_off(state)


def _broken(address: str, error: Exception) -> str:
    return f"{address} did not arrive completely ({type(error).__name__}: {error}); the next run tries again"
