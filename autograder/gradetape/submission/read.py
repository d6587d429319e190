"""Hand-ins as they come: notebooks of any age, scripts, zips, folders. Read, never extracted, never executed."""

from __future__ import annotations

import codecs
import contextlib
import hashlib
import itertools
import json
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from .archive import ZIP_AGAIN, find_in_folder, find_in_zip, open_regular
from .model import Submission, SubmittedCell, UnreadableSubmission
from .script import script_cells
from .skim import TooMuch, skim

MAX_BYTES = 512 * 2**20
"""of a hand-in, and of the notebook in a zip"""
MAX_CODE = 32 * 2**20
"""characters that are left without outputs and images"""
MAX_CELLS = 2_000
"""code cells"""
SAVE_AGAIN = "Open it in Jupyter or Colab, save it, check that it opens again, and hand in the .ipynb file."

_CHUNK = 2**20
_NOTEBOOK_NAMES = (".ipynb", ".json", ".txt", "")  # browsers like to add an ending of their own
_BOMS = {  # the longer first: UTF-32's begins like UTF-16's
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_UNSPEAKABLE = re.compile("[\0\ud800-\udfff]")  # neither can be compiled or sent


def read_submission(path: Path) -> Submission:
    """Read a notebook, a script, or a zip or folder that holds one.

    Raises UnreadableSubmission for anything that holds no code cells to grade.
    """
    path = Path(path)
    student = unicodedata.normalize("NFC", path.name if path.is_dir() else path.stem)
    try:
        found = find_in_folder(path) if path.is_dir() else path
        with open_regular(found, follow=found is path) as file:
            sha256 = _hash(file, path.name)
            name, stream = found.name, file
            if _is_zip(file):
                name, stream = find_in_zip(file, found.name)
            cells, notes, assignment = _read(name, stream)
    except OSError as error:
        raise UnreadableSubmission(f"{path.name} cannot be opened: {error.strerror or error}.", SAVE_AGAIN) from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise UnreadableSubmission(f"{path.name} is a damaged zip.", ZIP_AGAIN) from error
    return Submission(path.name, student, sha256, cells, notes, assignment)


def fingerprint(path: Path) -> str:
    """The sha256 that a hand-in is known by: of the file that would be read. Empty where there is none that can be."""
    try:
        found = find_in_folder(path) if path.is_dir() else path
        with open_regular(found, follow=found is path) as file:
            return _hash(file, path.name)
    except (OSError, UnreadableSubmission):
        return ""


def notebook_submission(notebook: Mapping[str, Any], name: str, student: str = "") -> Submission:
    """A submission from a notebook in memory (nbformat's node or its JSON), for answers that the kit makes itself."""
    cells, notes, assignment = _notebook(notebook, name)
    digest = hashlib.sha256(json.dumps(notebook, sort_keys=True).encode()).hexdigest()
    return Submission(name, student or Path(name).stem, digest, cells, notes, assignment)


def _hash(file: BinaryIO, name: str) -> str:
    size = file.seek(0, 2)
    if size == 0:
        raise UnreadableSubmission(f"{name} is empty.", "Save the notebook and hand it in again.")
    if size > MAX_BYTES:
        raise _too_large(name)
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest


def _is_zip(file: BinaryIO) -> bool:
    start = file.read(4)
    file.seek(0)
    return start in (b"PK\x03\x04", b"PK\x05\x06")


def _too_large(name: str) -> UnreadableSubmission:
    return UnreadableSubmission(
        f"{name} is larger than {MAX_BYTES // 2**20} MB.", "Clear all outputs, save the notebook, and hand it in again."
    )


def _too_much(name: str) -> UnreadableSubmission:
    reason = f"{name} holds far more than a notebook's code."
    return UnreadableSubmission(reason, "Hand in the notebook without pasted data or pictures.")


def _read(name: str, stream: BinaryIO) -> tuple[tuple[SubmittedCell, ...], tuple[str, ...], str]:
    suffix = Path(name).suffix.lower()
    if suffix == ".py":
        return _script("".join(_text(name, stream, MAX_CODE)), name)
    if suffix not in _NOTEBOOK_NAMES:
        raise UnreadableSubmission(f"{name} is not a notebook, a Python script or a zip.", "Hand in the .ipynb file.")
    chunks = _text(name, stream, MAX_BYTES)
    start = list(itertools.islice(chunks, 3))
    try:
        return _notebook(_json(start, chunks), name)
    except TooMuch:
        raise _too_much(name) from None
    except (ValueError, RecursionError):
        text = "".join(start)
        if not text.strip():
            raise UnreadableSubmission(f"{name} is empty.", "Save the notebook and hand it in again.") from None
        raise UnreadableSubmission(f"{name} is not a notebook: {_looks_like(text)}.", SAVE_AGAIN) from None


def _json(start: list[str], rest: Iterator[str]) -> Any:
    """What the JSON says; outputs and attachments may be missing. Raises ValueError, RecursionError or TooMuch."""
    if len(start) < 3:  # at most one chunk and the decoder's rest: cheaper to parse whole than to skim
        with contextlib.suppress(ValueError, RecursionError):
            return json.loads("".join(start))  # where outputs are damaged, skimming saves the rest
    return json.loads(skim(itertools.chain(start, rest), MAX_CODE))


def _text(name: str, stream: BinaryIO, limit: int) -> Iterator[str]:
    """The file's text in chunks. What is read is counted, whatever a zip's header says of the size."""
    chunk = stream.read(_CHUNK)
    decoder = codecs.getincrementaldecoder(_encoding(chunk))(errors="replace")
    while chunk:
        limit -= len(chunk)
        if limit < 0:
            raise _too_large(name)
        yield decoder.decode(chunk)
        chunk = stream.read(_CHUNK)
    yield decoder.decode(b"", final=True)


def _encoding(start: bytes) -> str:
    for bom, encoding in _BOMS.items():
        if start.startswith(bom):
            return encoding
    if b"\0" in start[:2]:
        return "utf-16-be" if start[0] == 0 else "utf-16-le"
    return "utf-8"


def _looks_like(text: str) -> str:
    start = text.lstrip()[:200].lower()
    if start.startswith(("<!doctype", "<html")):
        return "it is a web page"
    if start.startswith("%pdf"):
        return "it is a PDF"
    return "the file is cut short or damaged" if start.startswith("{") else "it is not JSON"


def _script(text: str, name: str) -> tuple[tuple[SubmittedCell, ...], tuple[str, ...], str]:
    text = _clean(text)
    cells = tuple(
        SubmittedCell(number, source, tags)
        for number, (source, tags) in enumerate(script_cells(text), 1)
        if source.strip()
    )
    return _some(cells, name), (), ""


def _notebook(notebook: Any, name: str) -> tuple[tuple[SubmittedCell, ...], tuple[str, ...], str]:
    """The code cells of a notebook's JSON, of nbformat 1 to 4, as far as they can be made out.

    nbformat's own reader validates and converts; it refuses notebooks that open well enough in an editor.
    """
    raw = list(_raw_cells(notebook))
    if not raw:
        raise UnreadableSubmission(f"{name} has no cells.", SAVE_AGAIN)
    cells, notes = [], []
    for number, cell in enumerate(raw, 1):
        metadata = cell.get("metadata")
        tags = metadata.get("tags") if isinstance(metadata, dict) else None
        tags = tuple(t for t in tags if isinstance(t, str)) if isinstance(tags, list) else ()
        source = _clean(_source(cell))
        if cell.get("cell_type") == "code":
            cell_id = cell.get("id")
            cells.append(SubmittedCell(number, source, tags, cell_id if isinstance(cell_id, str) else ""))
        elif answers := [t.removeprefix("answer:") for t in tags if t.startswith("answer:")]:
            notes.append(f"cell {number}, where the answer to {answers[0]} belongs, is a text cell: it was not run")
    return _some(tuple(c for c in cells if c.source.strip()), name), tuple(notes), _assignment(notebook)


def _some(cells: tuple[SubmittedCell, ...], name: str) -> tuple[SubmittedCell, ...]:
    if not cells:
        raise UnreadableSubmission(f"{name} has no code cells.", "Check that it is the notebook with your answers.")
    if len(cells) > MAX_CELLS:
        raise _too_much(name)
    return cells


def _raw_cells(notebook: Any) -> Iterator[dict]:
    if not isinstance(notebook, Mapping):
        return
    holders = [notebook]
    if isinstance(sheets := notebook.get("worksheets"), list):  # nbformat 2 and 3
        holders += [sheet for sheet in sheets if isinstance(sheet, Mapping)]
    for holder in holders:
        cells = holder.get("cells")
        for cell in cells if isinstance(cells, list) else ():
            if isinstance(cell, Mapping):
                yield cell


def _source(cell: Mapping[str, Any]) -> str:
    for key in ("source", "input", "code"):  # nbformat 4; 2 and 3; 1
        value = cell.get(key)
        if isinstance(value, str):
            return value
        if isinstance(value, list):
            return "".join(line for line in value if isinstance(line, str))
    return ""


def _clean(source: str) -> str:
    return _UNSPEAKABLE.sub("\ufffd", source.replace("\r\n", "\n").replace("\r", "\n"))


def _assignment(notebook: Mapping[str, Any]) -> str:
    try:
        name = notebook["metadata"]["otter"]["assignment_name"]
    except (KeyError, TypeError):
        return ""
    return name if isinstance(name, str) else ""
