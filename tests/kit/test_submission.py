"""Reading hand-ins: whatever comes, cells or one clear line."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import time
import zipfile

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradetape.submission import UnreadableSubmission, check_assignment, read_submission
from gradetape.submission import archive, read
from gradetape.submission.skim import HEAVY_KEYS, TooMuch, skim

ANSWER = 'def f(x):\n    return "ä"  # \\n'


def notebook(*sources: str, **metadata) -> dict:
    cells = [nbformat.v4.new_code_cell(s, id=f"c{i}") for i, s in enumerate(sources)]
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def sources(path) -> list[str]:
    return [cell.source for cell in read_submission(path).cells]


def write(folder, name: str, content: bytes | str):
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refused(path, *words: str) -> UnreadableSubmission:
    """Read a hand-in that cannot be graded; its message holds the words and reads as sentences."""
    with pytest.raises(UnreadableSubmission) as caught:
        read_submission(path)
    error = caught.value
    for word in words:
        assert word in error.reason, error.reason
    assert error.reason.endswith(".") and error.next_step.endswith(".")
    assert "\n" not in str(error)
    return error


# Forms and encodings


def test_notebook_with_everything_it_says(tmp_path):
    nb = notebook(ANSWER, otter={"assignment_name": "vae"})
    nb.cells[0].metadata.tags = ["answer:f"]
    nb.cells.insert(0, nbformat.v4.new_markdown_cell("# text"))
    path = write(tmp_path, "Zoë.ipynb", nbformat.writes(nb))
    submission = read_submission(path)
    (cell,) = submission.cells
    assert (cell.index, cell.source, cell.tags, cell.cell_id) == (2, ANSWER, ("answer:f",), "c0")
    assert (submission.name, submission.student, submission.assignment) == ("Zoë.ipynb", "Zoë", "vae")
    assert len(submission.sha256) == 64


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings(tmp_path, encoding):
    text = json.dumps(notebook(ANSWER), ensure_ascii=False)
    assert sources(write(tmp_path, "a.ipynb", text.encode(encoding))) == [ANSWER]


def test_bytes_that_are_no_text_are_replaced(tmp_path):
    raw = json.dumps(notebook("x = 1  # @")).encode().replace(b"@", b"\xff")
    assert sources(write(tmp_path, "a.ipynb", raw)) == ["x = 1  # \ufffd"]


def test_lone_surrogates_and_nul_are_replaced(tmp_path):
    path = write(tmp_path, "a.ipynb", json.dumps(notebook("x = '\ud800\0'")))
    assert sources(path) == ["x = '\ufffd\ufffd'"]


def test_nbformat_3(tmp_path):
    old = {"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": ["a = 1\n", "b"], "outputs": []}]}]}
    assert sources(write(tmp_path, "a.ipynb", json.dumps(old))) == ["a = 1\nb"]


def test_nbformat_4_with_oddities(tmp_path):
    odd = {
        "nbformat": 4,
        "nbformat_minor": 99,
        "metadata": [],
        "cells": [
            {"cell_type": "code", "source": "a", "metadata": None, "id": 3},
            {"cell_type": "code", "source": ["b\r\n", 5, "c"], "metadata": {"tags": "demo"}},
            {"cell_type": "code"},
            "not a cell",
            {"cell_type": "heading", "source": "x"},
        ],
    }
    assert sources(write(tmp_path, "a.ipynb", json.dumps(odd))) == ["a", "b\nc"]


def test_a_notebook_under_a_browsers_name(tmp_path):
    assert sources(write(tmp_path, "vae.ipynb.txt", nbformat.writes(notebook("x")))) == ["x"]


def test_an_answer_turned_into_text_is_noted(tmp_path):
    nb = notebook("x")
    nb.cells.append(nbformat.v4.new_raw_cell(ANSWER, metadata={"tags": ["answer:kl"]}))
    (note,) = read_submission(write(tmp_path, "a.ipynb", nbformat.writes(nb))).notes
    assert "kl" in note and "cell 2" in note


def test_percent_script(tmp_path):
    text = '# ---\n# jupyter: x\n# ---\n\n# %% [markdown]\n# words\n\n# %% tags=["demo", "x"]\n# %matplotlib inline\na = 1\n\n# In[7]:\n\nb = 2\n'
    submission = read_submission(write(tmp_path, "a.py", text))
    found = [(c.index, c.source, c.tags) for c in submission.cells]
    assert found == [(2, "%matplotlib inline\na = 1", ("demo", "x")), (3, "b = 2", ())]


def test_plain_script(tmp_path):
    assert sources(write(tmp_path, "a.py", b"\xef\xbb\xbfa = 1\r\nb = 2\r\n")) == ["a = 1\nb = 2"]


# Zips and folders


def zipped(folder, members: dict[str, str | bytes], name: str = "hand-in.zip", **options):
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return path


NOTEBOOK = nbformat.writes(notebook("x = 1"))


def test_zip_with_one_notebook_beside_other_things(tmp_path):
    members = {
        "week 7/解答.ipynb": NOTEBOOK,
        "week 7/helper.py": "import os",
        "__MACOSX/week 7/._解答.ipynb": b"\0\1",
        "week 7/.ipynb_checkpoints/解答-checkpoint.ipynb": NOTEBOOK,
        "week 7/.OTTER_LOG": b"",
        "week 7/report.pdf": b"%PDF",
    }
    assert sources(zipped(tmp_path, members)) == ["x = 1"]


def test_two_notebooks_are_both_named(tmp_path):
    error = refused(zipped(tmp_path, {"a/one.ipynb": NOTEBOOK, "two.ipynb": NOTEBOOK}), "a/one.ipynb", "two.ipynb")
    assert "only the notebook" in error.next_step


def test_no_notebook_in_a_zip(tmp_path):
    refused(zipped(tmp_path, {"readme.txt": "hello"}), "hand-in.zip", "no notebook")


def test_names_that_leave_the_folder_are_only_read(tmp_path):
    outside = tmp_path / "escaped.ipynb"
    path = zipped(tmp_path, {"../escaped.ipynb": NOTEBOOK})
    assert sources(path) == ["x = 1"]
    assert not outside.exists()
    assert sources(zipped(tmp_path, {"/etc/escaped.ipynb": NOTEBOOK}, "b.zip")) == ["x = 1"]


def test_a_link_in_a_zip_is_no_notebook(tmp_path):
    info = zipfile.ZipInfo("link.ipynb")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    refused(path, "no notebook")


def test_a_zip_bomb_costs_no_more_than_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(read, "MAX_BYTES", 50 * 2**20)
    bomb = zipped(tmp_path, {"a.ipynb": b'{"cells": [' + b" " * (200 * 2**20)}, compresslevel=9)
    # The header lies about the size: what counts is what is really read.
    raw = bomb.read_bytes().replace((200 * 2**20 + 11).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    for content in (bomb.read_bytes(), raw):
        started = time.monotonic()
        refused(write(tmp_path, "bomb.zip", content), "")
        assert time.monotonic() - started < 10


def test_a_zip_with_a_huge_list_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_DIRECTORY", 1000)
    members = {f"{i}.txt": "" for i in range(100)}
    refused(zipped(tmp_path, members), "too many files")


def test_an_encrypted_zip(tmp_path):
    path = zipped(tmp_path, {"a.ipynb": NOTEBOOK})
    raw = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        raw[raw.find(mark) + offset] |= 1
    refused(write(tmp_path, "b.zip", bytes(raw)), "encrypted")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_compression_is_not_unpacked(tmp_path, method):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("a.ipynb", NOTEBOOK)
    refused(path, "unusual")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_zip_never_breaks_the_reader(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("zip")
    raw = bytearray(zipped(folder, {"a.ipynb": NOTEBOOK}).read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(4, len(raw) - 1))] = data.draw(st.integers(0, 255))
    raw = raw[: data.draw(st.integers(5, len(raw)))]
    try:
        read_submission(write(folder, "b.zip", bytes(raw)))
    except UnreadableSubmission:
        pass


def test_folder_with_one_notebook(tmp_path):
    folder = tmp_path / "Kaya"
    (folder / ".ipynb_checkpoints").mkdir(parents=True)
    (folder / "data").mkdir()
    write(folder, "vae.ipynb", NOTEBOOK)
    write(folder, "helper.py", "")
    write(folder / ".ipynb_checkpoints", "vae-checkpoint.ipynb", NOTEBOOK)
    submission = read_submission(folder)
    assert submission.student == "Kaya" and len(submission.cells) == 1


def test_a_link_in_a_folder_is_not_followed(tmp_path):
    secret = write(tmp_path, "solution.ipynb", NOTEBOOK)
    folder = tmp_path / "hand-in"
    folder.mkdir()
    (folder / "mine.ipynb").symlink_to(secret)
    (folder / "all").symlink_to(tmp_path)
    refused(folder, "no notebook")


def test_a_pipe_does_not_stop_the_reader(tmp_path):
    os.mkfifo(tmp_path / "a.ipynb")
    refused(tmp_path / "a.ipynb", "plain file")


# Nothing to grade


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.ipynb", "", "empty"),
        ("a.ipynb", "  \n", "empty"),
        ("a.ipynb", "print('hello')", "not JSON"),
        ("a.ipynb", json.dumps(notebook("x = 1"))[:-9], "cut short"),
        ("a.ipynb", "<!DOCTYPE html><html>", "web page"),
        ("a.ipynb", "%PDF-1.7", "PDF"),
        ("a.ipynb", "[" * 100_000, "not JSON"),
        ("a.ipynb", "[1, 2]", "no cells"),
        ("a.ipynb", json.dumps({"cells": {}}), "no cells"),
        ("a.ipynb", json.dumps(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("x")])), "no code cells"),
        ("a.ipynb", json.dumps(notebook("", "  \n")), "no code cells"),
        ("a.py", "# only words\n# %% [markdown]\n# x\n".replace("# only words\n", ""), "no code cells"),
        ("a.docx", "x", "not a notebook"),
        ("a.tar.gz", b"\x1f\x8b", "not a notebook"),
    ],
)
def test_nothing_to_grade(tmp_path, name, content, words):
    refused(write(tmp_path, name, content), name, words)


def test_a_file_that_is_not_there(tmp_path):
    refused(tmp_path / "gone.ipynb", "gone.ipynb")


def test_a_file_beyond_the_limit(tmp_path):
    with open(tmp_path / "a.ipynb", "wb") as file:
        file.truncate(600 * 2**20)
    refused(tmp_path / "a.ipynb", "larger than 512 MB")


def test_more_code_than_any_notebook(tmp_path, monkeypatch):
    monkeypatch.setattr(read, "MAX_CODE", 2_000_000)
    refused(write(tmp_path, "a.ipynb", json.dumps(notebook("#" * 3_000_000))), "far more")


def test_damaged_outputs_cost_nothing(tmp_path):
    """Where Python's own reader gives up: a line feed within a string, nesting beyond its stack, a number without end."""
    for damage in ('"one\ntwo"', "[" * 100_000 + "]" * 100_000, "1" * 10_000):
        text = json.dumps(notebook("a = 1", "b = 2")).replace('"outputs": []', f'"outputs": [{damage}]', 1)
        assert sources(write(tmp_path, "a.ipynb", text)) == ["a = 1", "b = 2"]


