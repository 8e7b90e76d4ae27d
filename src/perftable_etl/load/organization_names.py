"""Names of departments and units: without what is no part of them, and what they say of a region and a government."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple
from unicodedata import normalize

import regex

from perftable_etl.load.regions import Region, RegionPrefix, begins_with, regions

# 219-池州市贵池区棠溪镇人民政府, [103]六安市金安区残疾人联合会, 湘潭市城市管理和综合执法局308001, 青岚区民政局(盖章)
_CODE_BEFORE = regex.compile(r"^(?:[\[(【]\w{1,20}[\])】][-—_]?|\d{3,}[-—_:.、]?)(?=\D)")
_CODE_AFTER = regex.compile(r"(?<=\p{Han})(?:[(\[]?\d{5,}[)\]]?|[(](?:盖章|公章|章)[)])$")
_HAN = regex.compile(r"\p{Han}{2}")

_YEAR = regex.compile(r"^(?:19|20)\d{2}年?度?")

# A place of two characters at least before the word for its kind: 化工区学校, and not 市教育局.
_PLACE = regex.compile(r"^\p{Han}{2,10}?(?:[省市县旗州]|(?<!联)盟|(?<![分备战])区|(?<!城)[镇乡]|街道)(?=\p{Han}{2})")


class _OrganizationWords(NamedTuple):
    before_region: tuple[str, ...]
    central: tuple[str, ...]
    own_region: tuple[str, ...]
    township: regex.Pattern[str]
    sites: dict[str, Region]


def bare_name(text: str | None) -> str | None:
    """A printed name as it is told apart by; None where nothing is printed that could be one."""
    if text is None:
        return None
    name = "".join(normalize("NFKC", text).split())
    name = _CODE_AFTER.sub("", _CODE_BEFORE.sub("", name))
    return name if _HAN.search(name) else None


def place_of(name: str, within: Region | None) -> RegionPrefix:
    """The region that a name begins with, whatever party or people's organization it is of, and what follows."""
    for words in _words().before_region:
        if name.startswith(words):
            found = begins_with(name.removeprefix(words), within)
            return found if found.region else begins_with(name, within)
    return begins_with(name, within)


def own_region(name: str, site: Region | None) -> Region | None:
    """The region that a name on a site of it calls its own: 省财政厅, 市教育局 where a city is a province."""
    if site is None:
        return None
    return next((site for word in _words().own_region if name.startswith(word) and site.name.endswith(word)), None)


def is_central(name: str) -> bool:
    """Whether the name is that of a body of the central government."""
    return name.startswith(_words().central)


def names_a_place(name: str) -> bool:
    """Whether it begins with the name of some place, in our list or not."""
    return _PLACE.match(name) is not None


def is_of_township(rest: str) -> bool:
    """Whether what follows a region in a name is a body of a town: 棠溪镇人民政府."""
    return _words().township.match(rest) is not None


def region_of_site(host: str | None) -> Region | None:
    """The province whose site this is; None where its name does not say."""
    labels = (host or "").lower().removesuffix(".gov.cn").split(".")
    return _words().sites.get(labels[-1]) if host and host.lower().endswith(".gov.cn") else None


def region_of_title(title: str | None, site: Region | None) -> Region | None:
    """The region that a title begins with, once its year is left out."""
    return begins_with(_YEAR.sub("", "".join(title.split())), site).region if title else None


@cache
def _words() -> _OrganizationWords:
    text = (files("perftable_etl.load") / "organization_words.toml").read_text("utf-8")
    words = tomllib.loads(text)
    return _OrganizationWords(
        before_region=tuple(words["before_region"]),
        central=tuple(words["central"]),
        own_region=tuple(words["own_region"]),
        township=_township(words["after_township"]),
        sites={label: regions().by_code[code] for code, labels in words["sites"].items() for label in labels},
    )


def _township(following: Iterable[str]) -> regex.Pattern[str]:
    return regex.compile(rf"\p{{Han}}{{1,8}}?(?:(?<!城)[镇乡]|街道|苏木)(?:{'|'.join(following)})")
