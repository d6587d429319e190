"""The pytest plugin: runs a hidden suite on a submission and turns what happens into verdicts.

`gradetape grade` runs it in-process on a `SuiteRun`; by hand, `pytest tests/hidden/vae --submission nb.ipynb`
makes one from the options.
"""

from __future__ import annotations

import traceback
import zlib
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from gradetape.grade_report import Outcome, TestResult
from gradetape.sandbox.client import StudentCrash, StudentError, StudentMissing, StudentTimeout
from gradetape.suite import assertions
from gradetape.suite.candidate import Candidate
from gradetape.suite.reference import Reference

_OUTCOMES: dict[type, Outcome] = {
    StudentMissing: "missing",
    StudentTimeout: "timeout",
    StudentCrash: "crash",
    StudentError: "error",
    assertions.WrongAnswer: "failed",
}
_RUN = pytest.StashKey["SuiteRun"]()
COLLECTED = pytest.StashKey[bool]()
"""whether tests are collected before there is a submission"""


@dataclass
class SuiteRun:
    """One run of a suite: whom it examines, which of its tests, and what they said."""

    student: Candidate
    reference: Reference
    tier: str = "cpu"
    soft: bool = False
    questions: Collection[str] | None = None
    """only these questions' tests; None for all"""
    order: int | None = None
    """the seed of a random order of the tests; None for the order in which they are written"""
    results: dict[str, list[TestResult]] = field(default_factory=dict)
    """question → its tests' verdicts"""
    broken: list[str] = field(default_factory=list)
    """what went wrong in the suite itself, not in the answer"""

    def close(self) -> None:
        """End the workers."""
        self.student.close()
        self.reference.close()


class Probes:
    """`student` and `reference` in a test: `student.some_probe(…)` puts a probe to the worker of the submission whose turn it is."""

    def __init__(self, config, side: str):
        self._config, self._side = config, side

    def __getattr__(self, probe: str):
        if probe.startswith("__"):
            raise AttributeError(probe)

        def ask(*args, **kwargs):
            asked: Candidate | Reference = getattr(_run(self._config), self._side)
            return asked.call(probe, args, kwargs, asked.seed(probe))

        return ask


@pytest.fixture(scope="session")
def student(request) -> Probes:
    """The submission's answers to probes, by the probes' names."""
    return Probes(request.config, "student")


@pytest.fixture(scope="session")
def reference(request) -> Probes:
    """The solution's answers to the same probes."""
    return Probes(request.config, "reference")


@pytest.fixture
def rng(request) -> np.random.Generator:
    """Random numbers that depend on the test's name alone: a regrade draws the same."""
    return np.random.default_rng(zlib.crc32(_name(request.node).encode()))


def pytest_addoption(parser):
    group = parser.getgroup("gradetape")
    group.addoption("--submission", type=Path, help="the notebook that the hidden suite examines")
    group.addoption("--tier", choices=["cpu", "gpu"], default="cpu", help="which of a hidden suite's tests to run")
    group.addoption("--unlocked", action="store_true", help="examine it even where locks are missing")


def pytest_configure(config):
    config.addinivalue_line("markers", "question(name): the question that a hidden test examines")
    config.addinivalue_line("markers", "visible: the student sees this test's result at once")
    config.addinivalue_line("markers", "weight(shares): how many shares of its question's points a test takes")
    config.addinivalue_line("markers", "gpu: a heavier test, deferred until there is a GPU")


def _run(config) -> SuiteRun:
    run = config.stash.get(_RUN, None)
    if run is None:
        raise pytest.UsageError("a hidden suite examines a notebook: give one with --submission PATH")
    return run


def begin(config, run: SuiteRun) -> None:
    """The tests that follow examine this run's submission."""
    config.stash[_RUN] = run


@dataclass(frozen=True)
class _Marked:
    """What a test's marks and docstring say of it."""

    question: str | None
    weight: float
    visible: bool
    gpu: bool
    title: str


_MARKED = pytest.StashKey[_Marked]()


