"""What is kept of a hand-in's answers, for reports to staff."""

import nbformat
import pytest

from gradetape.submission import Submission, SubmittedCell, answers, released_cells
from gradetape.submission.answers import MAX_KEPT

STUBS = {"area": 'def area(r):\n    raise NotImplementedError("area")', "total": 'def total(v):\n    raise NotImplementedError("total")'}
RELEASED = released_cells(nbformat.v4.new_notebook(cells=[
    nbformat.v4.new_code_cell("import math", metadata={"tags": ["setup"]}),
    *(nbformat.v4.new_code_cell(stub, metadata={"tags": [f"answer:{name}"]}) for name, stub in STUBS.items()),
    nbformat.v4.new_code_cell("print(area(2))", metadata={"tags": ["demo"]}),
]))
AREA = "def area(r):\n    return 3.14 * r**2"


def kept(*cells):
    submitted = tuple(SubmittedCell(n, source) for n, source in enumerate(cells, 1))
    return answers(Submission("a.ipynb", "a", "", submitted), RELEASED, set(STUBS))


def test_answers_by_question_without_stubs_setup_and_demo():
    assert kept("import math", AREA, STUBS["total"], "print(area(3))", "mine = 1") == {"area": AREA}


def test_several_cells_of_one_answer_are_kept_together():
    assert kept(AREA, AREA.replace("3.14", "math.pi")) == {"area": f"{AREA}\n\n{AREA.replace('3.14', 'math.pi')}"}


@pytest.mark.parametrize("source", ["def area(r)\n    return", "def area(r):\n    %time pass", "def area(r):\n\treturn '\u0000'"])
def test_an_answer_need_not_parse(source):
    assert kept(source) == {"area": source}


def test_what_is_no_text_and_what_is_huge_is_cut():
    assert kept(AREA + "  # \udcff")["area"].endswith("# ?")
    assert len(kept(AREA + "\n#" * 50_000)["area"]) == MAX_KEPT
