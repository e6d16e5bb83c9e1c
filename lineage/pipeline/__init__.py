"""The writing path: a file becomes pages, pages blocks, blocks clauses, clauses relations; they are written as a document and kept in the store.

``read`` is the straight line for one file and stores nothing; ``ingest`` takes files and folders into a library, each in one transaction;
``observe`` takes what a site showed on days.
"""

from __future__ import annotations

from lineage.pipeline.ingesting import Outcome, ingest
from lineage.pipeline.observing import Line, Observed, observe
from lineage.pipeline.reading import Reading, read

__all__ = ["Line", "Observed", "Outcome", "Reading", "ingest", "observe", "read"]
