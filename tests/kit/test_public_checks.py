"""Public checks on any answers: what `grader.check` would say, from a locked worker."""

from __future__ import annotations

import copy

import pytest

from gradetape.grading import read_notebook
from gradetape.public_checks import PublicChecks
from gradetape.submission import notebook_submission


@pytest.fixture
def said(tiny, zygote):
    """What the checks say of the solution with some text replaced."""
    checks = PublicChecks(tiny[0], "tiny", zygote.path)
    solution = read_notebook(tiny[0].solution("tiny"))

    def of(old: str = "", new: str = "", questions=None) -> dict[str, list[str]]:
        notebook = copy.deepcopy(solution)
        for cell in notebook["cells"]:
            cell["source"] = cell["source"].replace(old, new) if old else cell["source"]
        return checks.failures(notebook_submission(notebook, "tiny.ipynb"), questions)

    return of


def test_the_solution_passes(said):
    assert said() == {}


def test_a_wrong_answer_is_told_what_the_check_says(said):
    found = said("np.sum", "np.max")
    assert found["total"] == ["test_sum: AssertionError: 1 + 2 is 3; yours is 2.0"]
    assert "scale" in found  # it uses total
    assert list(said("np.sum", "np.max", ["scale"])) == ["scale"]


def test_what_ends_the_worker_fails_the_check(said):
    found = said("running_sum = np.sum(values)", "import os; os._exit(3)")
    assert found["total"][0].startswith("StudentCrash")


def test_a_stub_says_that_it_is_not_written(tiny, zygote):
    checks = PublicChecks(tiny[0], "tiny", zygote.path)
    found = checks.failures(notebook_submission(read_notebook(tiny[0].student_notebook("tiny")), "tiny.ipynb"))
    assert found["total"] == ["test_sum: NotImplementedError: total is not written yet"]