def test_more_cells_than_any_notebook(tmp_path):
    refused(write(tmp_path, "a.ipynb", json.dumps(notebook(*["x"] * 2_001))), "far more")


def test_200_mb_of_outputs_in_bounded_time_and_memory(tmp_path):
    """A figure of 100 MB in one string, then 100 MB of short lines; read in a process whose memory is counted."""
    nb = notebook("a = 1", "b = 2", "c = 3")
    with open(tmp_path / "a.ipynb", "w") as file:
        before, between, after = json.dumps(nb).replace('"outputs": []', '"outputs": [@]').split("@", 2)
        file.write(before + '{"data": {"image/png": "' + "iVBORw0KGgo" * 9_500_000 + '"}}' + between + '{"text": [')
        file.writelines(f'"epoch {i}: loss \\"{i}\\" [{{\\n", ' for i in range(3_300_000))
        file.write('"end"]}' + after.replace("@", ""))
    assert (tmp_path / "a.ipynb").stat().st_size > 200e6
    code = (
        "import resource, sys; from pathlib import Path; from gradetape.submission import read_submission\n"
        "start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "cells = read_submission(Path(sys.argv[1])).cells\n"
        "end = resource.getrusage(resource.RUSAGE_SELF)\n"
        "print(len(cells), (end.ru_maxrss - start) // 1024, end.ru_utime)"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path / "a.ipynb"], capture_output=True, text=True, check=True)
    cells, megabytes, seconds = map(float, done.stdout.split())
    assert (cells, megabytes < 60, seconds < 30) == (3, True, True), done.stdout


