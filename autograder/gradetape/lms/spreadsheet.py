"""CSV files as spreadsheets write and read them."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from gradetape.report.files import harmless, is_formula, whole_file
from gradetape.report.words import points

_DELIMITERS = ",;\t|"


def write(path: Path, rows: Iterable[Sequence[str | float | None]], bom: bool = True) -> None:
    """Write rows: numbers as numbers, text so that no spreadsheet runs it as a formula, nothing for None.

    `bom`: a byte order mark tells spreadsheets that the file is UTF-8; in Python read it with `utf-8-sig`.
    """
    with whole_file(path, encoding="utf-8-sig" if bom else "utf-8", newline="") as file:
        csv.writer(file).writerows([_cell(value) for value in row] for row in rows)


def read(data: bytes) -> list[list[str]]:
    """The rows of a CSV in any encoding with a byte order mark, in UTF-8 or Windows-1252, with any usual delimiter.

    Rows without any text are left out. A quote that only keeps a spreadsheet from running a cell is taken off.
    """
    text = _decode(data).replace("\r\n", "\n").replace("\r", "\n")
    delimiter = None
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:  # Excel's own hint
        text, delimiter = rest, first.strip()[4]
    delimiter = delimiter or max(_DELIMITERS, key=lambda d: len(next(csv.reader(io.StringIO(text), delimiter=d), [])))
    rows = csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True)
    return [[_bare(cell.strip()) for cell in row] for row in rows if any(cell.strip() for cell in row)]


def _decode(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _cell(value: str | float | None) -> str:
    if value is None:
        return ""
    return harmless(value) if isinstance(value, str) else points(value + 0.0)


def _bare(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and is_formula(cell[1:]) else cell
