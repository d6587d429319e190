"""Near-duplicates: renaming, comments and layout hide nothing; what everybody was given, or writes, accuses nobody."""

import random
import time

import pytest

from gradetape.report.code_tokens import ANY_NAME, Released, tokens
from gradetape.report.near_duplicates import LEAST_TOKENS, near_duplicates
from paper_class import question, report, test

STUB = '''def build(shape, units):
    """Builds it."""
    # 1. Two layers.
    raise NotImplementedError("build")
'''
RELEASED = Released.of(["import numpy as np\nfrom keras import layers, ops", STUB])
HEAD = 'def build(shape, units):\n    """Builds it."""\n    # 1. Two layers.\n'
COPIED = HEAD + """    scale = np.sqrt(2.0 / units)
    first = layers.Dense(units * 2, activation="gelu", use_bias=False)
    second = layers.Dense(shape[-1], kernel_initializer="zeros")
    total = ops.mean(first.kernel ** 2) + 3 * scale  # as in the lecture
    return first, second, total - ops.sum(second.kernel)
"""
RENAMED = HEAD + """
    s = np.sqrt(2.0/units)
    a = layers.Dense(units*2, activation="gelu",
        use_bias=False)   # the hidden one
    b = layers.Dense(shape[-1], kernel_initializer="zeros")
    norm = ops.mean(a.kernel**2) + 3*s
    return a, b, norm - ops.sum(b.kernel)
"""
OTHER = HEAD + """    model = []
    for size in (units, units // 2, shape[0]):
        if size % 2 == 0 and size > 7:
            model.append(layers.Conv2D(size, 5, padding="same"))
        else:
            model.append(layers.Flatten())
    return [layer for layer in model if layer is not None]
"""


def handed_in(**answers):
    return [report(student, question(test("a")), answers={"kl": source}) for student, source in answers.items()]


def found(**answers):
    return near_duplicates(handed_in(**answers), RELEASED)


def random_answer(seed):
    rng = random.Random(seed)
    return HEAD + "".join(f"    v{n} = {rng.choice(['ops', 'np', 'layers'])}.f{rng.randrange(99)}({rng.randrange(99)}, k{rng.randrange(9)}={rng.randrange(99)})\n" for n in range(12))


def test_a_renamed_copy_shows_and_says_how_far_it_was_changed():
    (group,) = found(ana=COPIED, bo=RENAMED, cy=OTHER).groups
    (alike,) = group.alike
    assert group.students == ["ana", "bo"]
    assert alike.aside == 1 and 0.7 < alike.written < 0.95
    assert alike.texts == [("ana", COPIED), ("bo", RENAMED)]


def test_a_copy_to_the_letter_shows_as_such():
    (group,) = found(ana=COPIED, bo=COPIED).groups
    assert (group.alike[0].aside, group.alike[0].written) == (1, 1)


def test_answers_of_ones_own_do_not_show():
    nothing = found(ana=COPIED, cy=OTHER, **{f"s{n}": random_answer(n) for n in range(20)})
    assert nothing.groups == [] and nothing.compared == 22


def test_what_was_released_is_nobodys_own():
    assert tokens(STUB, RELEASED).aside == ()
    assert tokens(STUB.replace("    raise", "    x = 1\n    raise"), RELEASED).aside == (ANY_NAME, "=", "1")
    assert found(ana=STUB, bo=STUB).groups == []


@pytest.mark.parametrize(
    "line, aside",
    [
        ("h = layers.Dense(4, activation=act)", "name = layers . Dense ( 4 , activation = name )"),
        ("self.hidden = self.add_weight(h)", "self . name = self . name ( name )"),
        ("units = ops.shape(x)[0]  # comment", "units = ops . shape ( name ) [ 0 ]"),
        ("print(len(x))", "print ( len ( name ) )"),
        ("import tensorflow as tf", "import tensorflow as tf"),
    ],
)
def test_names_of_python_of_keras_and_of_the_release_stay(line, aside):
    assert " ".join(tokens(line, RELEASED).aside) == aside


def test_short_answers_are_not_compared():
    short = HEAD + "    return ops.sum(shape)\n"
    assert len(tokens(short, RELEASED).aside) < LEAST_TOKENS
    nothing = found(ana=short, bo=short)
    assert (nothing.groups, nothing.compared, nothing.short) == ([], 0, 2)


def test_the_usual_answer_accuses_nobody_but_a_copy_within_it_shows():
    class_ = {f"s{n}": COPIED.replace("scale", f"scale_{n}").replace("first", f"first_{n}") for n in range(8)}
    result = found(**class_, ana=COPIED, bo=COPIED)
    assert [(u.title, u.hand_ins) for u in result.usual] == [("The divergence", 10)]
    assert [g.students for g in result.groups] == [["ana", "bo"]]


def test_all_with_the_very_same_answer_are_the_usual_answer():
    result = found(**{f"s{n}": COPIED for n in range(9)})
    assert result.groups == [] and result.usual[0].hand_ins == 9


def test_the_same_hand_ins_are_one_group_over_questions():
    both = [question(test("a"), name=name) for name in ("one", "two")]
    class_ = [report(s, *both, answers={"one": COPIED, "two": OTHER}) for s in ("ana", "bo")]
    (group,) = near_duplicates(class_, RELEASED).groups
    assert [a.question for a in group.alike] == ["one", "two"]


def test_the_same_mistakes_are_told():
    wrong = [report(s, question(test("a", "failed"), test("b", "failed"), test("c")), answers={"kl": COPIED}) for s in ("ana", "bo")]
    assert near_duplicates(wrong, RELEASED).groups[0].alike[0].lost == 2


@pytest.mark.parametrize("source", ["def f(:\n", "'''never ended", "x = '\\", "\x00\u202e", "if x\n\treturn 名\n" * 30, "(" * 3000])
def test_code_that_does_not_parse_has_tokens(source):
    near_duplicates(handed_in(ana=source, bo=source + " + 1"), RELEASED)


def test_a_class_without_answers():
    assert near_duplicates([], RELEASED).groups == [] == near_duplicates([report("a", question())], RELEASED).groups


def test_a_thousand_are_compared_in_seconds():
    class_ = handed_in(**{f"s{n}": random_answer(n) for n in range(1000)})
    begun = time.process_time()
    assert near_duplicates(class_, RELEASED).groups == []
    assert time.process_time() - begun < 15