# Skimming


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["outputs", "cells", "a"]) | st.text(), inner),
)


def without_outputs(value):
    if isinstance(value, dict):
        return {k: [] if k in HEAVY_KEYS else without_outputs(v) for k, v in value.items()}
    return [without_outputs(v) for v in value] if isinstance(value, list) else value


@given(json_values, st.integers(1, 40), st.booleans(), st.sampled_from([None, 1]))
def test_skimming_is_parsing_without_outputs(value, size, ascii, indent):
    """Wherever the chunks' borders fall."""
    text = json.dumps(value, ensure_ascii=ascii, indent=indent)
    chunks = [text[i : i + size] for i in range(0, len(text), size)]
    assert json.loads(skim(chunks, 10**6)) == without_outputs(value)


@given(st.text(st.sampled_from('"\\[]{}:, o'), max_size=60), st.integers(1, 9))
def test_skimming_ends_on_anything(text, size):
    text = text.replace("o", "outputs")
    skim([text[i : i + size] for i in range(0, len(text), size)], 10**6)


def test_skimming_stops_at_its_limits():
    with pytest.raises(TooMuch):
        skim(["x" * 11], 10)
    with pytest.raises(TooMuch):
        skim(['{"outputs": ' + "[" * 100], 1000, max_tokens=50)


# Another assignment's notebook


def owned(tmp_path, *ids: str, name: str = ""):
    nb = notebook(*["x"] * max(1, len(ids)), **({"otter": {"assignment_name": name}} if name else {}))
    for cell, cell_id in zip(nb.cells, ids):
        cell.id = cell_id
    return read_submission(write(tmp_path, "a.ipynb", nbformat.writes(nb)))


@pytest.mark.parametrize(
    ("ids", "name", "ours"),
    [
        ((), "", True),
        ((), "vae", True),
        ((), "gan", False),
        (("vae-answer-encoder-1",), "", True),
        (("wgan_gp-setup-1", "3fa9"), "", False),
        (("wgan_gp-setup-1", "vae-answer-encoder-1"), "", True),
        (("vae-answer-encoder-1",), "gan", True),
    ],
)
def test_whose_notebook(tmp_path, ids, name, ours):
    submission = owned(tmp_path, *ids, name=name)
    if ours:
        check_assignment(submission, "vae")
    else:
        with pytest.raises(UnreadableSubmission, match="vae.ipynb"):
            check_assignment(submission, "vae")
