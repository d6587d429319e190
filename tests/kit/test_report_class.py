"""The staff report: what it says of a class, of a thousand, of nobody; and whether everyone can read it."""

import time
from datetime import timedelta
from urllib.parse import unquote

import pytest

from gradetape.batch.gradebook import Adjustment, Gradebook, Row
from gradetape.config import Course, CourseConfig
from gradetape.grade_report import CellProblem
from gradetape.lms.people import Person
from gradetape.report.charts import histogram, stack
from gradetape.report.class_page import class_page, write_report
from gradetape.report.files import file_name
from paper_class import question, report, test
from test_report_duplicates import COPIED, OTHER, RENAMED, STUB
from toy_course import write_notebook
from web_page import Outline, contrast, palette

QUESTIONS = {"kl": {"title": "The divergence", "points": 60, "stub": "kl"}, "step": {"title": "The `train_step`", "points": 40, "stub": "step"}}


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    root = tmp_path_factory.mktemp("staff")
    config = {"course": "Advanced Keras", "assignments": {"vae": {"title": "Variational autoencoder", "points": 100, "minutes": 1, "questions": QUESTIONS}},
              "late": {"percent_a_day": 10}}
    made = Course(root, CourseConfig.model_validate(config))
    write_notebook(made.student_notebook("vae"), double=STUB, square=STUB)
    return made


def row(graded, **more):
    fields = {"student": graded.student if graded else "Nil", "people": (), "submitted": None, "late": timedelta(0), "report": graded, "adjustments": ()}
    return Row(**fields | more)


def graded(student, kl="passed", step="passed", gpu="deferred", **more):
    first = question(test("a", kl, title="It sums over `axis=-1`", hint="Which axis?", detail="expected 3.14", traceback="NameError: x" if kl == "error" else ""), test("b"),
                     points=60)
    second = question(test("c", step), test("d", gpu, gpu=True, title="It trains"), name="step", points=40, title="The `train_step`")
    return report(student, first, second, **{"seconds": 2.0, "versions": {"suite": "abc", "keras": "3.15"}} | more)


CLASS = [
    row(graded("Ana", answers={"kl": COPIED})),
    row(graded("Bo", kl="failed", answers={"kl": RENAMED}), late=timedelta(hours=2)),
    row(graded("Cy", kl="error", answers={"kl": OTHER}), adjustments=(Adjustment("kl", 5, "the text allows it", None),)),
    row(graded("Di", kl="crash", step="missing", cells=[CellProblem(cell=3, error="ValueError: no", traceback="")])),
    row(report("Ed", question(points=60), question(points=40, name="step"), problem="a.pdf is not a notebook.")),
    row(report("Flo", question(points=60), question(points=40, name="step"), problem="The grading process died.", fault=True)),
    row(None, student="Gus", people=(Person(name="Gustav"),)),
]


@pytest.fixture(scope="module")
def page(course):
    return class_page(CLASS, course, "vae", missing=["Hal"], notes=["Bo: version 2 counts"])


def test_it_says_how_the_class_did(page):
    """Points so far: 80, 50, 55, 30 and 0; the one that the kit failed on has none."""
    for said in ("Variational autoencoder", "for staff only", "Over 4 hand-ins that could be examined", "50 to 60 points: 2", "The median is 50 of 100",
                 "It sums over <code>axis=-1</code>", "1 full points, 3 some points", "0.25<small>1 of 4"):
        assert said in page, said


def test_it_says_why_points_were_lost_with_an_example(page):
    for said in ("wrong answer", "Which axis?", "expected 3.14", "<code>NameError</code>", "NameError: x", "ended the process", "not written yet"):
        assert said in page, said


def test_it_says_what_to_look_at(page):
    for said in ("Not graded yet", "The kit failed, not the hand-in", "Could not be read", "a.pdf is not a notebook.", "Ended the process", "cell 3: ValueError: no",
                 "Handed in nothing", "Hal", "Bo: version 2 counts"):
        assert said in page, said


def test_it_shows_answers_that_are_alike_and_accuses_nobody(page):
    alike = page[page.index('id="alike"') : page.index('id="gpu"')]
    assert "<bdi>Ana</bdi>, <bdi>Bo</bdi>" in alike and "100 % names aside" in alike and "kernel_initializer" in alike
    assert "Alike is not copied" in alike and "Cy" not in alike
    assert not {"plagiar", "cheat", "copied from"} & set(page.lower().split())


def test_it_says_what_waits_for_the_gpu(page):
    assert "4 hand-ins wait for tests that need a GPU, for up to 20 points each" in page and "--tier gpu" in page


def test_when_the_gpu_tier_is_done_it_says_so(course):
    assert "Nothing waits" in class_page([row(graded("Ana", gpu="passed"))], course, "vae")
    alone = graded("Ana", kl="deferred", gpu="passed").model_copy(update={"tier": "gpu"})
    assert "1 hand-in was graded in the GPU tier alone" in class_page([row(alone)], course, "vae")


def test_every_hand_in_is_listed_with_what_counts(page):
    listed = page[page.index('id="all"') :]
    assert 'href="feedback/Ana.html"' in listed and "Gustav" in listed and "not graded yet" in listed
    assert ">45</td>" in listed and "1 day late: 10 % of 50 taken off" in listed
    assert ">55</td>" in listed and "kl +5: the text allows it" in listed


def test_different_suites_are_told(course):
    newer = graded("Bo").model_copy(update={"versions": {"suite": "new", "keras": "3.15"}})
    assert "Not all were graded with the same suite:" in class_page([row(graded("Ana")), row(newer)], course, "vae")


