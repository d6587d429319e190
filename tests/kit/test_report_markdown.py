"""Feedback as Markdown: the page's content, and nothing of a hand-in that becomes markup. Read back by a CommonMark parser."""

import pytest
from markdown_it import MarkdownIt

from gradetape.grade_report import CellProblem
from gradetape.late import Reckoning
from gradetape.report import write_feedback
from gradetape.report.feedback import feedback_markdown, feedback_page
from gradetape.report.pages import markdown
from paper_class import question, report, test
from test_report_feedback import REPORT, course


def rendered(text):
    return MarkdownIt("commonmark").enable("table").render(text)


def test_it_says_what_passed_what_failed_and_why(tmp_path):
    html = rendered(feedback_markdown(REPORT, course(tmp_path)))
    for said in ("<h1>Variational autoencoder</h1>", "<strong>Ana</strong>", "<strong>10 of 100 points</strong>", "<td>The divergence</td>",
                 "✗ It matches the formula", "Wrong answer", "<strong>Hint</strong> Which axis does <code>ops.sum</code> take?",
                 "NameError: name 'klo' is not defined", "✓ It is zero at the prior", "SyntaxError: bad", "10 more points wait", "Not written yet"):
        assert said in html.replace("&quot;", '"'), said
    assert html.count("NameError") == 1


@pytest.mark.parametrize("secret", ["3.14159", "2.71828", "expected", "test_secret_name", "test_formula", "locked by"])
def test_expected_values_test_names_and_locks_are_nowhere(secret, tmp_path):
    assert secret not in feedback_markdown(REPORT, course(tmp_path))


@pytest.mark.parametrize(
    "key, hidden",
    [("hidden_tests", "It matches the formula"), ("visible_tests", "It is zero at the prior"), ("hints", "Which axis"), ("tracebacks", "NameError")],
)
def test_what_is_never_to_be_seen_is_not_in_it(key, hidden, tmp_path):
    assert hidden not in feedback_markdown(REPORT, course(tmp_path, **{key: "never"}))


@pytest.mark.parametrize("write", [feedback_markdown, feedback_page])
def test_answers_and_why_staff_adjusted_are_nowhere(write, tmp_path):
    told = REPORT.model_copy(update={"answers": {"kl": "the answer's text"}})
    page = write(told, course(tmp_path), Reckoning(raw=10, adjustment=2.5, late=-1.25, final=11.25, why="kl +2.5: test_formula is too strict"))
    assert "the answer" not in page and "too strict" not in page
    assert "+2.5" in page and "−1.25" in page and "11.25 of 100" in page


EVIL = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](https://example.org)", "![a](x.png)", "# heading", "- item", "1. item",
    "**bold** _and_ ~~gone~~", "| a | b |", "&lt;b&gt;", "---", "===", "> quote", "`", "``` fence", "line\n# two\n\n- three", "\\", "<!-- hidden",
    "```\n</code></pre><script>alert(1)</script>\n```", "~~~~", "    four spaces", "$x$", "陈伟 فاطمة नेहा",
]


@pytest.mark.parametrize("evil", EVIL)
def test_what_comes_from_a_hand_in_is_text(evil, tmp_path):
    plain = report("Ana", question(test("a", "error", traceback="x"), points=100), problem="x", cells=[CellProblem(cell=1, error="x", traceback="x")])
    odd = report(evil, question(test("a", "error", traceback=evil), points=100), submission=evil, problem=evil, cells=[CellProblem(cell=1, error=evil, traceback=evil)])
    parse = MarkdownIt("commonmark").enable("table").parse

    def shape(told):
        return [(token.type, token.tag) for token in parse(feedback_markdown(told, course(tmp_path)))]

    assert shape(odd) == shape(plain)
    html = rendered(feedback_markdown(odd, course(tmp_path)))
    assert "<script" not in html and "<img" not in html and "<a " not in html


@pytest.mark.parametrize("evil", EVIL)
def test_text_comes_through_as_it_is(evil):
    tokens = MarkdownIt("commonmark").parseInline(str(markdown(evil)))[0].children
    assert "".join(t.content for t in tokens) == " ".join(evil.split())


def test_code_in_a_title_stays_code():
    assert rendered(str(markdown("calls `fit_*` twice"))) == "<p>calls <code>fit_*</code> twice</p>\n"


def test_it_lies_beside_the_page(tmp_path):
    path = write_feedback(REPORT, course(tmp_path), tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["Ana.html", "Ana.md"] and path.name == "Ana.html"
