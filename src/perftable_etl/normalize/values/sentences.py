"""Sentences in the place of values: what is to be done, with figures by the way. Pure."""

from __future__ import annotations

import regex

from perftable_etl.normalize.values.wording import SIGN_CHARS

_SIGNED = regex.compile(rf"[{SIGN_CHARS}]")
# A name with a value behind it, as where the rule between two cells is missing, ends in that value, without such words.
_VERB = regex.compile(r"[对按给将由向把]|根据|严格|确保|进行|予以")
_ENDS_IN_WORDS = regex.compile(r"[0-9][^0-9]{0,8}\p{Han}{3,}[。;]?$|。$")
_SHORTEST = 12
"""Characters."""


def is_sentence(text: str) -> bool:
    """Whether a text (folded) with figures in it is a sentence: 严格按照标准1000元/人给补助对象兑付补助."""
    return (
        len(text) >= _SHORTEST
        and _SIGNED.search(text) is None
        and _VERB.search(text) is not None
        and _ENDS_IN_WORDS.search(text) is not None
    )


def is_closed(text: str) -> bool:
    """Whether a text ends as sentences do."""
    return text.endswith("。") and len(text) >= _SHORTEST


def states_value(name: str) -> bool:
    """Whether the name (folded) of what is measured says itself what is to be reached: 年度资金支付完成率100%."""
    return _STATED.search(name) is not None


_STATED = regex.compile(r"[0-9](?:%|‰|[\p{Han}/]{1,4})$")
