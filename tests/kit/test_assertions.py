"""The assertions of a hidden suite: what they let pass, how they say what is wrong, and that no answer makes them raise."""

import numpy as np
import pytest

from gradetape.suite import as_array, assert_between, assert_close, assert_close_any, assert_differs, assert_equal, assert_shape, check, get
from gradetape.suite.assertions import Recorder, WrongAnswer, record_into

NAN, INF = float("nan"), float("inf")
# What a student's code can make arrive, apart from what was asked for.
ODD = [
    None,
    True,
    "passed",
    "",
    [],
    {},
    {"passed": True},
    [None],
    ["a", 1],
    [[1, 2], [3]],
    [np.zeros(2), np.zeros(3)],
    [np.zeros((2, 2)), 1],
    NAN,
    np.array(NAN),
    np.zeros((0, 3)),
    np.zeros((2, 2), "c16"),
    np.array([1 + 1j]),
    np.array([True]),
    np.full((2, 3), INF),
    [[[[[[1]]]]]],
]


@pytest.fixture(autouse=True)
def recorder():
    """Receives what the assertions say, as the plugin's does."""
    made = Recorder()
    record_into(made)
    yield made
    record_into(Recorder())


def wrong(assertion, *args, **kwargs):
    """The failure that an assertion ends with."""
    with pytest.raises(WrongAnswer) as raised:
        assertion(*args, **kwargs)
    return raised.value


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (1.0, 1),
        ([1, 2], np.array([1.0, 2.0])),
        (np.float32(0.1), 0.1),
        (np.array([1.00009]), [1]),
        ([NAN, 1], [NAN, 1]),
        ([INF, -INF], [INF, -INF]),
        (np.zeros((0, 3)), np.zeros((0, 3))),
        (np.array([1 + 2j], "c8"), [1 + 2j]),
        ([np.ones(2), np.ones(2)], np.ones((2, 2))),
        (np.array([True, False]), [1, 0]),
        ([1e300], [1e300]),
        (0, 1e-6),
    ],
)
def test_close(got, expected):
    assert_close(got, expected)


@pytest.mark.parametrize(
    ("got", "expected", "detail"),
    [
        (1.1, 1, "loss: expected 1, got 1.1"),
        ([1, 2, 4.5], [1, 2, 3], "loss: at [2] expected 3, got 4.5 (1 of 3 elements)"),
        (np.array([[0, 9], [9, 9]]), np.zeros((2, 2)), "loss: at [0, 1] expected 0, got 9 (3 of 4 elements)"),
        ([1, NAN], [1, 2], "loss: at [1] expected 2, got nan (1 of 2 elements)"),
        ([1, 2], [1, NAN], "loss: at [1] expected nan, got 2 (1 of 2 elements)"),
        ([INF], [1], "loss: at [0] expected 1, got inf"),
        ([1], [INF], "loss: at [0] expected inf, got 1"),
        ([-INF], [INF], "loss: at [0] expected inf, got -inf"),
        (np.zeros((3, 1)), np.zeros(3), "loss: expected the shape (3,), got (3, 1)"),
        ([1, 2], 1, "loss: expected the shape (), got (2,)"),
        (np.zeros((0,)), np.zeros(1), "loss: expected the shape (1,), got (0,)"),
        (None, [1], "loss: expected numbers of shape (1,), got NoneType"),
        ("passed", [1], "loss: expected numbers of shape (1,), got str"),
        ([[1, 2], [3]], np.zeros((2, 2)), "loss: expected numbers of shape (2, 2), got list"),
        ({"loss": 1}, [1], "loss: expected numbers of shape (1,), got dict"),
        ([None], [1], "loss: expected numbers of shape (1,), got list"),
        ([1 + 2j], [1 + 3j], "loss: at [0] expected 1+3j, got 1+2j"),
    ],
)
def test_not_close(got, expected, detail):
    failure = wrong(assert_close, got, expected, what="loss", hint="Try the mean.")
    assert (failure.detail, failure.hint) == (detail, "Try the mean.")


def test_tolerances_count(recorder):
    assert_close([1.05], [1], rtol=0.1)
    assert_close([0.05], [0], rtol=0, atol=0.1)
    wrong(assert_close, [1.05], [1], rtol=0, atol=0)
    assert_close([1.0, 0.0], [1, 0], rtol=0, atol=0)
    assert [check.passed for check in recorder.checks] == [True, True, False, True]


def test_the_margin_and_place_of_each_check_are_recorded(recorder):
    assert_close([1.0005], [1], rtol=1e-3, atol=0)
    (made,) = recorder.checks
    assert made.ratio == pytest.approx(0.5)
    assert made.where.startswith("test_assertions.py:")


def test_with_one_end_open_the_margin_is_the_bound_over_the_value(recorder):
    for got, low, high in ((3, 1.5, np.inf), (-3, -np.inf, -1.5), (-1.5, -3, np.inf), (1.5, -np.inf, 3)):
        assert_between(got, low, high)
    assert [check.ratio for check in recorder.checks] == [0.5] * 4


def test_a_suite_that_expects_no_numbers_is_wrong_itself():
    with pytest.raises(TypeError, match="the suite expects"):
        assert_close([1], "one")


