"""A folder of orders becomes a draft of a profile: what was seen in them, and how often, for a person to finish.

Nothing is decided here that the papers do not show: what is sure stands in the draft, what is not stands in it as a comment with its reason.
"""

from __future__ import annotations

from lineage.drafting.drafting import Draft, draft

__all__ = ["Draft", "draft"]
