"""The room that makes pages: a file becomes an :class:`~lineage.model.Item` with its pages of lines.

One verb: :func:`read` for a file, :func:`read_bytes` for its bytes. What a file is, is decided from its bytes (``kind``); then ``pdf``,
``html``, ``word`` or ``text`` reads it.
Within a PDF: ``glyphs`` asks for the words of a page, ``rows`` joins them to lines, ``columns`` orders them, ``tables`` finds ruled cells,
``forms`` reads form
values and annotations, ``doubts`` says what is doubtful.
Within a Word file: ``package`` looks its parts over, ``tracked`` refuses changes that wait, ``story`` writes the lines of ``runs`` with the markers of ``numbering``
and the looks of ``styles``, ``remarks`` says what is doubtful.
"""

from lineage.pages.reading import load, read, read_bytes

__all__ = ["load", "read", "read_bytes"]
