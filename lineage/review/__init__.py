"""The room ``review``: what needs a person, most telling first, and a person's words as a decision that can be kept.

``queue`` makes the questions from what the library leaves open; ``decided`` makes the decision from the answer that a person gives to one.
"""

from lineage.review.alike import alike
from lineage.review.answering import agreed, decided, signed, withdrawn
from lineage.review.auditing import draw, marked, population, rates
from lineage.review.exchange import read_lines, write_lines
from lineage.review.missing import missing
from lineage.review.queue import queue

__all__ = ["agreed", "alike", "decided", "draw", "marked", "missing", "population", "queue", "rates", "read_lines", "signed", "withdrawn", "write_lines"]
