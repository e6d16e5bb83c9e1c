"""Words on their way into the page: nothing in them is markup, and nothing in them turns or hides what stands around it."""

from __future__ import annotations

from html import escape

from lineage.rendering.visible import visible


def shown(words: str) -> str:
    """The words as HTML, in an element or in the quotes of an attribute.

    >>> shown('<b title="x">')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    return escape(visible(words))


def element(tag: str, words: str, more: str = "") -> str:
    """An element that holds words of a document: they have their own direction."""
    return f'<{tag} dir="auto"{more}>{shown(words)}</{tag}>'