def test_close_to_any():
    assert_close_any([2], [[1], [2]])
    failure = wrong(assert_close_any, [1.4], [[1], [9]], what="loss")
    assert failure.detail == "loss: at [0] expected 1, got 1.4", "the nearest of them is shown"
    assert "got (2,)" in wrong(assert_close_any, [1, 2], [[1], [[1, 2]]]).detail


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (1, 1),
        (1.0, 1),
        ("a", "a"),
        (None, None),
        (True, True),
        ([1, "a", [None]], (1, "a", [None])),
        ({"a": [1]}, {"a": [1]}),
        (np.array([1, 2]), [1, 2]),
        ([1, 2], np.array([1, 2])),
        (3, np.int64(3)),
    ],
)
def test_equal(got, expected):
    assert_equal(got, expected)


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (1, 2),
        (1, True),
        (True, 1),
        ("a", "b"),
        (None, 0),
        ([1, 2], [1]),
        ([1], 1),
        ({"a": 1}, {"b": 1}),
        ({"a": 1, "b": 2}, {"a": 1}),
        (np.array([1, 2]), [1, 3]),
        (np.zeros((1, 2)), np.zeros(2)),
        (NAN, NAN),
        ("1", 1),
        (np.array("a"), "a"),
    ],
)
def test_not_equal(got, expected):
    failure = wrong(assert_equal, got, expected, what="length")
    assert failure.detail == f"length: expected {expected!r}, got {got!r}"


def test_what_is_long_is_shown_short():
    assert len(wrong(assert_equal, "x" * 10**6, "y").detail) < 300


def test_shape():
    assert_shape(np.zeros((2, 3)), (2, 3))
    assert_shape([[1, 2]], [1, 2])
    assert_shape(5, ())
    assert wrong(assert_shape, np.zeros(3), (3, 1), what="mean").detail == "mean: expected the shape (3, 1), got (3,)"
    assert wrong(assert_shape, None, (3,), what="mean").detail == "mean: expected the shape (3,), got NoneType"


def test_a_large_result_of_the_wrong_shape_is_not_converted():
    """A student's code can send sixty million bytes, which would be half a gigabyte of float64."""
    large = np.broadcast_to(np.uint8(0), (1 << 40,))
    wrong(assert_close, large, [1])
    wrong(assert_shape, large, (1,))


def test_between(recorder):
    assert_between([0, 0.5, 1], 0, 1)
    assert_between(5, 0, INF)
    assert_between([-5], -INF, 0)
    failure = wrong(assert_between, [0.5, 1.5, -1], 0, 1, what="share")
    assert failure.detail == "share: expected from 0 to 1, at [1] got 1.5 (2 of 3 elements)"
    assert all((check.ratio <= 1) == check.passed for check in recorder.checks)


@pytest.mark.parametrize("got", [NAN, [0.5, NAN], [], None, "0.5", [0.5 + 0j], [INF], {"a": 0.5}])
def test_not_between(got):
    wrong(assert_between, got, 0, 1)


def test_differs():
    assert_differs([1, 2], [1, 3])
    assert_differs([1, 2], [1, 2.5], at_least=0.5)
    assert wrong(assert_differs, [1, 2], [1, 2.1], at_least=0.5, what="noise").detail == "noise: expected a difference of at least 0.5, got 0.1"


@pytest.mark.parametrize(("a", "b"), [([1], [1]), ([NAN], [1]), ([INF], [1]), ([1], [-INF]), ([1], [1, 2]), (None, [1]), ([], []), ("a", "b")])
def test_does_not_differ(a, b):
    """No number, an infinite one or another shape is no difference that was asked for."""
    wrong(assert_differs, a, b)


def test_conditions():
    check(True, hint="")
    assert wrong(check, 1 > 2, hint="Count again.", what="order").detail == "order does not hold"


def test_arrays_and_entries_are_had_or_fail_cleanly():
    assert as_array([1, 2]).dtype == np.float64
    assert as_array([1j]).dtype == np.complex128
    assert get({"loss": 5}, "loss") == 5
    assert wrong(as_array, "five", what="mean").hint == "The mean is not an array of numbers."
    failure = wrong(get, {"b": 1, "a": 2}, "loss", what="metrics")
    assert (failure.hint, failure.detail) == ("The metrics has no 'loss'.", "metrics: expected the key 'loss', got ['a', 'b']")
    assert wrong(get, [1], "loss").detail == "result: expected the key 'loss', got list"


@pytest.mark.parametrize("got", ODD, ids=repr)
@pytest.mark.parametrize(
    "assertion",
    [
        lambda got: assert_close(got, np.ones((2, 3))),
        lambda got: assert_close_any(got, [np.ones((2, 3)), np.ones(5)]),
        lambda got: assert_equal(got, [1, "b", {"c": np.ones(2)}]),
        lambda got: assert_equal(got, np.ones((2, 3))),
        lambda got: assert_shape(got, (7, 8)),
        lambda got: assert_between(got, 3.5, 3.6),
        lambda got: assert_between(got, 1e300, INF),
        lambda got: assert_differs(got, np.ones((2, 3)), at_least=1e9),
        lambda got: get(got, "loss"),
        lambda got: check(got is Ellipsis, hint=""),
    ],
    ids=["close", "close_any", "equal", "equal_array", "shape", "between", "above", "differs", "get", "check"],
)
def test_an_odd_result_is_a_wrong_answer_and_no_slip_of_the_suite(assertion, got):
    wrong(assertion, got)


def test_softly_all_failures_are_noted_and_nothing_is_raised(recorder):
    recorder.soft = True
    assert_close([1], [2], hint="first")
    assert_shape(5, (2,), hint="second")
    assert_close([1], [1])
    assert [failure.hint for failure in recorder.failures] == ["first", "second"]
    assert [made.passed for made in recorder.checks] == [False, False, True]
    wrong(as_array, "a")  # there is nothing to go on with
    wrong(get, {}, "key")
