"""The sources, and what each kind of them may say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    ByteSize,
    Field,
    NonNegativeFloat,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
    model_validator,
)

from perftable_etl.bounds import MAX_BYTES
from perftable_etl.formats import FORMATS, HTML, SUFFIXES
from perftable_etl.ingest.config.values import (
    Host,
    Place,
    StoreUrl,
    TomlTable,
    WebUrl,
    require_addresses,
    require_ascii,
    require_some,
)
from perftable_etl.version import VERSION

READABLE = tuple(f"*{suffix}" for suffix in SUFFIXES)
_FILES = "|".join(suffix.removeprefix(".") for known in FORMATS if known is not HTML for suffix in known.suffixes)
What = Literal["pages", "links"]
"""What of a site is read: tables on its pages, files that the pages link to."""

_NUMBERED = re.compile(r"\{(\d+)\.\.(\d+)\}")
_MOST_NUMBERED = 1000


def _number(pages: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(page for template in pages for page in _numbered(template))


def _numbered(template: str) -> Iterator[str]:
    """The address, or where it holds {1..9} the nine it stands for."""
    span = _NUMBERED.search(template)
    if not span:
        yield template
        return
    first, last = int(span[1]), int(span[2])
    if not first <= last < first + _MOST_NUMBERED:
        raise ValueError(f"{span[0]} must count upwards, over at most {_MOST_NUMBERED} numbers")
    for number in range(first, last + 1):
        yield template.replace(span[0], str(number), 1)


class SourceLimits(TomlTable):
    """How much a source may bring in, and how little: files it lists, bytes a file, bytes a run ("200 MB" or a number).

    A person is told of a source that lists no file for `silent_after` nights, or brings no new or changed one for
    `idle_after`; 0: never. Budgets are published once a year, hence a year and a month.
    """

    max_files: PositiveInt = 100_000
    max_bytes: ByteSize = ByteSize(MAX_BYTES)
    max_total_bytes: ByteSize = ByteSize(20_000_000_000)
    silent_after: NonNegativeInt = 3
    idle_after: NonNegativeInt = 400


class HttpSettings(SourceLimits):
    """How a web server is asked. Times in seconds.

    `interval` lies between two requests to one host; `timeout` is how long a server may be silent, `max_seconds` how
    long one answer may take in all, `max_run_seconds` how long the source may take in one run; `retries` are further
    tries after a failure that may pass.
    """

    interval: NonNegativeFloat = 2.0
    timeout: PositiveFloat = 30.0
    max_seconds: PositiveFloat = 900.0
    max_run_seconds: PositiveFloat = 7200.0
    retries: NonNegativeInt = 3
    user_agent: Annotated[str, AfterValidator(require_ascii)] = f"perftable-etl/{VERSION}"


class LocalSettings(SourceLimits):
    """Folders on this machine, and which of the files below them; a relative one starts where the config is.

    Links that lead out of the folders are read only with `follow_symlinks`, links to folders likewise.
    """

    kind: Literal["local"]
    name: str
    folders: Annotated[tuple[Place, ...], AfterValidator(require_some)]
    include: tuple[str, ...] = READABLE
    follow_symlinks: bool = False


class FsspecSettings(SourceLimits):
    """All below one address fsspec knows. `options` go to its backend; secrets belong in the environment instead."""

    kind: Literal["fsspec"]
    name: str
    url: StoreUrl
    include: tuple[str, ...] = READABLE
    options: Mapping[str, Any] = Field(default_factory=dict, repr=False)


class WebSettings(HttpSettings):
    """Index pages of a web site.

    A file is listed where the link's address matches `links` and what it says matches `texts`. A link matching
    `follow`, in its address or in what it says, is another page of links, down to `depth` from the first. `{1..9}` in
    an address of `pages` stands for nine of them. The hosts of `pages` are allowed, and those in `hosts`. `read` says
    what is taken in: "pages", all pages that are visited and have tables; "links", the files that they link to.
    """

    kind: Literal["web"]
    name: str
    pages: Annotated[
        tuple[WebUrl, ...], AfterValidator(require_some), AfterValidator(_number), AfterValidator(require_addresses)
    ]
    read: Annotated[tuple[What, ...], AfterValidator(require_some)] = ("links",)
    links: re.Pattern[str] = re.compile(rf"(?i)\.({_FILES})$")
    texts: re.Pattern[str] = re.compile("")
    follow: re.Pattern[str] | None = None
    depth: NonNegativeInt = 1
    max_pages: PositiveInt = 1000
    hosts: tuple[Host, ...] = ()


class UrlsSettings(HttpSettings):
    """Files on the web by their addresses, here or one a line in a text file (# starts a remark).

    With "pages" in `read`, an address may be that of a web page, whatever it ends in.
    """

    kind: Literal["urls"]
    name: str
    urls: Annotated[tuple[WebUrl, ...], AfterValidator(require_addresses)] = ()
    read: Annotated[tuple[What, ...], AfterValidator(require_some)] = ("links",)
    file: Place | None = None
    hosts: tuple[Host, ...] = ()

    @model_validator(mode="after")
    def _require_some(self) -> Self:
        if not self.urls and not self.file:
            raise ValueError("must have urls or file")
        return self


SourceSettings = LocalSettings | FsspecSettings | WebSettings | UrlsSettings
KINDS: Mapping[str, type[SourceSettings]] = {
    "local": LocalSettings,
    "fsspec": FsspecSettings,
    "web": WebSettings,
    "urls": UrlsSettings,
}
