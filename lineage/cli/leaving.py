"""What leaves a library: a text, a page, a Word file or JSON, with a word at its head on what it may be given to."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from lineage.cli.frame import ink, put

if TYPE_CHECKING:
    from lineage.library import Library
    from lineage.model.making import MadeBy
    from lineage.rendering.ink import Ink


class Leaving(Struct):
    """One output: its form, its file (standard output where there is none), and what is said at its head."""

    form: str
    output: Path | None
    said: str = ""
    left_out: int | None = None
    restricted: bool = False
    made: MadeBy | None = None

    @classmethod
    def of(cls, form: str, output: Path | None, *, as_json: bool) -> Leaving:
        """The output that the options ask for. A Word file needs a place."""
        if form == "docx" and (output is None or as_json):
            raise click.UsageError("A Word file needs a place: --output FILE.docx, and no --json.")
        return cls("json" if as_json else form, output)

    def note(self, library: Library, works: Iterable[str] | None, as_known_on: str | None, *, always: bool = False) -> None:
        """Keep by what the answer was made, and say at the head how many rules are left out; or, of a file or a page (or ``always``), that these works, or all, are not for release."""
        from lineage.rendering import access

        self.left_out, self.made = library.left_out(as_known_on), library.made_by(as_known_on)
        leaves = always or self.output is not None or self.form in ("html", "docx")
        self.restricted = leaves and self.left_out is None and library.restricted(works, as_known_on)
        self.said = access.note(self.left_out, restricted=self.restricted)

    def ink(self) -> Ink:
        """Colour on a terminal, none in a file."""
        from lineage.rendering.ink import Ink

        return Ink() if self.output is not None else ink()

    def value(self, answer: dict[str, Any]) -> None:
        """Deliver JSON."""
        import json

        from lineage.rendering import access, keeping

        value = access.with_note(answer | (keeping.made_by(self.made) if self.made is not None else {}), self.left_out, restricted=self.restricted)
        if self.output is None:
            put(value)
        else:
            self._write(json.dumps(value, ensure_ascii=False, indent=2).encode())

    def text(self, words: str, *, end: str = "") -> None:
        """Deliver a text, a page or XML."""
        from lineage.rendering import access

        words = access.headed(words, self.said)
        if self.output is None:
            click.echo(words + end, nl=False)
        else:
            self._write(words.encode())

    def data(self, written: bytes) -> None:
        """Deliver a Word file."""
        from lineage.rendering import redline_docx

        self._write(redline_docx.headed(written, self.said))

    def _write(self, data: bytes) -> None:
        if self.output is not None:
            self.output.write_bytes(data)
            click.echo(f"Written to {self.output}", err=True)
