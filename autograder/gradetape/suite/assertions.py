"""Assertions of a hidden suite: they show expected and got to staff, a hint to students, and record their margin."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from gradetape.grade_report import Check

_NO_MARGIN = 1e9
"""The ratio of a check that is simply false: JSON has no infinity."""


class WrongAnswer(AssertionError):
    """A hidden test's verdict on a wrong answer: `hint` is for the student, `detail` for staff."""

    def __init__(self, hint: str, detail: str):
        super().__init__(detail)
        self.hint, self.detail = hint, detail


class Recorder:
    """What the assertions of the running test said. With `soft`, a failed one is noted and the test goes on."""

    def __init__(self, soft: bool = False):
        self.soft = soft
        self.checks: list[Check] = []
        self.failures: list[WrongAnswer] = []


_recorder = Recorder()


def record_into(recorder: Recorder) -> None:
    """Send what assertions say from now on to `recorder`: the plugin calls it before each test."""
    global _recorder
    _recorder = recorder


def _judge(passed: bool, ratio: float, hint: str, detail: str, always_raise: bool = False) -> None:
    frame = sys._getframe(1)
    while frame.f_code.co_filename == __file__:
        frame = frame.f_back
    where = f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}"
    ratio = float(min(ratio, _NO_MARGIN)) if ratio == ratio else _NO_MARGIN
    _recorder.checks.append(Check(where=where, ratio=ratio, passed=bool(passed)))
    if passed:
        return
    failure = WrongAnswer(hint, detail)
    if always_raise or not _recorder.soft:
        raise failure
    _recorder.failures.append(failure)


def check(condition: bool, *, hint: str, what: str = "condition") -> None:
    """Assert any condition."""
    _judge(bool(condition), 0.0 if condition else _NO_MARGIN, hint, f"{what} does not hold")


def as_array(value, *, hint: str = "", what: str = "result") -> np.ndarray:
    """The value as a float64 array (complex stays complex); fails the test cleanly if it is not made of numbers."""
    array = _numeric(value)
    if array is None:
        _judge(False, _NO_MARGIN, hint or f"The {what} is not an array of numbers.", f"{what}: expected numbers, got {_kind(value)}", True)
    return array


def get(mapping, key: str, *, hint: str = "", what: str = "result"):
    """`mapping[key]`; fails the test cleanly if that is not to be had."""
    if not isinstance(mapping, dict) or key not in mapping:
        got = sorted(mapping) if isinstance(mapping, dict) else _kind(mapping)
        _judge(False, _NO_MARGIN, hint or f"The {what} has no {key!r}.", f"{what}: expected the key {key!r}, got {got}", True)
    return mapping[key]


def assert_close(got, expected, *, rtol: float = 1e-4, atol: float = 1e-5, hint: str = "", what: str = "result") -> None:
    """Same shape, and |got − expected| ≤ atol + rtol·|expected| everywhere; NaN only where NaN is expected."""
    ratio, detail = _compare(got, expected, rtol, atol, what)
    _judge(ratio <= 1, ratio, hint, detail)


def assert_close_any(got, expected: Sequence, *, rtol: float = 1e-4, atol: float = 1e-5, hint: str = "", what: str = "result") -> None:
    """As assert_close with at least one of several right values."""
    ratio, detail = min((_compare(got, one, rtol, atol, what) for one in expected), key=lambda found: found[0])
    _judge(ratio <= 1, ratio, hint, detail)


def assert_equal(got, expected, *, hint: str = "", what: str = "result") -> None:
    """Exactly equal, in value, shape and length: for integers, strings, truth values, lists and dicts of them."""
    same = _same(got, expected)
    _judge(same, 0.0 if same else _NO_MARGIN, hint, f"{what}: expected {_short(expected)}, got {_short(got)}")


def assert_shape(got, shape: Sequence[int], *, hint: str = "", what: str = "result") -> None:
    """An array of numbers of exactly this shape."""
    array = _numbers(got)
    seen = _kind(got) if array is None else array.shape
    same = seen == tuple(shape)
    _judge(same, 0.0 if same else _NO_MARGIN, hint, f"{what}: expected the shape {tuple(shape)}, got {seen}")


def assert_between(got, low: float, high: float, *, hint: str = "", what: str = "result") -> None:
    """Every element a finite number within [low, high], either of which may be infinite."""
    array = _numeric(got)
    if array is None or not array.size or array.dtype.kind == "c":
        _judge(False, _NO_MARGIN, hint, f"{what}: expected numbers from {low:g} to {high:g}, got {_kind(got)}")
        return
    inside = (array >= low) & (array <= high) & np.isfinite(array)
    ratio = _range_ratio(array, low, high) if inside.all() else max(_range_ratio(array, low, high), 1 + 1e-12)
    _judge(inside.all(), ratio, hint, f"{what}: expected from {low:g} to {high:g}, {_first(~inside, array)}")


