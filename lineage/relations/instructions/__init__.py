"""The grammar of amending sentences: what one sentence instructs, to the quoted words, in the context that it stands in."""

from lineage.relations.instructions.reading import Reading, instruct

__all__ = ["Reading", "instruct"]
