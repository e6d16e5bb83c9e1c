"""Questions by date, answered from the periods that the store keeps: a status with its ground, its reasons, and the sentence that says it aloud."""

from __future__ import annotations

from lineage.answers.asking import agency_name, called, history, in_force, of_series, periods_at, ruling_at, series_name, show
from lineage.answers.binding import Whom
from lineage.answers.clocks import local, moment_of, zone_of
from lineage.answers.comparing import compare
from lineage.answers.exporting import document_of, redacted_copy
from lineage.answers.facsimiles import facsimile, held_file, pieces_of
from lineage.answers.happening import happened
from lineage.answers.incident import incident, words_of
from lineage.answers.learning import changes, readable, since
from lineage.answers.listing import Roll, part_in_force, roll
from lineage.answers.naming import find_work
from lineage.answers.publishing import as_deemed, as_published, reaches_back
from lineage.answers.surveying import survey
from lineage.answers.verifying import verify

__all__ = ["Roll", "Whom", "agency_name", "as_deemed", "as_published", "called", "changes", "compare", "document_of", "facsimile", "find_work", "happened", "held_file", "history", "in_force", "incident", "local", "moment_of", "of_series", "part_in_force", "periods_at", "pieces_of", "reaches_back", "readable", "redacted_copy", "roll", "ruling_at", "series_name", "show", "since", "survey", "verify", "words_of", "zone_of"]
