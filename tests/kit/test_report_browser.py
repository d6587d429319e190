"""The pages in a real browser: wide and narrow, light and dark, every fold open. Skipped where there is no Chromium."""

import shutil

import pytest

from gradetape.report.class_page import class_page
from gradetape.report.feedback import feedback_page
from test_report_class import CLASS, course, row  # noqa: F401 (course is a fixture)
from test_report_feedback import REPORT
from web_page import contrast

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
LONG = "Wolfeschlegelsteinhausenbergerdorff" * 3

# The colour that text has and the one it stands on, as the browser paints them; only text of its own counts.
PAINTED = """() => [...document.body.querySelectorAll('*')].filter(e => !e.closest('svg') && e.checkVisibility() && !e.classList.contains('unseen')
    && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())).map(e => {
  let ground = e; while (ground && getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement;
  return [getComputedStyle(e).color, getComputedStyle(ground || document.documentElement).backgroundColor, e.textContent.trim().slice(0, 40)] })"""
SPILT = """() => [...document.querySelectorAll('main *, header *')].filter(e => !e.closest('pre, svg, .unseen, caption') && e.checkVisibility()
    && (e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1)).map(e => e.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def browser():
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright drives the browser")
    with playwright.sync_playwright() as running:
        try:
            started = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        except playwright.Error as error:
            pytest.skip(f"Chromium does not start here: {error.message.splitlines()[0]}")
        yield started
        started.close()


@pytest.fixture(scope="module")
def pages(course, tmp_path_factory):  # noqa: F811
    folder = tmp_path_factory.mktemp("pages")
    long = CLASS[0].report.model_copy(update={"student": LONG, "submission": LONG})
    (folder / "staff.html").write_text(class_page([*CLASS, row(long)], course, "vae", missing=[LONG], notes=[LONG]), encoding="utf-8")
    (folder / "student.html").write_text(feedback_page(REPORT.model_copy(update={"student": LONG, "submission": LONG}), course), encoding="utf-8")
    (folder / "nobody.html").write_text(class_page([], course, "vae"), encoding="utf-8")
    return folder


@pytest.fixture(params=["staff", "student", "nobody"])
def opened(request, browser, pages, width, scheme):
    """A page with every fold open, and what the browser complained of."""
    tab = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    complaints = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("request", lambda asked: complaints.append(asked.url) if not asked.url.startswith("file:") else None)
    tab.goto((pages / f"{request.param}.html").as_uri())
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    yield tab, complaints
    tab.close()


def colour(painted):
    red, green, blue = (int(part) for part in painted[painted.index("(") + 1 : -1].split(",")[:3])
    return f"#{red:02x}{green:02x}{blue:02x}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_sticks_out_nothing_is_pale_and_nothing_is_loaded(opened):
    tab, complaints = opened
    assert tab.evaluate(SPILT) == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    painted = tab.evaluate(PAINTED)
    assert painted and not [(ink, ground, said) for ink, ground, said in painted if contrast(colour(ink), colour(ground)) < 4.5]
    assert complaints == []


@pytest.mark.parametrize("scheme, width", [("light", 1280)])
@pytest.mark.parametrize("opened", ["staff"], indirect=True)
def test_pictures_are_drawn_and_have_a_name(opened):
    tab, _ = opened
    pictures = tab.locator("svg[role=img]")
    assert pictures.count() == 3
    assert tab.get_by_role("img", name="Distribution of points").count() == 1
    assert all(pictures.nth(n).bounding_box()["width"] > 100 for n in range(3))
    assert "The median is 52.5 of 100" in pictures.first.text_content()
    assert tab.get_by_role("heading", level=1).count() == 1
    assert tab.get_by_role("rowheader").count() > 10 and tab.get_by_role("columnheader").count() > 10
