"""What a hidden suite imports: marks and assertions. The fixtures come from the pytest plugin beside it."""

import pytest

from gradetape.suite.assertions import (
    as_array,
    assert_between,
    assert_close,
    assert_close_any,
    assert_differs,
    assert_equal,
    assert_shape,
    check,
    get,
)

__all__ = [
    "as_array",
    "assert_between",
    "assert_close",
    "assert_close_any",
    "assert_differs",
    "assert_equal",
    "assert_shape",
    "check",
    "get",
    "question",
    "visible",
    "weight",
]

question = pytest.mark.question
"""`pytestmark = question("kl_divergence")`: the question, by its name in the configuration, that a file's tests examine."""

visible = pytest.mark.visible
"""A test whose result a student sees at once."""

weight = pytest.mark.weight
"""`@weight(2)`: a test that takes two shares of its question's points."""
