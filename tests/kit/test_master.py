"""Reading masters: what each cell is for, and what does not hold together."""

from __future__ import annotations

import pytest

from gradetape.master import MasterError, questions, read_master

CONFIG = "# %% [raw]\n# # ASSIGNMENT CONFIG\n# name: x\n\n"
QUESTION = """\
# %% [raw]
# # BEGIN QUESTION
# name: q
# %% [raw]
# # Begin Solution
# %%
answer = 1
# %% [raw]
# # END SOLUTION
# %% [raw]
# # BEGIN TESTS
# %%
def test(): pass
# %% [raw]
# # END TESTS
# %%
after = 1
# %% [raw]
# # END QUESTION
"""


def master(tmp_path, text: str):
    path = tmp_path / "x.py"
    path.write_text(text)
    return path


def test_cells_are_tagged_by_what_they_are_for(tmp_path):
    text = CONFIG + '# %%\nbefore = 1\n# %% tags=["demo"]\nshow()\n# %% [markdown]\n# words\n' + QUESTION
    notebook = read_master(master(tmp_path, text))
    tags = {c.source: c.metadata.get("tags", []) for c in notebook.cells if c.cell_type == "code"}
    assert tags == {
        "before = 1": ["setup"],
        "show()": ["demo"],
        "answer = 1": ["answer:q"],
        "def test(): pass": [],
        "after = 1": ["setup"],
    }
    assert list(questions(notebook)) == ["q"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (QUESTION, "ASSIGNMENT CONFIG"),
        (CONFIG + QUESTION.replace("# # END SOLUTION", "# # END TESTS"), "cell 5"),
        (CONFIG + QUESTION.replace("# # END QUESTION", "# nothing"), "question block is not ended"),
        (CONFIG + QUESTION.replace("name: q", "points: 3"), "needs `name:`"),
        (CONFIG + QUESTION.replace("name: q", "name: 3 q"), "needs `name:`"),
        (CONFIG.replace("name: x", "name: [") + QUESTION, "not YAML"),
    ],
)
def test_what_does_not_hold_is_named(tmp_path, text, words):
    with pytest.raises(MasterError, match="x.py") as caught:
        read_master(master(tmp_path, text))
    assert words in str(caught.value)


def test_a_missing_master(tmp_path):
    with pytest.raises(MasterError, match="gone.py: missing"):
        read_master(tmp_path / "gone.py")


def test_every_master_of_this_course_reads(course):
    for name in course.config.assignments:
        if course.master(name).is_file():
            assert list(questions(read_master(course.master(name)))) == list(course.assignment(name).questions)
