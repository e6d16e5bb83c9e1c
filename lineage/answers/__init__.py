"""Questions by date, answered from the periods that the store keeps: a status with its ground, its reasons, and the sentence that says it aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lineage.answers.asking import history, in_force, periods_at, ruling_at, show
from lineage.answers.binding import Whom
from lineage.answers.calling import Names
from lineage.answers.clocks import local, moment_of, zone_of
from lineage.answers.naming import find_work
from lineage.answers.publishing import as_deemed, as_published, reaches_back
from lineage.doors import door

if TYPE_CHECKING:
    from lineage.answers.comparing import compare
    from lineage.answers.exporting import document_of, redacted_copy
    from lineage.answers.facsimiles import facsimile, held_file, pieces_of
    from lineage.answers.happening import happened
    from lineage.answers.incidents import incident, words_of
    from lineage.answers.learning import changes, readable, since
    from lineage.answers.listing import Roll, part_in_force, roll
    from lineage.answers.surveying import survey
    from lineage.answers.verifying import verify
else:
    __getattr__ = door(
        __name__,
        {
            "comparing": ["compare"],
            "exporting": ["document_of", "redacted_copy"],
            "facsimiles": ["facsimile", "held_file", "pieces_of"],
            "happening": ["happened"],
            "incidents": ["incident", "words_of"],
            "learning": ["changes", "readable", "since"],
            "listing": ["Roll", "part_in_force", "roll"],
            "surveying": ["survey"],
            "verifying": ["verify"],
        },
    )

__all__ = ["Names", "Roll", "Whom", "as_deemed", "as_published", "changes", "compare", "document_of", "facsimile", "find_work", "happened", "held_file", "history", "in_force", "incident", "local", "moment_of", "part_in_force", "periods_at", "pieces_of", "reaches_back", "readable", "redacted_copy", "roll", "ruling_at", "show", "since", "survey", "verify", "words_of", "zone_of"]
