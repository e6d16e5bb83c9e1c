"""Pages of a PDF as a viewer shows them, to be drawn upon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from lineage.errors import RefusedError
from lineage.guard import LIMITS, Limits

if TYPE_CHECKING:
    from collections.abc import Callable

DPI = 110  # printed letters can be read, and a page has about a megapixel
LONGEST = 2_400  # pixels; a plan on A0 is drawn smaller


class View(Struct, frozen=True):
    """A page as it is shown: red, green and blue of each pixel, row by row from the top left. ``scale`` is pixels a point."""

    width: int
    height: int
    scale: float
    rgb: bytes


def viewer(data: bytes, name: str, limits: Limits = LIMITS) -> Callable[[int, float], View]:
    """A function that gives the view of a page by its number from 1 and its tilt (``Page.tilt``), by which it is turned back. Pages of a file that could run away are drawn in a process apart.

    Raises :class:`RefusedError` as reading the file does, or ``pages.refused`` where the page cannot be drawn.
    """
    from lineage.pages import unpacked

    if unpacked.suspicious(data, name, limits):
        from lineage import guard

        def apart(number: int, tilt: float) -> View:
            view: View = guard.run_apart(
                "lineage.pages.views:view", data, name, number, tilt, seconds=limits.max_seconds, memory_bytes=limits.max_memory_bytes
            )
            return view

        return apart
    return lambda number, tilt: view(data, name, number, tilt)


def count(data: bytes, name: str) -> int:
    """How many pages a PDF has. Raises :class:`RefusedError` ``pages.refused`` where it cannot be opened."""
    import pypdfium2

    try:
        document: Any = pypdfium2.PdfDocument(data)
        try:
            return len(document)
        finally:
            document.close()
    except (pypdfium2.PdfiumError, OSError, MemoryError) as fault:
        raise RefusedError(f"{name} cannot be opened to draw its pages ({fault}).", hint="Look at it in a viewer.") from None


def view(data: bytes, name: str, number: int, tilt: float = 0.0) -> View:
    """The view of one page, with what is filled into its form, turned back by its tilt in degrees."""
    import pypdfium2

    try:
        document: Any = pypdfium2.PdfDocument(data)
        try:
            if document.get_formtype():
                document.init_forms()
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(DPI / 72, LONGEST / max(width, height, 1.0))
            picture = page.render(scale=scale, rev_byteorder=True, may_draw_forms=True).to_pil().convert("RGB")
            picture = picture.rotate(tilt, fillcolor="white") if tilt else picture
            return View(picture.width, picture.height, scale, picture.tobytes())
        finally:
            document.close()
    except (pypdfium2.PdfiumError, IndexError, OSError, MemoryError) as fault:
        raise RefusedError(
            f"Page {number} of {name} cannot be drawn ({fault}), so what was read there cannot be shown on it.",
            hint="Look at the page in a viewer, beside what lineage read prints.",
        ) from None
