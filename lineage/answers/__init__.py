"""Questions by date, answered from the periods that the store keeps: a status with its ground, its reasons, and the sentence that says it aloud."""

from __future__ import annotations

from lineage.answers.asking import called, history, in_force, periods_at, show
from lineage.answers.clocks import local, zone_of
from lineage.answers.naming import find_work

__all__ = ["called", "find_work", "history", "in_force", "local", "periods_at", "show", "zone_of"]
