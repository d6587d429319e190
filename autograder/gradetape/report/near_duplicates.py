"""Answers that are nearly the same: worth a look, and no more than that. Alike is not copied.

Two answers are compared as sequences of tokens, after docstrings, layout and every line of the released notebook have
been taken out. Their likeness is the Indel similarity, 1 − d / (m + n), where d counts the tokens that have to be
added or taken out to turn one of m tokens into the other of n: twice their longest common subsequence over the length
of both (D. S. Hirschberg, "Algorithms for the longest common subsequence problem", J. ACM 24 (1977), 664–675; computed
by RapidFuzz). It is taken twice: with every name of the student's own set aside, which renaming does not change, and
as written, names and comments included.

Short answers are alike by themselves, and what a twentieth of a class writes (and more than four) is the usual way to write it: neither is
listed as a pair. The answers' texts come from the reports (`GradeReport.answers`), since the files may lie in a folder
that is gone, or belong to an older version of the hand-in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from gradetape.grade_report import GradeReport

from .code_tokens import Released, Tokens, tokens

ALIKE = 0.9
"""likeness, names aside, from which two answers are listed"""
LEAST_TOKENS = 40
"""own tokens below which an answer is too short to compare"""
_BLOCK = 500
"""answers compared with all others at a time: ten thousand at once would need gigabytes"""


@dataclass(frozen=True)
class Alike:
    """One question's answers that are nearly the same."""

    question: str
    title: str
    tokens: int
    """of the shortest of them"""
    aside: float
    """how alike the two least alike are, names set aside"""
    written: float
    """how alike the two least alike are as written"""
    lost: int
    """tests that every one of them fails, if they all fail the same; else 0"""
    texts: list[tuple[str, str]]
    """the first two students and what they wrote"""


@dataclass(frozen=True)
class Group:
    """Hand-ins with nearly the same answer to one question or more."""

    students: list[str]
    alike: list[Alike]

    @property
    def tokens(self) -> int:
        return sum(a.tokens for a in self.alike)


@dataclass(frozen=True)
class Usual:
    """Answers that are alike because it is how the question is usually answered."""

    title: str
    hand_ins: int
    tokens: int


@dataclass
class Duplicates:
    """What a class's answers have in common."""

    groups: list[Group]
    """the longest alike code first"""
    usual: list[Usual] = field(default_factory=list)
    compared: int = 0
    """answers that were compared"""
    short: int = 0
    """answers that were too short to compare"""


@dataclass(frozen=True)
class _Answer:
    report: GradeReport
    source: str
    tokens: Tokens


def near_duplicates(reports: Sequence[GradeReport], released: Released) -> Duplicates:
    """Look for near-duplicates, question by question; groups of the same hand-ins are put together."""
    found = Duplicates([])
    together: dict[frozenset[str], list[Alike]] = {}
    most = max(4, len(reports) // 20)
    for question, title in {q.name: q.title for report in reports for q in report.questions}.items():
        answers = [_Answer(r, r.answers[question], tokens(r.answers[question], released)) for r in reports if question in r.answers]
        long = [a for a in answers if len(a.tokens.aside) >= LEAST_TOKENS]
        found.compared += len(long)
        found.short += len(answers) - len(long)
        for group in _groups(long):
            if len(group) > most:
                found.usual.append(Usual(title, len(group), min(len(a.tokens.aside) for a in group)))
            for part in [group] if len(group) <= most else _same_to_the_letter(group, most):
                together.setdefault(frozenset(a.report.student for a in part), []).append(_alike(question, title, part))
    groups = [Group(sorted(students, key=str.casefold), alike) for students, alike in together.items()]
    found.groups = sorted(groups, key=lambda g: (-g.tokens, g.students))
    return found


def _groups(answers: list[_Answer]) -> Iterator[list[_Answer]]:
    """Answers linked by likeness, at least two together; one may be linked to another through a third."""
    by_text: dict[tuple[str, ...], list[_Answer]] = {}
    for answer in answers:
        by_text.setdefault(answer.tokens.aside, []).append(answer)
    texts = list(by_text)
    group_of = list(range(len(texts)))

    def root(place: int) -> int:
        while group_of[place] != place:
            group_of[place] = place = group_of[group_of[place]]
        return place

    for a, b in _pairs(_encoded(texts)):
        group_of[root(a)] = root(b)
    groups: dict[int, list[_Answer]] = {}
    for place, text in enumerate(texts):
        groups.setdefault(root(place), []).extend(by_text[text])
    return (group for group in groups.values() if len(group) > 1)


def _pairs(texts: list[str]) -> Iterator[tuple[int, int]]:
    """The places of any two texts that are alike."""
    for start in range(0, len(texts), _BLOCK):
        likeness = cdist(texts[start : start + _BLOCK], texts, scorer=Indel.normalized_similarity, score_cutoff=ALIKE, dtype=np.float32)
        for a, b in zip(*np.nonzero(likeness), strict=True):
            if start + a < b:
                yield start + int(a), int(b)


def _encoded(texts: Sequence[tuple[str, ...]]) -> list[str]:
    """Each sequence of tokens as a string, one character a token: RapidFuzz compares those fastest."""
    number: dict[str, int] = {}
    for text in texts:
        for token in text:
            number.setdefault(token, len(number))
    return ["".join(_character(number[token]) for token in text) for text in texts]


def _character(number: int) -> str:
    return chr(number if number < 0xD800 else number + 0x800)  # past the surrogates, which stand for no character


def _same_to_the_letter(group: list[_Answer], most: int) -> Iterator[list[_Answer]]:
    """In a group of the usual answer, the few who wrote it with the same names and comments."""
    by_text: dict[tuple[str, ...], list[_Answer]] = {}
    for answer in group:
        by_text.setdefault(answer.tokens.written, []).append(answer)
    return (same for same in by_text.values() if 1 < len(same) <= most)


def _alike(question: str, title: str, group: list[_Answer]) -> Alike:
    group = sorted(group, key=lambda a: a.report.student.casefold())
    failing = {_failing(a.report, question) for a in group}
    return Alike(
        question=question,
        title=title,
        tokens=min(len(a.tokens.aside) for a in group),
        aside=_least([a.tokens.aside for a in group]),
        written=_least([a.tokens.written for a in group]),
        lost=len(next(iter(failing))) if len(failing) == 1 else 0,
        texts=[(a.report.student, a.source) for a in group[:2]],
    )


def _least(texts: list[tuple[str, ...]]) -> float:
    return min(Indel.normalized_similarity(a, b) for a, b in combinations(texts, 2))


def _failing(report: GradeReport, question: str) -> frozenset[str]:
    return frozenset(t.name for q in report.questions if q.name == question for t in q.tests if t.outcome not in ("passed", "deferred"))
