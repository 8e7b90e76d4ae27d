"""The vocabulary and the layouts together: the one object that readers of forms are given.

It is made of files: those of the package, and those of a folder that a person adds, whose words come first. A form is
cut and read by the words of the families that it may belong to, never by those of all: a new family disturbs no other.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import ValidationError

from perftable_etl.errors import LayoutError
from perftable_etl.normalize.layouts.layout import Family, Layout
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.layouts.words import Strict, Words
from perftable_etl.normalize.values.text import fold

VOCABULARY = "vocabulary.toml"
"""The file of a folder that has words for all forms. Each other TOML file is a family."""

GENERIC = "generic"
"""The name of the layout that reads what no other claims."""

T = TypeVar("T", bound=Strict)


class LayoutFile(NamedTuple):
    """A file of words or of a family: its name and its text."""

    name: str
    text: str


class _FamilyLayouts(NamedTuple):
    """A family with its variants as layouts; `words` are its own, none where it has no word of its own."""

    name: str
    words: Words | None
    family: Family


@dataclass(frozen=True, eq=False)
class Layouts:
    """A set of layouts and the vocabulary that goes with them. `added` are the files beside those of the package.

    `names` are those of all layouts, also of those that no form of the document at hand can be of (`narrowed`). Sent to
    another process it is made again from its files, once.
    """

    families: tuple[_FamilyLayouts, ...]
    words: tuple[Words, ...]
    names: tuple[str, ...]
    added: tuple[LayoutFile, ...] = ()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of all forms, and before them those that only the families of this set have."""
        return Vocabulary((*(family.words for family in self.families if family.words), *self.words))

    @cached_property
    def layouts(self) -> tuple[Layout, ...]:
        """The variants of all families."""
        return tuple(layout for family in self.families for layout in self._variants(family))

    @cached_property
    def generic(self) -> Layout:
        """The layout of forms that none claims: read by words and shapes alone.

        Where such a form prints no unit of money, it counts in 万元 as most provinces do, which is told.
        """
        return Layout(GENERIC, "declaration", "万元", (), self.vocabulary)

    @cached_property
    def digest(self) -> str:
        """A hash of the added files; empty where there are none."""
        if not self.added:
            return ""
        return hashlib.sha256("\0".join(text for file in self.added for text in file).encode()).hexdigest()

    def claimants(self, printed: frozenset[str]) -> tuple[Layout, ...]:
        """The layouts that claim a form with these printed labels; exactly one is right."""
        return tuple(layout for layout in self.layouts if layout.claims_form(printed))

    def narrowed(self, texts: Iterable[str]) -> Layouts:
        """The set without the families that no form in these texts, all of a document's, can be of.

        A family without words of its own disturbs none and stays.
        """
        own = [family for family in self.families if family.words]
        if not own:
            return self
        text = "".join(map(fold, texts))
        absent = frozenset(family.name for family in own if not family.family.claim.may_hold(text))
        return _without(self, absent) if absent else self

    def __reduce__(self) -> tuple[Callable[..., Layouts], tuple[object, ...]]:
        return _with_added, (self.added,)

    def _variants(self, family: _FamilyLayouts) -> Iterable[Layout]:
        vocabulary = self._vocabulary_of(family)
        described = family.family
        for variant in described.variants:
            claims = described.claim, variant
            yield Layout(variant.name, described.form_kind, described.money_unit, claims, vocabulary)

    def _vocabulary_of(self, family: _FamilyLayouts) -> Vocabulary:
        """The words that a family is read by: those of this set, if no other family has words of its own in it."""
        if all(other is family or not other.words for other in self.families):
            return self.vocabulary
        return Vocabulary((family.words, *self.words) if family.words else self.words)


@lru_cache(maxsize=16)
def _without(layouts: Layouts, absent: frozenset[str]) -> Layouts:
    """A set without some of its families; made once, as its vocabulary is."""
    kept = tuple(family for family in layouts.families if family.name not in absent)
    return Layouts(kept, layouts.words, layouts.names, layouts.added)


def default_layouts() -> Layouts:
    """The layouts that come with the package."""
    return _with_added(())


def read_layouts(folder: Path) -> Layouts:
    """The layouts of a folder of TOML files, before those that come with the package.

    Raises LayoutError for a folder without any, and for a file that says what it may not.
    """
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise LayoutError(f"{folder}: no layouts there; give a folder with .toml files")
    return _with_added(tuple(LayoutFile(path.name, _text(path)) for path in paths))


def layouts_at(path: Path) -> Layouts:
    """The layouts of one file, or of a folder, before those that come with the package. Raises LayoutError."""
    return read_layouts(path) if path.is_dir() else _with_added((LayoutFile(path.name, _text(path)),))


@lru_cache(maxsize=4)
def _with_added(added: tuple[LayoutFile, ...]) -> Layouts:
    """The layouts of the package and of some more files. The only place where layouts are kept."""
    own = _packaged()
    words = [_read(Words, file) for file in (*added, *own) if file.name == VOCABULARY]
    families = [_family(file) for file in (*added, *own) if file.name != VOCABULARY]
    return Layouts(tuple(families), tuple(words), tuple(_names(families)), added)


def _packaged() -> Sequence[LayoutFile]:
    folder = files("perftable_etl.normalize.layouts")
    found = (item for item in folder.iterdir() if item.name.endswith(".toml"))
    return [LayoutFile(item.name, item.read_text("utf-8")) for item in sorted(found, key=lambda item: item.name)]


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LayoutError(f"{path.name}: it cannot be read as UTF-8 text ({error}); check the file") from error


def _family(file: LayoutFile) -> _FamilyLayouts:
    family = _read(Family, file)
    return _FamilyLayouts(file.name, None if family.is_empty else family, family)


def _read(kind: type[T], file: LayoutFile) -> T:
    """What a file says. Raises LayoutError with the file, the key and what is allowed."""
    try:
        return kind.model_validate(tomllib.loads(file.text))
    except tomllib.TOMLDecodeError as error:
        raise LayoutError(f"{file.name}: it is no TOML ({error}); mend it at that place") from error
    except ValidationError as error:
        raise LayoutError(f"{file.name}: {_said(error)}") from error


def _said(error: ValidationError) -> str:
    """The first thing that is wrong: where, and what is allowed there."""
    first = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in first["loc"] if part != "[key]")
    message = first["msg"].removeprefix("Value error, ")
    return f"{key}: {message}" if key else message


def _names(families: Iterable[_FamilyLayouts]) -> Iterable[str]:
    """The names of all layouts. Raises LayoutError where two share one: in the database they would be the same."""
    seen: dict[str, str] = {}
    for family in families:
        for variant in family.family.variants:
            if variant.name in seen or variant.name == GENERIC:
                other = seen.get(variant.name, "the layout of forms that no other claims")
                raise LayoutError(f"{family.name}: variants.name: {variant.name} is taken by {other}; choose another")
            seen[variant.name] = family.name
    return seen
