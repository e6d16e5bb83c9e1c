"""Word files that the tests make for themselves: part by part, so that every mark in them is seen here."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SORTS = {"numbering": "numbering", "styles": "styles", "settings": "settings", "footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments"}


def docx(body: str, main: str = MAIN, relations: str = "", extra: dict[str, bytes] | None = None, **parts: str) -> bytes:
    """A Word file with this body. ``parts`` are the insides of other parts by their sort; ``header1`` and ``footer1`` are heads and feet with rId of that name."""
    types, links = [("/word/document.xml", main)], [relations]
    files = {"word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>".encode()}
    for name, inner in parts.items():
        sort = name.rstrip("0123456789")
        tag = {"header": "hdr", "footer": "ftr"}.get(sort, sort)
        files[f"word/{name}.xml"] = f"<w:{tag} {NAMES}>{inner}</w:{tag}>".encode()
        types.append((f"/word/{name}.xml", f"application/vnd.openxmlformats-officedocument.wordprocessingml.{sort}+xml"))
        links.append(f'<Relationship Id="{name}" Type="{R}/{sort}" Target="{name}.xml"/>')
    files["word/_rels/document.xml.rels"] = _links("".join(links))
    files["_rels/.rels"] = _links(f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>')
    overrides = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in types)
    defaults = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    files["[Content_Types].xml"] = f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{defaults}{overrides}</Types>'.encode()
    return zipped(files | (extra or {}))


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _links(inner: str) -> bytes:
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'.encode()


def run(text: str, look: str = "") -> str:
    """A run of words with a look ("<w:vanish/>")."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*inner: str, look: str = "", number: tuple[int, int] | None = None) -> str:
    """A paragraph of runs (plain words become one), in a list and at a level of it where they are given."""
    listed = f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>' if number else ""
    return f"<w:p><w:pPr>{look}{listed}</w:pPr>{''.join(part if part.startswith('<') else run(part) for part in inner)}</w:p>"


def field(instruction: str, result: str) -> str:
    """A field with the words that it showed last."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{sort}"/></w:r>' for sort in ("begin", "separate", "end")]
    return f'{marks[0]}<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>{marks[1]}{run(result)}{marks[2]}'


def table(*rows: tuple[str, ...]) -> str:
    """A table of plain cells; a cell may also be whole paragraphs."""
    cells = ["".join(f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def level(at: int, form: str, text: str, more: str = "", left: int | None = None, start: int = 1) -> str:
    """A level of a list: the form of its number, the text around it, its left edge in twips."""
    edge = 720 * (at + 1) if left is None else left
    indent = f'<w:pPr><w:ind w:left="{edge}" w:hanging="360"/></w:pPr>'
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>{indent}</w:lvl>'


def lists(*definitions: str, numbers: str = "") -> str:
    """The inside of the numbering part: definitions 0, 1, ... each with a number one higher, and further numbers."""
    abstract = "".join(f'<w:abstractNum w:abstractNumId="{n}">{inner}</w:abstractNum>' for n, inner in enumerate(definitions))
    own = "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(len(definitions)))
    return abstract + own + numbers


OUTLINE = level(0, "upperRoman", "%1.") + level(1, "upperLetter", "%2.") + level(2, "decimal", "%3.") + level(3, "lowerLetter", "%4.") + level(4, "bullet", "\uf0b7", left=3600)