def _marked(item) -> _Marked:
    """Looked up once: a collected test runs for many submissions."""
    if _MARKED not in item.stash:
        question, weight = item.get_closest_marker("question"), item.get_closest_marker("weight")
        text = (getattr(item, "function", item).__doc__ or item.name.removeprefix("test_").replace("_", " ")).strip()
        item.stash[_MARKED] = _Marked(
            question=question.args[0] if question else None,
            weight=weight.args[0] if weight else 1,
            visible=item.get_closest_marker("visible") is not None,
            gpu=item.get_closest_marker("gpu") is not None,
            title=text.splitlines()[0].rstrip("."),
        )
    return item.stash[_MARKED]


def question_of(item) -> str | None:
    """The question that a test examines; None where it is not a hidden test."""
    return _marked(item).question


def _name(item) -> str:
    return f"{question_of(item)}/{item.name}"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    suites = {Path(item.path).parent for item in items if question_of(item)}
    if not suites or COLLECTED in config.stash:
        return
    if config.getoption("--submission"):
        from gradetape.suite import by_hand

        begin(config, by_hand.make_run(config, suites))
    _run(config)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    if question_of(item) and _tier(item) != _run(item.config).tier:
        pytest.skip(f"deferred: runs with --tier {_tier(item)}")


def _tier(item) -> str:
    return "gpu" if _marked(item).gpu else "cpu"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    run = item.config.stash.get(_RUN, None)
    if run is None or not question_of(item):
        return (yield)
    item.stash[_RECORDER] = recorder = assertions.Recorder(run.soft)
    assertions.record_into(recorder)
    for side in (run.student, run.reference):
        side.begin(_name(item))
    item.stash[_STARTED] = run.student.seconds
    return (yield)


_RECORDER = pytest.StashKey[assertions.Recorder]()
_STARTED = pytest.StashKey[float]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Fail a softly run test at its end, with the first of what failed."""
    recorder = item.stash.get(_RECORDER, None)
    try:
        return (yield)
    finally:
        if recorder and recorder.failures:  # an exception further on, say from a wrong shape, only follows from it
            raise recorder.failures[0]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    run = item.config.stash.get(_RUN, None)
    if run is None or not question_of(item) or call.when == "teardown":
        return report
    if call.when == "setup" and report.passed:
        return report
    if report.skipped:
        result = _verdict(item, "deferred")
    elif report.passed:
        result = _verdict(item, "passed")
    else:
        result = _failure(item, run, call.excinfo.value)
        report.longrepr = _in_words(result)
    result.seconds = round(run.student.seconds - item.stash[_STARTED], 4)
    run.results.setdefault(question_of(item), []).append(result)
    return report


def _verdict(item, outcome: Outcome, **more) -> TestResult:
    marked = _marked(item)
    return TestResult(
        name=item.name,
        title=marked.title,
        outcome=outcome,
        weight=marked.weight,
        visible=marked.visible,
        gpu=marked.gpu,
        checks=item.stash[_RECORDER].checks,
        **more,
    )


def _failure(item, run: SuiteRun, error: BaseException) -> TestResult:
    outcome = next((name for kind, name in _OUTCOMES.items() if isinstance(error, kind)), None)
    if outcome is None:  # not the student's: a slip in the suite, or a result that it did not expect
        frames = "".join(traceback.format_exception(error)[-6:])
        run.broken.append(f"{_name(item)}: {error!r}")
        return _verdict(item, "error", hint="The test could not judge this answer; staff can see why.", detail=frames)
    if outcome == "failed":
        return _verdict(item, outcome, hint=error.hint, detail=error.detail)
    said = str(error)  # how the worker ended tells the student something; an exception's message is in its traceback
    hint = said[:1].upper() + said[1:] if outcome in ("timeout", "crash") else ""
    return _verdict(item, outcome, hint=hint, detail=said, traceback=error.traceback)


def _in_words(result: TestResult) -> str:
    parts = [result.title, f"{result.outcome}: {result.detail}", result.hint and f"hint: {result.hint}", result.traceback]
    return "\n".join(part for part in parts if part)