def test_without_a_released_notebook_nothing_is_compared(tmp_path, course):
    assert "Not looked for" in class_page(CLASS, Course(tmp_path, course.config), "vae")


UNGRADED = [row(None, student=name) for name in ("Ana", "Bo")]
UNREAD = [row(report("Ed", question(points=60), problem="a.pdf is not a notebook."))]


@pytest.mark.parametrize("rows, said", [([], "no hand-in is known"), (UNGRADED, "2 hand-ins known, none graded"), (UNREAD, "None of the hand-ins could be examined")])
def test_a_class_where_nobody_has_a_report(rows, said, course):
    page = class_page(rows, course, "vae", missing=["Hal"])
    assert said in page and "Hal" in page
    Outline(page).sound()


EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>`code`\u202e'


def test_markup_of_a_student_is_text(course):
    odd = graded(EVIL, kl="error", answers={"kl": COPIED + f"# {EVIL}"}, cells=[CellProblem(cell=1, error=EVIL, traceback=EVIL)])
    first = odd.questions[0].tests[0].model_copy(update={"traceback": EVIL, "detail": EVIL})
    odd = odd.model_copy(update={"questions": [odd.questions[0].model_copy(update={"tests": [first]})]})
    unread = report(EVIL + "2", question(), problem=EVIL)
    rows = [row(odd, people=(Person(name=EVIL),)), row(odd.model_copy(update={"student": EVIL + "3"})), row(unread)]
    page = class_page(rows, course, "vae", [EVIL], [EVIL])
    assert not {tag for tag, _ in Outline(page).tags} & {"script", "img"}
    Outline(page).needs_nothing()
    assert "\u202e" not in page


NAMES = ["नेहा शर्मा", "陈伟", "فاطمة السيد", "O'Brien, \"Siobhán\"", "=cmd|'/c calc'!A1", "a/b#c?d%", " ", "👩‍💻 Ada"]


def test_names_in_any_script_and_links_that_lead_to_their_pages(course):
    page = class_page([row(graded(name)) for name in NAMES], course, "vae")
    links = [attrs["href"] for tag, attrs in Outline(page).tags if tag == "a" and attrs["href"].startswith("feedback")]
    assert sorted(unquote(link) for link in links) == sorted(f"feedback/{file_name(name)}.html" for name in NAMES)
    assert all(set("#? ").isdisjoint(link) for link in links)


def test_a_thousand_make_a_page_of_reasonable_size_in_reasonable_time(course):
    class_ = []
    for n in range(1000):
        kl = ("passed", "failed", "error", "crash")[n % 7 % 4]
        made = graded(f"Student {n}", kl=kl, answers={"kl": COPIED.replace("units", f"units{n % 300}")}, seconds=1 + n % 5)
        made.questions[0].tests[0] = made.questions[0].tests[0].model_copy(update={"hint": f"hint {n}", "traceback": f"E{n}: bad"})
        class_.append(row(made))
    begun = time.process_time()
    page = class_page(class_, course, "vae")
    assert time.process_time() - begun < 20
    assert len(page) < 1_500_000
    assert "1,000 hand-ins by name" in page and "<details><summary>1,000" in page, "the long list is folded"
    assert page.count('class="cause"') == 25 and "rarer causes" in page
    Outline(page).sound()


def test_it_is_written_from_a_gradebook(course, tmp_path):
    with Gradebook.open(tmp_path / "gradebook.sqlite", "vae") as book:
        book.add("Ana", graded("Ana"))
        write_report(book, course, tmp_path / "report.html")
    assert "<bdi>Ana</bdi>" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_it_needs_nothing_else(page):
    Outline(page).needs_nothing()


def test_a_screen_reader_finds_its_way(page):
    outline = Outline(page)
    outline.sound()
    assert outline.levels.count(2) == 8
    pictures = [attrs for tag, attrs in outline.tags if tag == "svg" and attrs.get("role") == "img"]
    assert len(pictures) == 1 + len(QUESTIONS)


def test_a_histogram_in_words_and_in_bars():
    chart = histogram([0, 9.99, 10, 55, 100, 100], 100, 32.5)
    assert [bin.count for bin in chart.bins] == [2, 1, 0, 0, 0, 1, 0, 0, 0, 2]
    assert chart.bins[0].height == 1 and chart.median_at == 32.5
    assert "0 to 10 points: 2" in chart.words and "90 to 100 points: 2" in chart.words and "20 to 30" not in chart.words
    assert [b.low for b in histogram([1], 15, 1).bins][:3] == ["0", "1.5", "3"]


def test_a_bar_of_parts_is_whole_and_in_a_fixed_order():
    bar = stack({"missing": 1, "full": 2, "waiting": 1})
    assert [(p.state, p.start, p.width) for p in bar.parts] == [("full", 0, 50), ("missing", 50, 25), ("waiting", 75, 25)]
    assert bar.words == "2 full points, 1 not written yet, 1 waits for the GPU"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "mark, ground, least",
    [("ink", "paper", 4.5), ("soft", "paper", 4.5), ("soft", "card", 4.5), ("bad", "paper", 4.5), ("bad", "card", 4.5), ("later", "paper", 4.5),
     ("ink", "hint", 4.5), ("ink", "code", 4.5), ("good", "card", 3), ("bad", "card", 3), ("later", "card", 3), ("soft", "card", 3)],
)
def test_text_and_pictures_stand_out_from_their_ground(mark, ground, least, scheme):
    """WCAG 2.2, level AA: a contrast of at least 4.5 for text, of 3 for what a picture is made of."""
    assert contrast(palette(scheme)[mark], palette(scheme)[ground]) >= least
