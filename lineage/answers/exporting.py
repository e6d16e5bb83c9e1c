"""The document of a rule's text on a day, as it leaves the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from lineage.answers.asking import periods_at
from lineage.answers.calling import Names
from lineage.answers.comparing import put_together
from lineage.answers.lasting import lasting
from lineage.answers.naming import find_work
from lineage.errors import LineageError, NotFoundError
from lineage.model import Document, Period
from lineage.model.access import withdrawn_items
from lineage.model.hours import When

if TYPE_CHECKING:
    from lineage.store.reading import Reading


def document_of(held: Reading, name: str, when: When | None, as_known: str | None = None) -> Document:
    """The document of the text that rules on a day or at a local time (the latest held where no day is given), with its relations as they are resolved now. A text that other papers changed is put
    together, as far as their changes apply; ``complete`` tells.

    Raises NotFoundError ``works.no-text`` where no text is held for that day.
    """
    from lineage import documents

    found = find_work(name, held, when.day if when else None, as_known)[0]
    item, then = _ruling(held, found.id, when, as_known)
    if item is None:
        said = f" on {when.asked}" if when else ""
        raise NotFoundError(f"No text of {Names(held, as_known).work(found)} is held{said}, so there is nothing to export.", hint="Ask `lineage why` what is known of it.", code="works.no-text")
    kept = documents.read(held.document(item))
    kept = replace(kept, work=found.id, relations=tuple(held.relations(item=item, as_known=as_known)))
    if then is not None and then.changes:
        kept = put_together(held, kept, found, then, as_known)
    return lasting(kept, found, held.expressions(found.id, as_known=as_known)[0])


def redacted_copy(held: Reading, public: frozenset[str], name: str, when: When | None, as_known: str | None = None) -> Document | None:
    """The copy with words blacked out that leaves instead of the text of a rule that is not public; None where the rule is public, or its text has no such copy or was changed by others."""
    from lineage import documents

    try:
        found = find_work(name, held, when.day if when else None, as_known)[0]
    except LineageError:
        return None
    if found.id in public:
        return None
    item, then = _ruling(held, found.id, when, as_known)
    gone = withdrawn_items(held.withdrawals())
    copies = [one.item for one in held.redactions(as_known) if one.of == item and one.item not in gone]
    return documents.read(held.document(copies[-1])) if copies and not (then is not None and then.changes) else None


def _ruling(held: Reading, work: str, when: When | None, as_known: str | None) -> tuple[str | None, Period | None]:
    """The text that rules on a day, with its period; the latest held where no day is given."""
    if when is None:
        texts = held.expressions(work, as_known=as_known)
        return (texts[-1].item if texts else None), None
    then = periods_at(held, [work], when, as_known)[work]
    return (then.item if then.status == "in-force" else None), then
