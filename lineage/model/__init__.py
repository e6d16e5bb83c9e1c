"""The vocabulary that every room shares: frozen values, standard library only."""

from typing import TYPE_CHECKING

from lineage.doors import door
from lineage.model.answer import ChangedBy, Compared, Ground, Held, InForce, Pending, Reason, Ruling, Shown, Told, Touch
from lineage.model.binding import BINDING_KINDS, Applies, Binding, BindingKind, Bound, Precedence
from lineage.model.clause import CLAUSE_KINDS, DATE_ROLES, Clause, ClauseKind, DateReading, DateRole, Day, Heading, Outline
from lineage.model.custody import Copy, Provenance, Signature, SignatureState
from lineage.model.edition import Checked, Difference, Edition, Verified
from lineage.model.finding import Evidence, Finding, Severity, digest, evidence_of
from lineage.model.index import INDEX_SERIES, Entry, EntryMark, Index
from lineage.model.page import Item, Page, bytes_of, portion_id
from lineage.model.relation import (
    ENDING,
    RELATION_KINDS,
    Certainty,
    Document,
    Edit,
    Effect,
    End,
    Instruction,
    Position,
    Relation,
    RelationKind,
    Run,
    Scope,
    Standing,
)
from lineage.model.text import Box, Line, Piece, Style, Text, least, union
from lineage.model.time import STATUSES, STOOD, UNSETTLED, Event, Interval, Period, Span, Status
from lineage.model.wording import Change, Refusal, Shift, Unit, Wording, Words
from lineage.model.work import Borne, Catalogue, Expression, Work, bare, may_be_series, reader_title, slug

if TYPE_CHECKING:
    from lineage.model.block import FURNITURE_KINDS, Block, Body, Furniture, FurnitureKind
    from lineage.model.happening import Happened
    from lineage.model.sighting import Listing, Look
    from lineage.model.survey import Survey
else:
    __getattr__ = door(
        __name__,
        {
            "block": ["FURNITURE_KINDS", "Block", "Body", "Furniture", "FurnitureKind"],
            "happening": ["Happened"],
            "sighting": ["Listing", "Look"],
            "survey": ["Survey"],
        },
    )

__all__ = [
    "BINDING_KINDS",
    "CLAUSE_KINDS",
    "DATE_ROLES",
    "ENDING",
    "FURNITURE_KINDS",
    "INDEX_SERIES",
    "RELATION_KINDS",
    "STATUSES",
    "STOOD",
    "UNSETTLED",
    "Applies",
    "Binding",
    "BindingKind",
    "Block",
    "Body",
    "Borne",
    "Bound",
    "Box",
    "Catalogue",
    "Certainty",
    "Change",
    "ChangedBy",
    "Checked",
    "Clause",
    "ClauseKind",
    "Compared",
    "Copy",
    "DateReading",
    "DateRole",
    "Day",
    "Difference",
    "Document",
    "Edit",
    "Edition",
    "Effect",
    "End",
    "Entry",
    "EntryMark",
    "Event",
    "Evidence",
    "Expression",
    "Finding",
    "Furniture",
    "FurnitureKind",
    "Ground",
    "Happened",
    "Heading",
    "Held",
    "InForce",
    "Index",
    "Instruction",
    "Interval",
    "Item",
    "Line",
    "Listing",
    "Look",
    "Outline",
    "Page",
    "Pending",
    "Period",
    "Piece",
    "Position",
    "Precedence",
    "Provenance",
    "Reason",
    "Refusal",
    "Relation",
    "RelationKind",
    "Ruling",
    "Run",
    "Scope",
    "Severity",
    "Shift",
    "Shown",
    "Signature",
    "SignatureState",
    "Span",
    "Standing",
    "Status",
    "Style",
    "Survey",
    "Text",
    "Told",
    "Touch",
    "Unit",
    "Verified",
    "Wording",
    "Words",
    "Work",
    "bare",
    "bytes_of",
    "digest",
    "evidence_of",
    "least",
    "may_be_series",
    "portion_id",
    "reader_title",
    "slug",
    "union",
]  # fmt: skip
