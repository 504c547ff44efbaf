from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from docx import Document
from docx.blkcntnr import BlockItemContainer
from docx.document import Document as DocumentType
from docx.table import Table, _Row


def stringify(docx: bytes) -> str:
    """A Word file as the text a person reads: one line a paragraph, one line a table row."""
    document = Document(BytesIO(docx))
    lines: list[str] = []
    for number, section in enumerate(document.sections, start=1):
        lines += _block(f"header {number}", section.header)
        lines += _block(f"footer {number}", section.footer)
    lines += _block("body", document)
    return "\n".join(lines) + "\n"


def _block(name: str, block: BlockItemContainer | DocumentType) -> Iterator[str]:
    yield f"[{name}]"
    for item in block.iter_inner_content():
        if isinstance(item, Table):
            yield from (f"| {' | '.join(_cells(row))} |" for row in item.rows)
        elif item.text:
            yield item.text


def _cells(row: _Row) -> Iterator[str]:
    """The text of each cell once, though python-docx gives a wide cell once for each column of the grid."""
    seen: list[object] = []
    for cell in row.cells:
        if cell._tc not in seen:  # noqa: SLF001  python-docx has no other identity of a cell
            seen.append(cell._tc)  # noqa: SLF001  the same
            yield cell.text.replace("\n", " / ")
