"""Questions by date, answered from the periods that the store keeps: a status with its ground, its reasons, and the sentence that says it aloud."""

from __future__ import annotations

from lineage.answers.asking import called, history, in_force, of_series, periods_at, series_name, show
from lineage.answers.binding import Whom
from lineage.answers.clocks import local, zone_of
from lineage.answers.comparing import compare, put_together
from lineage.answers.happening import happened
from lineage.answers.lasting import lasting
from lineage.answers.learning import changes, readable, since
from lineage.answers.naming import find_work
from lineage.answers.publishing import as_deemed, as_published, reaches_back
from lineage.answers.surveying import survey
from lineage.answers.verifying import verify

__all__ = ["Whom", "as_deemed", "as_published", "called", "changes", "compare", "find_work", "happened", "history", "in_force", "lasting", "local", "of_series", "periods_at", "put_together", "reaches_back", "readable", "series_name", "show", "since", "survey", "verify", "zone_of"]
