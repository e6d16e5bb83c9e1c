"""The room ``packet``: the papers of a rule for a court, in two parts that never mix. True copies, as held; and a chronology that helps to read them and is no evidence."""

from __future__ import annotations

from lineage.packet.asked import PREFIX, Asked
from lineage.packet.declaring import names as jurisdictions
from lineage.packet.packing import Packed, pack
from lineage.packet.verify import spoken

__all__ = ["PREFIX", "Asked", "Packed", "jurisdictions", "pack", "spoken"]
