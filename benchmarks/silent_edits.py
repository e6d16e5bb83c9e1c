"""Counts the silent edits among captured directives: groups of files with one number and the same dates, told apart by what a reader sees.

    python benchmarks/silent_edits.py SHARED/cpd

It reads the HTML by itself and takes nothing from the package: numbers and dates come from the hand-made table beside the files, words from the text of the page with
markup, links and white space left out. Prints the groups that differ in visible text and those that differ in markup only, as JSON.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from html.parser import HTMLParser
from pathlib import Path

UNSEEN = {"script", "style", "head", "title", "noscript", "template"}
VOID = {"meta", "link", "base", "br", "hr", "img", "input"}


class Visible(HTMLParser):
    """The words of a page that a reader sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN and tag not in VOID:
            self.unseen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.unseen and tag == self.unseen[-1]:
            self.unseen.pop()

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.words.append(data)


def visible(path: Path) -> str:
    """The visible text without white space: line breaks and blanks are layout."""
    reader = Visible()
    reader.feed(path.read_bytes().decode("utf-8", "replace"))
    reader.close()
    return "".join("".join(reader.words).split())


def groups(folder: Path) -> dict[tuple[str, str, str], list[str]]:
    """The files of each number and pair of dates (issued, effective) that has more than one."""
    found = defaultdict(list)
    for line in (folder / "headers.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["effective"]:
            found[row["number"], row["issued"] or "", row["effective"]].append(row["file"])
    return {key: sorted(files) for key, files in found.items() if len(files) > 1}


def counted(folder: Path) -> tuple[list[list[str]], list[list[str]]]:
    """The groups whose visible texts differ, and those that differ in markup only."""
    edited, alike = [], []
    for files in groups(folder).values():
        texts = {visible(folder / "html" / name) for name in files}
        (edited if len(texts) > 1 else alike).append(files)
    return edited, alike


def main(folder: Path) -> None:
    edited, alike = counted(folder)
    print(json.dumps({"groups": len(edited) + len(alike), "visible": len(edited), "markup": len(alike), "differ_in_visible_text": edited, "differ_in_markup_only": alike}, indent=1))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
