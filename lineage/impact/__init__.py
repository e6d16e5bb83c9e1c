"""What a draft would do: it is read, settled in a copy of the library, and the lives before and after are held against each other. Nothing is stored."""

from lineage.impact.assessing import assess

__all__ = ["assess"]