def assert_differs(a, b, *, at_least: float = 1e-6, hint: str = "", what: str = "result") -> None:
    """Two arrays of one shape, finite, that differ by at least so much somewhere."""
    first, second = _numeric(a), _numeric(b)
    if first is None or second is None or first.shape != second.shape:
        _judge(False, _NO_MARGIN, hint, f"{what}: expected two arrays of one shape, got {_kind(a)} and {_kind(b)}")
        return
    for array in (first, second):
        if not np.isfinite(array).all():
            _judge(False, _NO_MARGIN, hint, f"{what}: expected finite numbers, {_first(~np.isfinite(array), array)}")
            return
    difference = np.max(np.abs(first - second), initial=0.0)
    ratio = at_least / difference if difference > 0 else _NO_MARGIN
    _judge(ratio <= 1, ratio, hint, f"{what}: expected a difference of at least {at_least:g}, got {difference:g}")


def _compare(got, expected, rtol: float, atol: float, what: str) -> tuple[float, str]:
    """Error over tolerance at the worst element, and the sentence that shows the first that is too far."""
    wanted, array = _numeric(expected), _numbers(got)
    if wanted is None:
        raise TypeError(f"the suite expects something that is not numbers: {_short(expected)}")
    if array is None:
        return _NO_MARGIN, f"{what}: expected numbers of shape {wanted.shape}, got {_kind(got)}"
    if array.shape != wanted.shape:
        return _NO_MARGIN, f"{what}: expected the shape {wanted.shape}, got {array.shape}"
    if not array.size:
        return 0.0, f"{what}: empty, as expected"
    array = _numeric(array)
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        error = np.abs(array - wanted)
        allowed = atol + rtol * np.abs(wanted)
        ratio = np.where(error == 0, 0.0, error / allowed) if np.all(allowed > 0) else np.where(error <= allowed, 0.0, _NO_MARGIN)
    ratio = np.where((array == wanted) | (np.isnan(array) & np.isnan(wanted)), 0.0, ratio)
    ratio = np.where(np.isfinite(wanted) & ~np.isfinite(array), _NO_MARGIN, np.nan_to_num(ratio, nan=_NO_MARGIN))
    return float(ratio.max()), f"{what}: {_first(ratio > 1, array, wanted)}"


def _first(wrong: np.ndarray, got: np.ndarray, expected: np.ndarray | None = None) -> str:
    if not wrong.any():
        return "as expected"
    index = tuple(int(i) for i in np.argwhere(wrong)[0])
    at = f"at {list(index)} " if index else ""
    wanted = "" if expected is None else f"expected {expected[index]:.6g}, "
    count = f" ({int(wrong.sum())} of {wrong.size} elements)" if wrong.size > 1 else ""
    return f"{at}{wanted}got {got[index]:.6g}{count}"


def _range_ratio(array: np.ndarray, low: float, high: float) -> float:
    """Distance from the middle over half the width; with one end open, the bound over the value."""
    if np.isfinite(low) and np.isfinite(high):
        half = (high - low) / 2
        return float(np.max(np.abs(array - (low + high) / 2)) / half) if half else _NO_MARGIN
    worst = array.min() if np.isfinite(low) else array.max()
    bound = low if np.isfinite(low) else high
    small, large = (bound, worst) if np.isfinite(low) else (worst, bound)
    if small < 0 and large < 0:
        small, large = -large, -small
    return float(small / large) if small > 0 and large > 0 else 0.0


def _numeric(value) -> np.ndarray | None:
    """An array of float64 (or complex) from numbers, however nested; None from anything else."""
    array = _numbers(value)
    return None if array is None else array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)


def _numbers(value) -> np.ndarray | None:
    """The same in the type that it came in: what has the wrong shape may be too large to convert."""
    if value is None or isinstance(value, (str, bytes, dict)):
        return None
    try:
        array = np.asarray(value)
    except (ValueError, TypeError):  # ragged
        return None
    return array if array.dtype.kind in "biufc" else None


def _same(got, expected) -> bool:
    if isinstance(expected, np.ndarray) or isinstance(got, np.ndarray):
        first, second = _numeric(got), _numeric(expected)
        return first is not None and second is not None and first.shape == second.shape and bool(np.all(first == second))
    if isinstance(expected, dict):
        return isinstance(got, dict) and got.keys() == expected.keys() and all(_same(got[k], v) for k, v in expected.items())
    if isinstance(expected, (list, tuple)):
        return isinstance(got, (list, tuple)) and len(got) == len(expected) and all(map(_same, got, expected))
    if isinstance(expected, bool) or isinstance(got, bool):
        return isinstance(got, bool) and isinstance(expected, bool) and got == expected
    return type(got) in (int, float, str, type(None)) and got == expected


def _kind(value) -> str:
    return f"an array of shape {np.shape(value)}" if isinstance(value, np.ndarray) else type(value).__name__


def _short(value) -> str:
    text = repr(value)
    return text if len(text) <= 200 else text[:197] + "…"
