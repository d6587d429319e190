"""Failures by cause, and the hand-ins that somebody should look at."""

from gradetape.grade_report import CellProblem
from gradetape.report.attention import notices
from gradetape.report.causes import causes
from paper_class import class_by_marks, question, report, test

NAME = "cell 4, line 2\nNameError: name '{}' is not defined"


def test_one_cause_for_one_test_and_kind_of_error_whatever_the_message():
    class_ = [report(s, question(test("a", "error", traceback=NAME.format(s)))) for s in ("ana", "bo")]
    class_ += [report("cy", question(test("a", "error", traceback="ValueError: shapes")))]
    first, second = causes(class_)
    assert (first.kind, first.students, first.said) == ("NameError", ["ana", "bo"], "raised an error")
    assert "name 'ana'" in first.example.traceback
    assert (second.kind, second.students) == ("ValueError", ["cy"])


def test_assertions_of_one_test_are_told_apart_by_their_hint():
    class_ = [report(f"s{n}", question(test("a", "failed", hint="Which axis?" if n else "Which sign?"))) for n in range(3)]
    assert [(c.tests, len(c.students)) for c in causes(class_)] == [([("It does a", "Which axis?")], 2), ([("It does a", "Which sign?")], 1)]


def test_a_wrong_answer_that_fails_several_tests_is_one_cause_with_all_their_hints():
    wrong = question(test("a", "failed", hint="Which axis?"), test("b", "failed", hint="Which sign?"))
    (cause,) = causes([report("ana", wrong), report("bo", wrong)])
    assert cause.tests == [("It does a", "Which axis?"), ("It does b", "Which sign?")] and cause.kind == ""


def test_tests_that_failed_the_same_hand_ins_in_the_same_way_are_one_cause():
    broken = question(*(test(name, "error", traceback=NAME.format("x")) for name in "abc"), test("d"))
    (cause,) = causes([report("ana", broken), report("bo", broken)])
    assert [title for title, _ in cause.tests] == ["It does a", "It does b", "It does c"] and cause.students == ["ana", "bo"]


def test_questions_keep_their_causes_apart_and_their_order():
    found = causes([report("ana", question(test("a", "missing"), name="one", title="One"), question(test("a", "missing"), name="two", title="Two"))])
    assert [c.question for c in found] == ["One", "Two"] and found[0].said == "not written yet"


def test_what_passes_or_waits_has_no_cause():
    assert causes(class_by_marks("+.", "++")) == [] == causes([])


def test_an_error_without_a_traceback_and_one_with_escapes():
    odd = [report("a", question(test("a", "error"))), report("b", question(test("b", "error", traceback="\x1b[31mTypeError\x1b[0m: no")))]
    assert sorted(c.kind for c in causes(odd)) == ["", "TypeError"]


def kinds(reports, ungraded=()):
    return {notice.title: notice.found for notice in notices(reports, ungraded)}


def test_every_kind_of_trouble_has_its_place():
    found = kinds([
        report("fault", question(), problem="the kit broke\nat length", fault=True),
        report("pdf", question(), problem="a.pdf is not a notebook."),
        report("crash", question(test("a", "crash", detail="it used more than 3000 MB"), test("b", "crash", detail="again"))),
        report("loop", question(test("a", "timeout", detail="it computed too long"))),
        report("typo", question(test("a")), cells=[CellProblem(cell=7, error="SyntaxError: bad", traceback="")] * 3),
        report("fine", question(test("a"))),
    ], ["late"])
    assert found == {
        "Not graded yet": [("late", "")],
        "The kit failed, not the hand-in": [("fault", "the kit broke")],
        "Could not be read": [("pdf", "a.pdf is not a notebook.")],
        "Ended the process": [("crash", "kl: it used more than 3000 MB (and 1 more test)")],
        "Ran out of time": [("loop", "kl: it computed too long")],
        "A cell stopped with an error": [("typo", "cell 7: SyntaxError: bad (and 2 more cells)")],
    }


def timed(*seconds):
    return [report(f"s{n}", question(test("a")), seconds=s) for n, s in enumerate(seconds)]


def test_slow_is_far_from_the_class_and_never_one_of_a_few():
    assert kinds(timed(*[2.0, 2.1, 1.9, 2.2] * 5, 9, 30)) == {"Slow": [("s21", "30.0 CPU s, where the median is 2.1"), ("s20", "9.0 CPU s, where the median is 2.1")]}
    assert kinds(timed(*[2.0] * 20, 2.5)) == {}, "a class that is much alike"
    assert kinds(timed(1, 1, 30)) == {}
