"""What an examination finds: the checks that an assignment has to pass, each with what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from gradetape.grade_report import QuestionResult, TestResult

from .cases import Case
from .examination import Examination
from .matrix import Evidence, plain

GOAL = 0.97
"""the share of mutants, without the equivalent ones, that an assignment's suite kills"""
_SHOWN = 160


@dataclass
class Finding:
    """One check: it holds if there are no problems. Notes are worth reading and fail nothing."""

    name: str
    said: str
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.problems


def solution(exam: Examination) -> Finding:
    """The solution gets all points, in both tiers; and no test of the suite breaks on any case."""
    results = [exam.result(exam.solution, q) for q in exam.questions]
    problems = [f"the solution fails {q.name}/{_failure(t)}" for q in results for t in q.tests if t.outcome not in ("passed", "deferred")]
    problems += [f"{q}: no tests; write tests/hidden/{exam.name}/test_{q}.py" for q, r in zip(exam.questions, results, strict=True) if not r.tests]
    tests = [t for q in results for t in q.tests]
    waiting = sum(t.gpu for t in tests)
    said = f"{sum(q.earned for q in results):g} of {sum(q.points for q in results):g} points in {len(tests)} tests"
    return Finding("Solution", said + (f", {waiting} of them of the gpu tier" if waiting else ""), problems)


def unbroken(exam: Examination) -> Finding:
    """No test of the suite breaks by itself, whatever it is given."""
    slips = exam.slips()
    problems = [
        f"the test itself broke on {_some(cases)}: {_short(slip)}. Take results apart with `as_array` and `get`, which fail cleanly"
        for slip, cases in slips.items()
    ]
    problems += list(exam.suite.slips())
    return Finding("Suite", "no test breaks, whatever it is given" if not problems else f"{len(problems)} slips", problems)


def stub(exam: Examination) -> Finding:
    """The notebook as released gets no points, and a missing answer costs its own question and no other."""
    problems = []
    released = {q: exam.result(exam.case("stub"), q) for q in exam.questions}
    for question, result in released.items():
        problems += [
            f"{question}/{t.name} passes on the notebook as released: let it measure something that only an answer has"
            for t in result.tests
            if t.outcome == "passed"
        ]
        problems += [
            f"{question}/{t.name} ends in a {t.outcome} on the notebook as released" for t in result.tests if t.outcome in ("timeout", "crash")
        ]
    for case in exam.of_kind("unanswered"):
        own = exam.result(case, case.question)
        problems += [f"{case.question}/{t.name} passes where only {case.question} is not answered" for t in own.tests if t.outcome == "passed"]
        problems += _losses_elsewhere(exam, case, f"leaving {case.question} out")
    outcomes = [t.outcome for q in released.values() for t in q.tests]
    said = f"{sum(q.earned for q in released.values()):g} points; {outcomes.count('missing')} of {len(outcomes)} tests say that the answer is missing"
    return Finding("Stub", said, problems)


def right(exam: Examination) -> Finding:
    """Every right answer gets full points."""
    cases = exam.of_kind("right")
    problems = []
    for case in cases:
        lost = [f"{q}/{_failure(t)}" for q in exam.questions for t in _lost(exam.result(case, q))]
        if lost:
            problems.append(f"{case.id} is right and loses points: {'; '.join(lost)}. Widen the test, or move the answer to wrong/")
    problems += _too_few(exam, "right", 4)
    return Finding("Right answers", f"{len(cases) - len([p for p in problems if p.startswith('right/')])} of {len(cases)} get full points", problems)


def wrong(exam: Examination) -> Finding:
    """Every wrong answer fails the tests that it names, and loses nothing in another question."""
    cases, caught, problems = exam.of_kind("wrong"), 0, []
    for case in cases:
        tests = exam.result(case, case.question).tests
        failing, known = {plain(t.name) for t in _lost(exam.result(case, case.question))}, {plain(t.name) for t in tests}
        found = [
            f"{case.id} names {name}, which {'passes' if name in known else 'is no test of ' + case.question}"
            + (f"; it fails {', '.join(sorted(failing))}" if failing else ": sharpen the test")
            for name in case.fails
            if name not in failing
        ]
        found += _losses_elsewhere(exam, case, case.id)
        caught += not found
        problems += found
    problems += _too_few(exam, "wrong", 6)
    return Finding("Wrong answers", f"{caught} of {len(cases)} fail the tests they name, and those of no other question", problems)


@dataclass
class Score:
    """How many of a question's, or an assignment's, mutants its suite kills."""

    mutants: int
    killed: int
    equivalent: int

    @property
    def share(self) -> float:
        counted = self.mutants - self.equivalent
        return self.killed / counted if counted else 1.0

    def __str__(self) -> str:
        return f"{100 * self.share:.1f} % ({self.killed} of {self.mutants - self.equivalent})"


