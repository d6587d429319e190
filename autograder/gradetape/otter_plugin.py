"""The kit as an otter plugin: otter runs an empty notebook, this grades the hand-in and puts the grade in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbformat
from otter.plugins import AbstractOtterPlugin
from otter.test_files import GradingResults, TestFile
from otter.test_files.abstract_test import TestCase, TestCaseResult

from gradetape.grade_report import GradeReport, QuestionResult


class GradeTapePlugin(AbstractOtterPlugin):
    """Grades with this kit inside otter, on Gradescope and under `otter run`.

    Its one option is `assignment`. The course lies in `source/gradetape_course` beside the submission's folder.
    """

    def __init__(self, submission_path: str | None, submission_metadata: dict, plugin_config: dict):
        super().__init__(submission_path, submission_metadata, plugin_config)
        self._report: GradeReport | None = None
        if not submission_path:  # otter assign and otter generate load plugins too, with nothing to grade
            return
        from gradetape.gradescope import warm

        warm.zygote()
        self._name = plugin_config["assignment"]
        self._path = Path(submission_path)
        self._hand_in = Path()

    def before_grading(self, config: Any) -> None:
        """Put an empty notebook in the place of all the student's files, before otter looks at any of them."""
        from gradetape.gradescope.handin import empty_notebook, printable_notebook, take_away
        from gradetape.gradescope.run import HAND_IN

        config.grade_from_log = False  # a log is a pickle
        if there := os.environ.get(HAND_IN):
            self._hand_in = Path(there)
        else:
            self._hand_in = take_away(self._path.parent, keep={"tests"})
            self._hand_in = self._hand_in / self._path.name
        prints = config.pdf or config.token is not None
        shown = printable_notebook(self._hand_in, self._name) if prints else empty_notebook(self._name)
        nbformat.write(shown, self._path)

    def before_execution(self, submission: Any) -> nbformat.NotebookNode:
        """Otter's kernel runs nothing of the student's, whatever the PDF shows."""
        from gradetape.gradescope.handin import empty_notebook

        return empty_notebook(self._name)

    def after_grading(self, results: GradingResults) -> None:
        """Grade, and put the questions in the place of otter's results."""
        from gradetape.config import find_course
        from gradetape.gradescope import results as gradescope
        from gradetape.gradescope import warm
        from gradetape.gradescope.bundle import COURSE
        from gradetape.grading import Grader

        course = find_course(self._path.parent.parent / "source" / COURSE)
        self._report = Grader(course, self._name, warm.zygote().path).grade_file(self._hand_in)
        results.__class__ = GradeTapeResults
        results.results = {q.name: QuestionFile(q) for q in self._report.questions}
        results.heading = gradescope.summary(self._report)
        results.entries = gradescope.entries(self._report, course.config.feedback)
        results.verdicts = gradescope.verdicts(self._report)
        results._catastrophic_error = None

    def generate_report(self) -> str:
        """The lines that staff see in the log."""
        report = self._report
        if report is None:
            return "not graded"
        lines = [f"{q.name}: {q.earned:g} of {q.points:g} points" for q in report.questions]
        return "\n".join([*([report.problem] if report.problem else []), *lines, report.sandbox])


class QuestionFile(TestFile):
    """A question with its tests, as otter keeps them. Tests that wait for a GPU are left out, and their points."""

    def __init__(self, question: QuestionResult):
        weights = sum(t.weight for t in question.tests) or 1
        ran = [t for t in question.tests if t.outcome != "deferred"]
        cases = [TestCase(t.title, "", not t.visible, question.points * t.weight / weights, None, None) for t in ran]
        super().__init__(question.name, "", cases, all_or_nothing=False)
        self.test_case_results = [
            TestCaseResult(case, None, t.outcome == "passed") for case, t in zip(cases, ran, strict=True)
        ]
        self._possible = question.points - question.deferred

    @property
    def possible(self) -> float:
        return self._possible

    @property
    def grade(self) -> float:
        return self.score / self.possible if self.possible else 0.0

    def summary(self, public_only: bool = False) -> str:
        return f"{self.name}: {self.score:g} of {self.possible:g} points"

    @classmethod
    def from_file(cls, path: str) -> TestFile:
        raise NotImplementedError("a question's results come from grading, not from a file")

    from_metadata = from_file

    def run(self, global_environment: dict) -> None:
        raise NotImplementedError("a question's tests have run already")


class GradeTapeResults(GradingResults):
    """Otter's results, shown question by question."""

    heading: str
    """what stands above all questions"""
    entries: list[dict]
    """Gradescope's tests, with `question` where a score belongs"""
    verdicts: dict
    """the whole grade, for `gradetape merge`; Gradescope keeps it with the results and shows it to nobody"""

    def to_gradescope_dict(self, ag_config: Any) -> dict[str, Any]:
        """Gradescope's results.json. Scores are taken from the results at this time: other plugins may change them."""
        output = super().to_gradescope_dict(ag_config)
        pdf = [test for test in output["tests"] if test["name"] == "PDF Generation Failed"]
        output["tests"] = pdf + [self._with_score(entry) for entry in self.entries]
        if self.all_hidden:
            for test in output["tests"]:
                test["visibility"] = "hidden"
        output["output"] = "\n".join(filter(None, [self.output, self.heading]))
        output.setdefault("score", round(self.total, 5))
        output["extra_data"] = {"gradetape": self.verdicts}
        return output

    def _with_score(self, entry: dict) -> dict:
        shown = {key: value for key, value in entry.items() if key != "question"}
        question = entry.get("question")
        if question in self.results:
            result = self.get_result(question)
            shown |= {"score": round(result.score, 5), "max_score": round(result.possible, 5)}
        return shown
