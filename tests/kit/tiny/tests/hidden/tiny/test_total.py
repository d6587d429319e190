import pytest

from gradetape.suite import assert_close, question, visible

pytestmark = question("total")


@visible
def test_two_numbers(student, reference):
    """Two numbers are added."""
    assert_close(student.total_of([3.5, 4]), 7.5, hint="Add, do not multiply.")


def test_many_numbers(student, reference, rng):
    """Many numbers are added."""
    values = rng.normal(size=11)
    assert_close(student.total_of(values), reference.total_of(values), hint="Add all of them.")


@pytest.mark.gpu
def test_very_many_numbers(student, rng):
    """Very many numbers are added."""
    values = rng.normal(size=1001)
    assert_close(student.total_of(values), values.sum(), hint="Add all of them.")
