"""What stands at the head of a packet: what is what in it, and how to verify it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from lineage.packet.chronology import HEAD

WIDTH = 96


def text(facts: Sequence[tuple[str, str]]) -> str:
    """The file README.txt. ``facts`` are what the packet says of itself."""
    lines = [
        "PACKET",
        "",
        *(line for label, words in facts for line in _wrap(words, f"{label + ':':<20}", " " * 20)),
        "",
        "WHAT IS WHAT",
        "",
        *_wrap("The packet has two parts that never mix, and drafts."),
        "",
        *_entry("true-copies/", "The files as they are held, byte for byte, each with a number before its name. index.txt and index.csv say where each came from, who keeps it, whether it shows a signature, and which marks made after signing a program found on it."),
        *_entry("chronology/", f"{HEAD}. What a program reads in these files and in the library that holds them: how each rule stood in which days, why, in which words, what is open, and what persons decided. chronology.pdf and chronology.txt say the same. pages/ has the pages with the places marked, xml/ the texts as Akoma Ntoso 3.0, answers/ the answers for programs, hashes.txt the hash values."),
        *_entry("declarations/", "Drafts, one a jurisdiction, to be reviewed by counsel. They certify copies and the process by which this packet was made, and nothing else."),
        "",
        "HOW TO VERIFY IT",
        "",
        *_wrap("The packet is a bag by the BagIt standard (RFC 8493). In the folder above this one, manifest-sha256.txt lists each file of it with its SHA-256 hash value, and tagmanifest-sha256.txt lists that list and what else describes the packet. The hash value of the last is the packet number: 64 hexadecimal digits that stand for every byte of the packet. It was printed when the packet was made."),
        "",
        *_wrap("With Python 3.8 or newer and nothing else, in the folder above this one:"),
        "",
        "    python3 -I verify.py --expect NUMBER",
        "",
        *_wrap("It names each file that was changed, is missing or was added. NUMBER is the packet number as whoever made the packet gives it to you, on paper or by telephone; without it, the program prints the number for you to compare."),
        "",
        *_wrap("The verify.py in a packet could be changed together with the packet. Better witnesses are a copy of it from elsewhere (lineage/packet/verify.py of policy-lineage), or any program that verifies BagIt bags; and for one file alone, any program that computes SHA-256 (sha256sum, certutil -hashfile FILE SHA256, shasum -a 256). Opening a file does not change it; saving it does. So does a program that leaves files of its own in the folder: take them out, or copy the packet anew."),
        "",
        "HOW IT WAS MADE",
        "",
        *_wrap("The program took the files that bear on the rules in these days from a library that holds them: the texts of each rule, the papers that began, changed or ended it, and those on which an answer or an open question rests. A paper that only names a rule is told of and not enclosed. It checked the bytes of each against the hash value that was recorded when it was taken in, and copied them. It then asked the library how each rule stood on the first and the last day of each stretch, and wrote down what it answers with the words and places that it rests on. Nothing was changed by hand. The same library, asked the same by the same version (and with the same versions of what it uses), gives the same bytes. What the library does not hold is not in the packet."),
    ]  # fmt: skip
    return "\n".join(lines).rstrip() + "\n"


def _entry(name: str, words: str) -> list[str]:
    return _wrap(words, f"{name:<16}", " " * 16)


def _wrap(words: str, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(" ".join(words.split()), WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False)
