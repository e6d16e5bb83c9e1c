"""Words of papers and people on their way to a reader: nothing in them is obeyed that is not seen. And a number with its noun."""

from __future__ import annotations

import unicodedata

_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def visible(words: str) -> str:
    """The same words, with what cannot be seen and yet changes what is seen (signs that control, or turn the direction of reading) shown by its number; breaks of lines stay.

    >>> visible("a\\u202eb\\x07"), visible("pay\\t5\\r\\n"), visible("§ “a”")
    ('a[U+202E]b[U+0007]', 'pay 5\\n', '§ “a”')
    """
    if words.isprintable():
        return words
    return "".join(sign if sign == "\n" or unicodedata.category(sign) not in _UNSEEN else _named(sign) for sign in words.replace("\r\n", "\n").replace("\f", "\n"))


def counted(number: int, one: str, several: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "rule"), counted(2000, "rule"), counted(0, "inquiry", "inquiries")
    ('1 rule', '2,000 rules', '0 inquiries')
    """
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def _named(sign: str) -> str:
    # A soft hyphen and a tab are layout.
    return "" if sign == "\u00ad" else " " if sign == "\t" else f"[U+{ord(sign):04X}]"
