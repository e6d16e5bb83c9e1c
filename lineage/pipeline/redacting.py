"""A copy with words blacked out: kept as an item of its own that names its original, and as no text of any rule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lineage import documents
from lineage.errors import RefusedError
from lineage.model import Document, slug
from lineage.model.access import Redaction
from lineage.pipeline.ingesting import Outcome
from lineage.pipeline.reading import Reading, read
from lineage.pipeline.settling import drafted
from lineage.pipeline.signatures import signature_of
from lineage.profiles import load

if TYPE_CHECKING:
    from lineage.model import Provenance
    from lineage.store import Store


def redact(file: Path, of: str, store: Store, by: str, profile: str | None = None, provenance: Provenance | None = None) -> Outcome:
    """Keep a file as a copy of another with words blacked out; ``of`` is the hash of the original. What its clauses say is in no answer and no search.

    Raises RefusedError where it cannot be read, and ``access.redaction`` where it is held as a paper of its own or is the original itself.
    """
    reading = read(file, profile)
    sha256 = reading.item.sha256
    said = Redaction(sha256, of, by, store.now())
    with store.transaction() as writing:
        known = {one.item: one.of for one in writing.redactions()}
        if known.get(sha256) == of:
            return Outcome(str(file), sha256, "unchanged")
        if writing.holds(sha256) or sha256 == of or of in known:
            raise RefusedError(
                f"{file.name} cannot be kept as a redacted copy of item {of[:12]}: {_why(sha256, of, known)}.",
                hint="Give the redacted file, and as --redacts the paper of which it is a copy.",
                code="access.redaction",
            )
        writing.add_items([(reading.item, reading.data)])
        writing.add_signatures({sha256: signature_of(reading.item, reading.outline)})
        writing.add_access(said)
        document, xml = _as_document(reading, writing.moment)
        writing.add_documents([(document, xml)], load(reading.profile).id)
        if provenance is not None:
            writing.add_provenance(sha256, provenance)
    return Outcome(str(file), sha256, "added")


def _as_document(reading: Reading, moment: str) -> tuple[Document, bytes]:
    """The copy as a document of its own: it is called what it calls itself, so that its address tells nothing that is blacked out, and it has neither acts nor open questions."""
    profile, heading = load(reading.profile), reading.outline.heading
    name = heading.number or slug(heading.title or reading.item.name.rsplit(".", 1)[0])
    document = replace(drafted(reading, profile, f"{profile.id}/{heading.series}/{name}/1", {}, moment), findings=(), bindings=())
    xml = documents.draft(document)
    documents.approve([(document, xml)])
    return document, xml


def _why(sha256: str, of: str, known: dict[str, str]) -> str:
    if sha256 == of:
        return "it is that paper itself"
    return "that is a redacted copy in its turn" if of in known else "it is held already, as something else"
