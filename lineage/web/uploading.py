"""New papers brought in through the pages, and the questions that they bring."""

from __future__ import annotations

import re
import tempfile
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from starlette.responses import Response

from lineage.errors import UsageError
from lineage.model import Provenance
from lineage.web.choosing import day_of
from lineage.web.showing import page
from lineage.web.visitor import Visitor, may_write, own_form, visitor

router = APIRouter(include_in_schema=False)

PIECE = 1024 * 1024
Text = Annotated[str, Form(max_length=400)]


@router.get("/upload")
def form(request: Request, who: Annotated[Visitor, Depends(visitor)]) -> Response:
    """The form."""
    may_write(who)
    return page(request, "upload.html", who, outcomes=None, questions=(), names={})


@router.post("/upload")
def upload(
    request: Request, who: Annotated[Visitor, Depends(visitor)], files: Annotated[list[UploadFile], File()], token: Text = "", source: Text = "", custodian: Text = "", obtained: Text = "", certified: bool = Form(False)
) -> Response:
    """Read the files into the library; each is kept or refused with its reason, as by ``lineage ingest``."""
    may_write(who)
    own_form(who, token)
    assert who.account is not None
    caps = request.app.state.settings.caps
    if len(files) > caps.upload_files:
        raise UsageError(f"{len(files)} files came at once; at most {caps.upload_files} are taken, so nothing was read.", hint="Bring them in several goes, or use lineage ingest.", code="web.upload")
    said = source.strip() or "brought in through the pages"
    came = Provenance(f"{said} (by {who.account.name})", custodian.strip(), _day(obtained), certified)
    with tempfile.TemporaryDirectory() as folder:
        paths = [_kept(one, Path(folder) / str(number), caps.upload_bytes) for number, one in enumerate(files)]
        outcomes = who.library.ingest(paths, provenance=came, apart=True)
    new = {o.sha256 for o in outcomes if o.status == "added" and o.sha256}
    questions = [q for q in who.answer(("questions", ""), lambda library: library.desk.questions()) if any(e.item.partition("~")[0] in new for e in q.evidence)]
    names = who.library.names(None, {o.work for o in outcomes if o.work} | {w for q in questions for w in q.works})
    return page(request, "upload.html", who, outcomes=[(PurePosixPath(str(o.path)).name, o) for o in outcomes], questions=questions, names=names)


def _day(words: str) -> date | None:
    return day_of(words) if words.strip() else None


def _kept(one: UploadFile, folder: Path, most: int) -> Path:
    """The file in a folder of its own, under its own name as far as that is a name. Raises UsageError ``web.upload`` where it is too large."""
    name = PurePosixPath((one.filename or "").replace("\\", "/")).name
    name = re.sub(r"[^\w .,()\[\]&'+-]", "_", name).strip(". ") or "file"
    folder.mkdir()
    path = folder / name[-150:]
    size = 0
    with path.open("wb") as out:
        while piece := one.file.read(PIECE):
            size += len(piece)
            if size > most:
                raise UsageError(f"{name} has more than {most:,} bytes, so nothing was read.", hint="Use lineage ingest on the machine that holds the library.", code="web.upload")
            out.write(piece)
    return path
