"""Reading the answer bank and the waivers: what a file must hold, and what is said where it does not."""

import textwrap

import pytest

from gradetape.verification.answers import BankError, read_answers
from gradetape.verification.mutants import mutate
from gradetape.verification.waivers import Waiver, WaiverError, read_waivers, sort_survivors


def bank(folder, **files):
    for name, text in files.items():
        kind, _, stem = name.partition("_")
        path = folder / kind / f"{stem}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip())
    return read_answers(folder, ["area", "volume"])


def test_reads_answers(tmp_path):
    right, wrong = bank(
        tmp_path,
        wrong_area__adds='''
            """Adds the sides.

            question: area
            fails: test_rectangle,
                test_square
            """
            # by mistake
            def area(a, b):
                return a + b
        ''',
        right_area__plain='"""Multiplies.\n\nquestion: area\n"""\ndef area(a, b):\n    return a * b\n',
    )
    assert (right.id, right.title, right.fails) == ("right/area__plain", "Multiplies.", ())
    assert (wrong.kind, wrong.question, wrong.slug) == ("wrong", "area", "adds")
    assert wrong.fails == ("test_rectangle", "test_square")
    assert wrong.source == "# by mistake\ndef area(a, b):\n    return a + b\n"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("right_area__x", "def area(): ...", "begin it with a docstring"),
        ("right_area__x", '"""x\n\nquestion: area\n"""\ndef area(:', ":5: not Python"),
        ("right_area__x", '"""x\n\nquestion: volume\n"""', "name it <question>__<what>.py"),
        ("right_area", '"""x\n\nquestion: area\n"""', "name it <question>__<what>.py"),
        ("right_girth__x", '"""x\n\nquestion: girth\n"""', "no question 'girth'; the assignment has: area, volume"),
        ("wrong_area__x", '"""x\n\nquestion: area\n"""', "names the tests that must catch it"),
        ("right_area__x", '"""x\n\nquestion: area\nfails: test_a\n"""', "a right answer fails nothing"),
    ],
)
def test_says_what_a_file_lacks(tmp_path, name, text, message):
    with pytest.raises(BankError, match=f"{name.partition('_')[2]}.py.*{message}"):
        bank(tmp_path, **{name: text})


MUTANTS = mutate("area", "def area(a, b):\n    return a * b\n")


def test_sorts_survivors():
    first, second, third, *_ = MUTANTS
    sorted_ = sort_survivors(
        [first, second, third],
        [
            Waiver(question="area", change=first.change, why="the same"),
            Waiver(question="area", change=second.change, why="not yet caught", equivalent=False),
            Waiver(question="area", change=MUTANTS[-1].change, why="killed by now"),
            Waiver(question="volume", change=third.change, why="another question's"),
        ],
    )
    assert (sorted_.equivalent, sorted_.known, sorted_.unexplained) == ([first], [second], [third])
    assert [w.why for w in sorted_.stale] == ["killed by now", "another question's"]


def test_a_waiver_fits_whatever_its_indentation(tmp_path):
    path = tmp_path / "waivers.yaml"
    path.write_text("- question: area\n  change: |\n    -     return a * b\n    +     return a / b\n  why: b is 1\n")
    (waiver,) = read_waivers(path)
    assert [m.change for m in MUTANTS if waiver.fits(m)] == ["- return a * b\n+ return a / b"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- question: area\n  change: x\n", "entry 1, why: Field required"),
        ("- question: area\n  change: x\n  why: y\n  reason: z\n", "entry 1, reason: Extra inputs"),
        ("question: area", "the file: Input should be a valid list"),
        ("- [", "not readable as YAML"),
    ],
)
def test_says_what_a_waiver_lacks(tmp_path, text, message):
    (tmp_path / "waivers.yaml").write_text(text)
    with pytest.raises(WaiverError, match=message):
        read_waivers(tmp_path / "waivers.yaml")


def test_no_waivers_without_the_file(tmp_path):
    assert read_waivers(tmp_path / "waivers.yaml") == []