def score(exam: Examination, question: str | None = None) -> Score:
    """The mutation score of a question, or of the whole assignment."""
    mutants = [c for c in exam.of_kind("mutant") if question in (None, c.question)]
    survivors = [c for c in exam.survivors if question in (None, c.question)]
    equivalent = [m for m in exam.waived.equivalent if question in (None, m.question)]
    return Score(len(mutants), len(mutants) - len(survivors), len(equivalent))


def mutants(exam: Examination) -> Finding:
    """The suite kills nearly all mutants, each within its own question; what survives is explained."""
    whole, waived = score(exam), exam.waived
    problems = [f"{m.id} survives ({m.operator}):\n{m.diff}" for m in waived.unexplained]
    if problems:
        problems.append(
            f"Sharpen a test for each survivor, or write it down in tests/answers/{exam.name}/waivers.yaml with question, change "
            "and why (`equivalent: false` if it is wrong and slips through)"
        )
    problems += [
        f"waivers.yaml: no survivor of {w.question} has this change any more; delete the entry:\n{w.change.strip()}" for w in waived.stale
    ]
    if whole.share < GOAL:
        problems.append(f"the score is {whole}, the goal {100 * GOAL:g} %: sharpen the tests that let survivors pass")
    notes = [f"{m.id} is known to slip through ({m.operator}):\n{m.diff}" for m in waived.known]
    for case in exam.survivors:
        noticed = [f"{q}/{t.name}" for q in exam.questions if q != case.question for t in _lost(exam.result(case, q))]
        if noticed:
            notes.append(f"{case.mutant.id} survives in its own question, but {_some(noticed)} notices it")
    said = f"{whole} killed; {whole.equivalent} equivalent, {len(waived.known)} known to slip through"
    return Finding("Mutants", said, problems, notes)


def matrix(exam: Examination) -> Finding:
    """What each test and each assertion is good for. Nothing here fails: it is there to be read."""
    notes, needed, total = [], 0, 0
    for question, table in exam.matrices.items():
        if test := table.rests_on():
            notes.append(f"{question} rests on {test}: it alone catches {len(table.alone(test))} of {sum(r.killed for r in table.rows)}")
        covered = [f"{test} ({_cover(by)})" for test, by in table.redundant_tests().items()]
        notes += [f"{question}: tests that catch nothing that another does not: {', '.join(covered)}"] if covered else []
        evidence = table.evidence(exam.suite.assertions(question))
        total, needed = total + len(evidence), needed + sum(bool(e.needed_by) for e in evidence)
        spare = [f"{e.assertion.where} ({why_spare(exam, question, e)})" for e in evidence if not e.needed_by]
        notes += [f"{question}: assertions that the examination would not miss: {', '.join(spare)}"] if spare else []
    return Finding("Kill matrix", f"{needed} of {total} assertions are needed, the others are explained", notes=notes)


def why_spare(exam: Examination, question: str, evidence: Evidence) -> str:
    """Why the examination comes out the same without an assertion."""
    gpu = {plain(t.name) for t in exam.result(exam.solution, question).tests if t.gpu}
    if evidence.fails:
        return _cover(evidence.covered_by)
    if evidence.assertion.test in gpu:
        return "in the gpu tier, which mutants do not run"
    return "no known answer fails it" if evidence.reached else "no case reaches it"


def _cover(by: list[tuple[str, int]]) -> str:
    return "covered by " + ", ".join(name for name, _ in by) if by else "catches nothing"


def _lost(result: QuestionResult) -> list[TestResult]:
    return [t for t in result.tests if t.outcome not in ("passed", "deferred")]


def _losses_elsewhere(exam: Examination, case: Case, what: str) -> list[str]:
    return [
        f"{what} costs points in another question: {q}/{_failure(t)}. Put a double in {case.question}'s place in the probe"
        for q in exam.questions
        if q != case.question
        for t in _lost(exam.result(case, q))
    ]


def _too_few(exam: Examination, kind: str, least: int) -> list[str]:
    counts = {q: sum(c.question == q for c in exam.of_kind(kind)) for q in exam.questions}
    return [
        f"{q} has {n} {kind} answers, and needs {least}: write tests/answers/{exam.name}/{kind}/{q}__….py" for q, n in counts.items() if n < least
    ]


def _failure(test: TestResult) -> str:
    said = test.detail or test.hint
    return f"{test.name} ({test.outcome}{': ' + _short(said) if said else ''})"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else flat[: _SHOWN - 1] + "…"


def _some(names: Iterable[str]) -> str:
    names = list(names)
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")

