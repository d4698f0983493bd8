"""Minutes as a Word file (Word)."""

from io import BytesIO
from typing import TYPE_CHECKING

from linli.meetings.minutes import Minutes, Section

if TYPE_CHECKING:
    from docx.document import Document

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FONT = "宋体"


def draw(minutes: Minutes) -> bytes:
    """Write minutes into a Word file, in the order of the page (导出 Word)."""
    # Only a file needs the library: no page waits for it.
    import docx  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    paper = docx.Document()
    normal = paper.styles["Normal"]
    normal.font.name = _FONT
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    paper.add_heading(minutes.title, level=1)
    paper.add_paragraph(f"编号 {minutes.number}")
    table = paper.add_table(rows=0, cols=2)
    for name, words in minutes.facts:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, words
    for section in minutes.sections:
        _add(paper, section)
    for remark in minutes.remarks:
        paper.add_paragraph(remark)
    for signed in minutes.signed or ("（还没有签名）",):
        paper.add_paragraph(signed)
    paper.add_paragraph(f"纪要摘要 {minutes.digest}")
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def _add(paper: "Document", section: Section) -> None:
    matter = f"（{section.matter}）" if section.matter else ""
    paper.add_heading(f"{section.number}. {section.title}{matter}", level=2)
    for line in section.lines:
        paper.add_paragraph(line)
    for decision in section.decisions:
        paper.add_paragraph(decision, style="List Bullet")
