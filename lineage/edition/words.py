"""Words on their way into the page: nothing in them is markup, and nothing in them turns or hides what stands around it."""

from __future__ import annotations

import re
from html import escape

# Marks that turn the direction of writing, control characters other than blanks, and halves of characters, which no page can hold.
_UNSEEN = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def plain(words: str) -> str:
    """The words with every mark named that would be obeyed and not seen.

    >>> plain("pay \\u202e05$")
    'pay [U+202E]05$'
    """
    return _UNSEEN.sub(lambda mark: f"[U+{ord(mark[0]):04X}]", words.replace("\r\n", "\n").replace("\f", "\n"))


def shown(words: str) -> str:
    """The words as HTML, in an element or in the quotes of an attribute.

    >>> shown('<b title="x">')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    return escape(plain(words))


def element(tag: str, words: str, more: str = "") -> str:
    """An element that holds words of a document: they have their own direction."""
    return f'<{tag} dir="auto"{more}>{shown(words)}</{tag}>'


def counted(number: int, one: str, several: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "rule"), counted(2000, "rule")
    ('1 rule', '2,000 rules')
    """
    return f"{number:,} {one if number == 1 else several or one + 's'}"
