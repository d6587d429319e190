import pytest

from gradetape.suite import assert_close_any, question

pytestmark = question("scale")


@pytest.mark.parametrize("factor", [2.5, -3.0])
def test_scales(student, reference, factor):
    """The sum is multiplied by the factor."""
    values = [1.0, 2.0, 4.0]
    hint = "Use the factor that was given."
    assert_close_any(student.scaled(factor, values), [factor * 15, factor * 7], hint=hint)
