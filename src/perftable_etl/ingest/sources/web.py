"""Sources on the web: pages that link to disclosures, and plain lists of addresses."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from perftable_etl.errors import SourceError
from perftable_etl.formats import SUFFIXES
from perftable_etl.ingest.config import UrlsSettings, WebSettings
from perftable_etl.ingest.sources.addresses import canonical, clean_name, file_name, host_of, readable
from perftable_etl.ingest.sources.client import Client
from perftable_etl.ingest.sources.hosts import Hosts
from perftable_etl.ingest.sources.links import LinkPage, LinkReader, WebLink
from perftable_etl.ingest.sources.pace import Pace
from perftable_etl.ingest.sources.selection import Troubles, at_most
from perftable_etl.ingest.sources.source import Fetched, Listing, NotModified, Validators
from perftable_etl.system.disk import read_bytes

_LARGEST_LIST = 64 << 20
"""Bytes of a list of addresses, at most."""


class WebSource:
    """The files that the pages of a site link to, page by page, each once.

    A file on a host that is not allowed is listed all the same, and refused when it is fetched: nothing is left out
    in silence.
    """

    def __init__(self, settings: WebSettings, pace: Pace) -> None:
        self.name = settings.name
        self.patience = settings
        self._settings = settings
        self._first = _canonical(settings.pages)
        self._client = Client(settings, _hosts(self._first, settings.hosts), pace)
        self._links = LinkReader()
        self._page: LinkPage | None = None

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()
        self._links.close()

    def list(self) -> Iterator[Listing]:
        """The files that are linked to. Raises what `PublicationSource.list` raises."""
        return at_most(self._settings.max_files, self._crawl())

    def fetch(self, listing: Listing, known: Validators | None, into: Path) -> Fetched | NotModified:
        """A file, unless the server says that it is still as known. Raises SourceError.

        A page is at hand when it is listed, and need not be asked for twice.
        """
        if self._page and listing == _page_listing(self._page):
            return self._client.keep_page(self._page, listing, into)
        return self._client.download(listing, known, into)

    def _crawl(self) -> Iterator[Listing]:
        pages = deque((address, 0) for address in self._first)
        seen, troubles = set(self._first), Troubles()
        for _ in range(self._settings.max_pages):
            if not pages:
                break
            address, depth = pages.popleft()
            self._page = self._ask_for(address, troubles)
            if self._page is None:
                continue
            if "pages" in self._settings.read and self._page.has_table:
                yield _page_listing(self._page)
            for link in self._links_on(self._page, troubles):
                if link.address in seen:
                    continue
                if self._is_file(link):
                    seen.add(link.address)
                    yield Listing(link.address, _name(link))
                elif depth < self._settings.depth and self._is_followed(link):
                    seen.add(link.address)
                    pages.append((link.address, depth + 1))
        if pages:
            troubles.note(
                f"there are more than max_pages = {self._settings.max_pages} pages; raise max_pages, or narrow follow"
            )
        troubles.require_none()

    def _ask_for(self, address: str, troubles: Troubles) -> LinkPage | None:
        try:
            return self._client.page(address)
        except SourceError as error:
            troubles.note(str(error))
            return None

    def _links_on(self, page: LinkPage, troubles: Troubles) -> Iterable[WebLink]:
        try:
            return self._links.read(page)
        except SourceError as error:
            troubles.note(str(error))
            return ()

    def _is_file(self, link: WebLink) -> bool:
        if "links" not in self._settings.read:
            return False
        found = self._settings.links.search(readable(link.address)) and self._settings.texts.search(link.text)
        return found is not None

    def _is_followed(self, link: WebLink) -> bool:
        follow = self._settings.follow
        return follow is not None and any(follow.search(said) for said in (link.text, readable(link.address)))


class UrlsSource:
    """Files on the web at known addresses, in their order, each once."""

    def __init__(self, settings: UrlsSettings, pace: Pace) -> None:
        self.name = settings.name
        self.patience = settings
        self._settings = settings
        self._troubles = Troubles()
        self._addresses = tuple(dict.fromkeys((*_canonical(settings.urls), *self._read_file())))
        self._client = Client(settings, _hosts(self._addresses, settings.hosts), pace)

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def list(self) -> Iterator[Listing]:
        """The files that are linked to. Raises what `PublicationSource.list` raises."""
        return at_most(self._settings.max_files, self._all())

    def fetch(self, listing: Listing, known: Validators | None, into: Path) -> Fetched | NotModified:
        """A file, unless the server says that it is still as known. Raises SourceError."""
        return self._client.download(listing, known, into)

    def _all(self) -> Iterator[Listing]:
        for address in self._addresses:
            yield Listing(address, _name(WebLink(address, "")), is_page="pages" in self._settings.read)
        self._troubles.require_none()

    def _read_file(self) -> Iterator[str]:
        file = self._settings.file
        try:
            lines = read_bytes(file, _LARGEST_LIST).decode("utf-8-sig").splitlines() if file else ()
        except (OSError, UnicodeDecodeError) as error:
            self._troubles.note(f"{file} cannot be read ({error}); it must be UTF-8 text with one address per line")
            return
        for number, line in enumerate(lines, start=1):
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            address = None if "\0" in line else canonical(line)
            if address:
                yield address
            else:
                self._troubles.note(
                    f"{file}, line {number}, is not a web address; correct the line, or start it with #"
                )


def _page_listing(page: LinkPage) -> Listing:
    """A page as a file: its address is that at the end of all redirects."""
    return Listing(page.address, _name(WebLink(page.address, "")), is_page=True)


def _canonical(addresses: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(canonical, addresses))))


def _hosts(addresses: Iterable[str], others: Iterable[str]) -> Hosts:
    """The hosts of the addresses the config gives, and the others it names."""
    return Hosts(frozenset({*map(host_of, addresses), *(host.lower() for host in others)}))


def _name(link: WebLink) -> str:
    """The file's name in the address, or, where that is of a script (download.jsp?id=1), what the link says."""
    name = file_name(link.address)
    is_of_file = PurePosixPath(name).suffix.lower() in SUFFIXES
    return name if is_of_file else clean_name(link.text) or name or host_of(link.address)
