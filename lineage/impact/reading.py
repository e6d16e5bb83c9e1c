"""What the tool itself cannot read without doubt in the draft, and how to say it."""

from __future__ import annotations

from collections.abc import Iterator

from lineage.impact.advice import advice_on
from lineage.impact.scene import Scene
from lineage.model.impact import Caution

# Told with the days themselves, of the draft and of the library.
ELSEWHERE = ("dates.no-effective-date", "dates.effective-before-issue", "dates.retroactive")


def readings(scene: Scene) -> Iterator[Caution]:
    """Every doubt of the draft's own reading; its notes change no answer and are counted only."""
    held = any(w.held and w.agency == scene.profile.id for w in scene.before.works.values())
    if not held and any(w.held for w in scene.before.works.values()):
        agencies = ", ".join(sorted({w.agency for w in scene.before.works.values() if w.held}))
        message = f"The draft is read as a paper of {scene.profile.name}, of which the library holds nothing, so it touches no rule: those held are of {agencies}."
        yield Caution("impact.other-agency", message, scene.heading(scene.papers[0][0]), None, f"Name its agency: --profile {agencies.split(',')[0]}.")
    for paper, _ in scene.papers:
        for one in paper.findings:
            if one.severity != "note" and one.code not in ELSEWHERE:
                yield Caution("impact.unread", one.message, one.evidence or scene.heading(paper), None, advice_on(one.code).words, one.code)
