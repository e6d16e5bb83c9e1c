"""Of many like cases a share by default, and all of them in the long run: ``pytest -m "long or not long"``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def a_share(values: Iterable[Any], every: int) -> list[Any]:
    """The values as parameters of a test; all but the first of each ``every`` are marked long."""
    listed = list(values)
    return [value if at % every == 0 else pytest.param(*(value if isinstance(value, tuple) else (value,)), marks=pytest.mark.long) for at, value in enumerate(listed)]
