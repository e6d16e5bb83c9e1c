"""The gate of a library: which rules may be given away, which files count, and what is taken out for good; each by a person, with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lineage import answers, review
from lineage.desk import Person, account
from lineage.errors import AmbiguousError, NotFoundError, UsageError
from lineage.model import INDEX_SERIES, bytes_of
from lineage.model.access import Access, Marking, Purge, Withdrawal, withdrawn_items
from lineage.store import ItemRow, Store

if TYPE_CHECKING:
    from lineage.model import Provenance
    from lineage.pipeline import Outcome


class Gate:
    """What persons say of the access to one library."""

    def __init__(self, kept: Store) -> None:
        self.store = kept

    def mark(self, names: Sequence[str], access: Access, person: Person, series: str | None = None) -> list[Marking]:
        """Mark works as restricted or public from now on, and all those held of a series; gives back the markings that are new. All of them are kept, or, after any error, none.

        Raises NotFoundError, AmbiguousError for a name, NotFoundError where no such series is held; UsageError ``review.unsigned``.
        """
        review.signed(person.by, person.because)
        works = [answers.find_work(name, self.store)[0].id for name in names]
        if series is not None:
            calling = answers.Names(self.store)
            own = [w.id for w in self.store.works() if w.held and w.series != INDEX_SERIES and calling.in_series(w, series)]
            if not own:
                raise NotFoundError(f'No rule of a series "{series}" is held, so nothing was marked.', hint="`lineage in-force --all` names the series that are held.", code="works.unknown")
            works += own
        public = self.store.public()
        at, who = self.store.now(), account()
        texts: dict[str, list[str]] = {}
        for text in self.store.expressions(works):
            texts.setdefault(text.work, []).append(text.item)
        new = [Marking(work, access, person.by.strip(), person.because.strip(), at, who, tuple(texts.get(work, ()))) for work in dict.fromkeys(works) if (work in public) != (access == "public")]
        with self.store.transaction() as writing:
            for one in new:
                writing.add_access(one)
        return new

    def item(self, name: str) -> ItemRow:
        """The one file that a hash, its beginning, or a file's name means. Raises NotFoundError, AmbiguousError."""
        name = bytes_of(name.strip())
        files = [i for i in self.store.items() if "~" not in i.sha256]
        found = [i for i in files if i.name == name] or [i for i in files if len(name) >= 6 and i.sha256.startswith(name.lower())]
        if not found:
            raise NotFoundError(f'No file "{name}" is held.', hint="Give the name of the file, or its hash or six figures or more of the hash's beginning: `lineage history WORK --json` lists the files of a rule.", code="store.unknown-item")
        if len(found) > 1:
            raise AmbiguousError(f'"{name}" names {len(found)} files.', hint="Give the hash of the one that is meant.", candidates=tuple(f"{i.sha256}  {i.name}" for i in found), code="access.ambiguous")
        return found[0]

    def withdraw(self, name: str, person: Person) -> Withdrawal:
        """Let a file count no longer in answers from now on. Raises as ``item``; UsageError ``access.withdrawn`` where it counts no longer already, ``review.unsigned``."""
        from lineage.pipeline.withdrawing import withdraw

        review.signed(person.by, person.because)
        item = self.item(name)
        made = withdraw(self.store, self._said(item, person))
        if made is None:
            raise UsageError(f"{item.name} was withdrawn already.", hint="`lineage withdraw --undo` lets it count again.", code="access.withdrawn")
        return made

    def restore(self, name: str, person: Person) -> Withdrawal:
        """Let a withdrawn file count again. Raises as ``item``; UsageError ``access.not-withdrawn`` where it counts, ``store.purged`` where its words are gone."""
        from lineage.pipeline.withdrawing import restore

        review.signed(person.by, person.because)
        item = self.item(name)
        if bytes_of(item.sha256) in self.store.purges():
            raise UsageError(f"The words of item {item.sha256} were purged, so it cannot count again.", hint="Nothing brings them back; `lineage check` names who purged it and why.", code="store.purged")
        made = restore(self.store, self._said(item, person))
        if made is None:
            raise UsageError(f"{item.name} is not withdrawn.", hint="`lineage withdraw` lets it count no longer.", code="access.not-withdrawn")
        return made

    def purge(self, name: str, person: Person) -> Purge:
        """Take the words of a withdrawn file out of the library for good. Raises as ``item``; UsageError ``access.not-withdrawn``, ``store.purged`` where that was done already; StoreError as ``Store.purge``."""
        review.signed(person.by, person.because)
        item = self.item(name)
        if item.sha256 in self.store.purges():
            raise UsageError(f"Item {item.sha256} was purged already.", hint="`lineage check` names who did it and why.", code="store.purged")
        if item.sha256 not in withdrawn_items(self.store.withdrawals()):
            raise UsageError(f"{item.name} is not withdrawn, and only a withdrawn file can be purged.", hint="`lineage withdraw` it first, and look at what becomes of the answers.", code="access.not-withdrawn")
        said = Purge(item.sha256, item.size, person.by.strip(), person.because.strip(), self.store.now(), account())
        self.store.purge(said)
        return said

    def decided_about(self, file: str) -> int:
        """How many decisions of persons speak of a file or of its acts; their words are the persons' own, and no purge takes them out."""
        acts = {r.id for r in self.store.undecided().relations(items=[file], as_known=None)}
        return sum(file in d.ref or d.ref in acts or any(file in place for place in d.places) for d in self.store.decisions())

    def redact(self, file: Path, name: str, profile: str | None = None, provenance: Provenance | None = None) -> Outcome:
        """Keep a file as a copy, with words blacked out, of one that is held. Raises as ``item``; RefusedError as ``pipeline.redacting.redact``."""
        from lineage.pipeline.redacting import redact

        return redact(file, self.item(name).sha256, self.store, account(), profile, provenance)

    def _said(self, item: ItemRow, person: Person) -> Withdrawal:
        return Withdrawal(item.sha256, person.by.strip(), person.because.strip(), self.store.now(), account())
