"""Pages out of templates."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from lineage import __version__
from lineage.model.dates import long_date
from lineage.rendering import access, copies, editions, happening, redline, standing, surveying, wording
from lineage.rendering.ink import Ink
from lineage.rendering.plain import cite, title
from lineage.rendering.visible import counted, visible
from lineage.web import places
from lineage.web.visitor import Visitor

HERE = Path(__file__).parent


def environment() -> Environment:
    """The templates, every value escaped."""
    made = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, finalize=named, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False)
    made.globals.update(
        access=access, places=places, standing=standing, wording=wording, happening=happening, redline=redline, surveying=surveying, version=__version__, cite=cite, titled=title, OPS=redline.OPS,
        published_texts=lambda answer: [line.split("  ", 1)[-1].strip() for line in editions.lines(answer, Ink())], came=copies.came, signed=copies.signed, day_before=lambda day: (day - timedelta(days=1)).isoformat(),
    )  # fmt: skip
    made.filters.update(long=long, plain=plain, steps=steps, count=counted)
    return made


def long(day: date | None) -> str:
    """A day written out."""
    return long_date(day) if day else ""


def named(value: Any) -> Any:
    """A value on its way into a page: what would be obeyed and not seen is named, wherever it stands."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def plain(words: object) -> Markup:
    """Words out of a document, as text.

    >>> print(plain("pay \u202e05$<b>"))
    pay [U+202E]05$&lt;b&gt;
    """
    return escape(visible(str(words)))


def steps(words: Any) -> Markup:
    """A redline as ``ins`` and ``del``."""
    tags = {"equal": "{}", "insert": "<ins>{}</ins>", "delete": "<del>{}</del>"}
    return Markup("").join(Markup(tags[op]).format(plain(said)) for op, said in words)


def page(request: Request, template: str, visitor: Visitor | None, /, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A template as an answer."""
    made = request.app.state.templates.get_template(template)
    settings = request.app.state.settings
    return HTMLResponse(made.render(visitor=visitor, path=request.url.path, settings=settings, **values), status)


def fragment(request: Request) -> bool:
    """Whether only the part of a page is asked for that our script puts into another."""
    return request.headers.get("hx-request") == "true"
