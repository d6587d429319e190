"""One assignment's examination: its cases, what is known of them, and what has still to be graded."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import zip_longest

from gradetape.config import Course
from gradetape.grade_report import GradeReport, QuestionResult, TestResult

from .cases import Case, Notebooks, all_cases
from .crew import Job
from .matrix import Matrix, Row, build, plain
from .store import Examined, Keys, Store
from .suite_source import SuiteSource
from .waivers import Waived, read_waivers, sort_survivors

_EXCHANGED = ("unanswered", "right", "wrong")
_LEAST_PROBE_SECONDS = 3
_PATIENCE = 5
"""a mutant may compute for this many times what the solution's slowest test of the question takes"""
_GUESS_SECONDS = 2.0


class Examination:
    """The cases of an assignment and the results so far. Raises BankError, WaiverError or ConfigError."""

    def __init__(self, course: Course, name: str, fresh: bool = False):
        self.course, self.name = course, name
        self.questions = list(course.assignment(name).questions)
        self.notebooks = Notebooks(course, name)
        self.suite = SuiteSource(course.suite(name))
        self.cases = list(all_cases(course, name, self.notebooks))
        self.waivers = read_waivers(course.answers(name) / "waivers.yaml")
        self.store = Store(course.cache() / "verify" / f"{name}.json", fresh)
        self.keys = Keys(course, name, self.notebooks, self.suite)
        self.graded = 0
        """hand-ins that had to be graded now"""
        self._known: dict[tuple[str, str, str], Examined] = {}
        self._suspects: list[tuple[Case, str]] = []

    # What has to be graded, in three rounds: each needs what the one before it found.

    def solution_jobs(self) -> Iterator[Job]:
        """The solution, a question at a time, so that its seconds and memory are that question's."""
        for question in self.questions:
            yield from self._jobs(self.solution, [question])

    def case_jobs(self) -> Iterator[Job]:
        """All other cases on their own question's tests, and each question's tests on wrong answers to the others."""
        yield from self._jobs(self.case("stub"), self.questions)
        for question in self.questions:
            if self._waits_for_gpu(question):
                yield from self._jobs(self.solution, [question], "gpu")
                yield from self._jobs(self.case("stub"), [question], "gpu")
        for case in self.cases:
            if case.question:
                yield from self._jobs(case, [case.question])
            if any(test.gpu for test in self._named(case)):
                yield from self._jobs(case, [case.question], "gpu")
        for question in self.questions:
            yield from self._companies(question)

    def _companies(self, question: str) -> Iterator[Job]:
        """The question's own answer right, those to all other questions exchanged at once.

        If the question loses no point, none of the exchanged answers costs one there: a sixth of the gradings that it
        would take to exchange them one by one.
        """
        waiting = [
            [c for c in self.of_kind(*_EXCHANGED) if c.question == other and not self._recall(c, question, "cpu")]
            for other in self.questions
            if other != question
        ]
        for members in zip_longest(*waiting):
            yield Job(self.name, tuple(filter(None, members)), (question,), expected_seconds=self._seconds(question))

    def last_jobs(self) -> Iterator[Job]:
        """What is still open: who of a company that cost points did, and survivors on the other questions' tests."""
        for case, question in self._suspects:
            yield from self._jobs(case, [question])
        for case in self.survivors:
            yield from self._jobs(case, [q for q in self.questions if q != case.question])

    def _jobs(self, case: Case, questions: list[str], tier: str = "cpu") -> Iterator[Job]:
        missing = [q for q in questions if not self._recall(case, q, tier)]
        if missing:
            seconds = sum(self._seconds(q) for q in missing)
            yield Job(self.name, (case,), tuple(missing), tier, self._probe_seconds(case), seconds)

    def _recall(self, case: Case, question: str, tier: str) -> bool:
        found = self.store.get(self.keys.of(case, question, tier))
        if found is not None:
            self._known[case.id, question, tier] = Examined.model_validate(found)
        return found is not None

    def record(self, job: Job, report: GradeReport) -> None:
        """Keep what a job found."""
        for question in job.questions:
            examined = Examined.of(report, question)
            if len(job.cases) > 1 and not examined.result.full:
                self._suspects += [(case, question) for case in job.cases]
                continue
            for case in job.cases:
                self._known[case.id, question, job.tier] = examined
                self.store.put(self.keys.of(case, question, job.tier), examined.model_dump())
        self.graded += 1

    def _seconds(self, question: str) -> float:
        known = self._known.get(("solution", question, "cpu"))
        return known.seconds if known else _GUESS_SECONDS

    def _probe_seconds(self, case: Case) -> float | None:
        if case.kind != "mutant":
            return None
        slowest = max((t.seconds for t in self.result(self.solution, case.question).tests), default=0)
        return min(max(_LEAST_PROBE_SECONDS, round(_PATIENCE * slowest)), self.course.limits(self.name).probe_seconds)

    def _waits_for_gpu(self, question: str) -> bool:
        return any(t.gpu for t in self._known["solution", question, "cpu"].result.tests)

    def _named(self, case: Case) -> list[TestResult]:
        """The tests, as the solution met them, that a wrong answer names."""
        return [t for t in self.result(self.solution, case.question).tests if plain(t.name) in case.fails] if case.fails else []

    # What is known.

    def case(self, name: str) -> Case:
        return next(case for case in self.cases if case.id == name)

    @cached_property
    def solution(self) -> Case:
        return self.case("solution")

    def of_kind(self, *kinds: str) -> list[Case]:
        return [case for case in self.cases if case.kind in kinds]

    def examined(self, case: Case, question: str) -> Examined:
        """What is known of a case in a question, in the ordinary tier."""
        return self._known[case.id, question, "cpu"]

    def result(self, case: Case, question: str) -> QuestionResult:
        """A question's verdicts on a case, those of the gpu tier put in where they were asked for."""
        result = self._known[case.id, question, "cpu"].result
        later = self._known.get((case.id, question, "gpu"))
        if later is None:
            return result
        gpu = {t.name: t for t in later.result.tests if t.gpu}
        return result.model_copy(update={"tests": [gpu.get(t.name, t) for t in result.tests]})

    def slips(self) -> dict[str, list[str]]:
        """Tests of the suite that broke, with the cases on which they did."""
        found: dict[str, list[str]] = {}
        for (case, _, _), examined in self._known.items():
            for slip in examined.slips:
                found.setdefault(slip, []).append(case)
        return found

    @property
    def survivors(self) -> list[Case]:
        """Mutants that get all points of their question."""
        return [c for c in self.of_kind("mutant") if not Row(c, {t.name: t for t in self.result(c, c.question).tests}).killed]

    @cached_property
    def waived(self) -> Waived:
        """The survivors, sorted by what the waivers say of them; once all is graded."""
        return sort_survivors([case.mutant for case in self.survivors], self.waivers)

    @cached_property
    def matrices(self) -> dict[str, Matrix]:
        """Each question's kill matrix, once all is graded."""
        return {
            q: build(q, [(c, self.result(c, q).tests) for c in self.cases if c.question in ("", q) and c.kind not in ("stub", "unanswered")])
            for q in self.questions
        }
