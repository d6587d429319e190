"""Which cells run: whatever editors and students do to a notebook, no answer is lost and no show is run."""

from __future__ import annotations

import itertools
import time

import nbformat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gradetape.submission import SubmittedCell, Submission, plan_cells, released_cells

IMPORTS = "import math\nRUN = []"
HELPER = "HELPER = 10\n\n\ndef helper(x):\n    return x + HELPER"
BASE = "class Base:\n    def twice(self):\n        return 2 * self.value()"
AREA_STUB = 'def area(r):\n    """The area of a circle of radius r."""\n    raise NotImplementedError("area")'
AREA = AREA_STUB.replace('raise NotImplementedError("area")', "return math.pi * r**2")
SHAPE_STUB = 'class Shape(Base):\n    """A shape that knows its value."""\n\n    def value(self):\n        raise NotImplementedError("Shape")'
SHAPE = SHAPE_STUB.replace('raise NotImplementedError("Shape")', "return SIDE**2") + "\n\n\nSIDE = 3"
SUM_STUB = 'def total(values):\n    """The sum of all values."""\n    raise NotImplementedError("total")'
SUM = SUM_STUB.replace('raise NotImplementedError("total")', "return helper(sum(values))")
SHOW_AREA = "for radius in [1, 2, 3]:\n    RUN.append(radius)\n    print('a circle of radius', radius, 'has area', area(radius))"
SHOW_SHAPE = "shape = Shape()\nRUN.append(shape)\nprint('twice the value of this shape is', shape.twice())"
CHECK = 'grader.check("area")\nRUN.append("check")'

RELEASED = [
    ("setup", IMPORTS),
    ("setup", HELPER),
    ("answer:area", AREA_STUB),
    ("check", CHECK),
    ("demo", SHOW_AREA),
    ("setup", BASE),
    ("answer:shape", SHAPE_STUB),
    ("demo", SHOW_SHAPE),
    ("answer:total", SUM_STUB),
]
ANSWERS = {AREA_STUB: AREA, SHAPE_STUB: SHAPE, SUM_STUB: SUM}
STUBS = {"area", "Shape", "total"}

released = nbformat.v4.new_notebook(
    cells=[nbformat.v4.new_code_cell(s, id=f"tiny-{i}", metadata={"tags": [t]}) for i, (t, s) in enumerate(RELEASED)]
)


class Cell:
    """A student's cell while editors are at it."""

    def __init__(self, source: str, tags: tuple[str, ...] = (), cell_id: str = ""):
        self.source, self.tags, self.id = source, tags, cell_id


def answered() -> list[Cell]:
    cells = [Cell(c.source, tuple(c.metadata.tags), c.id) for c in released.cells]
    for cell in cells:
        cell.source = ANSWERS.get(cell.source, cell.source)
    return cells


def plan(cells: list[Cell]):
    submitted = tuple(SubmittedCell(i, c.source, c.tags, c.id) for i, c in enumerate(cells, 1))
    return plan_cells(Submission("a.ipynb", "a", "", submitted), released_cells(released), STUBS)


def run(cells: list[Cell]) -> dict:
    """What a notebook's plan leaves behind, a failing cell costing itself alone."""
    names: dict = {}
    for cell in plan(cells):
        try:
            exec(compile(cell.source, f"cell {cell.number}", "exec"), names)
        except Exception as error:
            names.setdefault("errors", []).append(error)
    return names


def holds_all_answers(names: dict) -> None:
    assert abs(names["area"](2) - 12.566) < 0.01
    assert names["Shape"]().twice() == 18
    assert names["total"]([1, 2]) == 13
    assert names["RUN"] == [], "a demo or check cell ran"


def find(cells: list[Cell], text: str) -> Cell:
    return next(c for c in cells if text in c.source)


# One thing at a time


def test_the_notebook_as_it_was_meant():
    names = run(answered())
    holds_all_answers(names)
    assert "errors" not in names


def test_an_untouched_notebook_runs_its_stubs():
    cells = plan([Cell(c.source, tuple(c.metadata.tags), c.id) for c in released.cells])
    assert [c.origin for c in cells] == ["released", "released", "student", "released", "student", "student"]
    assert [c.number for c in cells] == [1, 2, 3, 6, 7, 9]


def test_setup_cells_deleted():
    names = run([c for c in answered() if "setup" not in c.tags])
    holds_all_answers(names)
    assert "errors" not in names


def test_a_changed_setup_cell_runs_and_the_released_one_after_it():
    cells = answered()
    find(cells, "HELPER = 10").source = HELPER.replace("10", "11") + "\n\nMINE = HELPER"
    names = run(cells)
    assert names["MINE"] == 11 and names["HELPER"] == 10
    holds_all_answers(names)


def test_an_answer_merged_into_a_setup_cell():
    cells = answered()
    area = find(cells, "def area")
    cells.remove(area)
    find(cells, "HELPER").source += "\n\n" + area.source
    holds_all_answers(run(cells))


def test_an_answer_written_in_a_demo_cell():
    cells = answered()
    cells.remove(find(cells, "def area"))
    find(cells, "def total").source = SUM_STUB
    find(cells, "for radius").source = f"import math\nEPS = 0\n{AREA}\ntotal = lambda values: sum(values) + 10\n{SHOW_AREA}"
    holds_all_answers(run(cells))


def test_an_answer_in_a_demo_cell_that_does_not_parse():
    cells = answered()
    cells.remove(find(cells, "def area"))
    find(cells, "for radius").source = f"{AREA}\n\nfor radius in [1, 2:\n    RUN.append(radius)"
    holds_all_answers(run(cells))


def test_an_edited_demo_without_tag_and_id_does_not_run():
    cells = answered()
    demo = find(cells, "for radius")
    demo.source, demo.tags, demo.id = SHOW_AREA.replace("[1, 2, 3]", "range(100)"), (), "other"
    holds_all_answers(run(cells))


def test_an_answer_and_a_demo_merged():
    cells = answered()
    demo = find(cells, "for radius")
    cells.remove(demo)
    find(cells, "def area").source += "\n\n" + demo.source
    holds_all_answers(run(cells))


def test_a_stub_left_below_its_answer_does_not_win():
    cells = answered()
    cells.insert(4, Cell(AREA_STUB, ("answer:area",), "copy"))
    cells.append(Cell(SUM_STUB))
    holds_all_answers(run(cells))


def test_one_class_in_several_questions():
    """Each cell adds to the class of the one before it: stubs stay where they are."""
    first = "class Model:\n    def penalty(self):\n        raise NotImplementedError"
    second = "class Model(Model):\n    def step(self):\n        raise NotImplementedError"
    cells = [
        nbformat.v4.new_code_cell(source, id=f"m-{i}", metadata={"tags": [f"answer:q{i}"]})
        for i, source in enumerate([first, second])
    ]
    master = nbformat.v4.new_notebook(cells=cells)
    mine = (SubmittedCell(1, first.replace("raise NotImplementedError", "return 1")), SubmittedCell(2, second))
    names: dict = {}
    for cell in plan_cells(Submission("a", "a", "", mine), released_cells(master), {"Model"}):
        exec(cell.source, names)
    assert names["Model"]().penalty() == 1 and hasattr(names["Model"], "step")


def test_all_answers_merged_into_one_cell_fail_one_by_one():
    sources = [AREA.replace("r**2", "r**"), SHAPE, "1 / 0", SUM]
    cells = plan([Cell("\n\n".join(sources))])
    names = run([Cell("\n\n".join(sources))])
    assert names["Shape"]().twice() == 18 and names["total"]([1, 2]) == 13 and "area" not in names
    whole = "\n\n".join(sources).split("\n")
    for cell in cells:
        if cell.origin == "student":  # lines keep their numbers
            for number, line in enumerate(cell.source.split("\n")):
                assert not line or line == whole[number]


def test_magics_and_broken_cells_pass_through_as_they_are():
    for source in ["%%time\nx = 1", "!pip install keras", "%matplotlib inline\nx = 1", "def (", "x = '''"]:
        cells = plan([*answered(), Cell(source)])
        assert cells[-1].source == source
        holds_all_answers(run([*answered(), Cell(source)]))


def test_huge_cells_and_many_cells_take_no_time():
    many = [Cell(SHOW_AREA.replace(" ", f" w{i} ")) for i in range(2_000)]
    started = time.monotonic()
    plan(many)
    scratch = Cell("\n".join(f"x{i} = [{i}, 'text', {{}}]" for i in range(40_000)))
    merged = Cell(f"{AREA}\n{SUM}\n" + scratch.source)
    assert len(plan([*answered(), scratch, merged])) < 20
    plan([Cell("x = [" + "1, " * 3_000_000 + "]")])
    assert time.monotonic() - started < 60


# Any mixture


def scratch_cells():
    return st.sampled_from(
        ["x = 1", "1 / 0", "def (", "%matplotlib inline", "print(area(2))", "%%time\ny = 2", "", "# a remark", "area", "!ls"]
    )


@st.composite
def edited(draw) -> list[Cell]:
    """A right notebook after a dozen of the things that editors and students do."""
    cells = answered()
    counter = itertools.count()
    for _ in range(draw(st.integers(0, 12))):
        at = draw(st.integers(0, len(cells) - 1))
        cell = cells[at]
        match draw(st.sampled_from(EDITS)):
            case "drop tags":
                cell.tags = ()
            case "drop id":
                cell.id = ""
            case "new id":
                cell.id = f"fresh{next(counter)}"
            case "drop all":
                for c in cells:
                    c.tags, c.id = (), ""
            case "move":
                cells.insert(draw(st.integers(0, len(cells) - 1)), cells.pop(at))
            case "duplicate":
                copy_id = draw(st.sampled_from([cell.id, "", f"copy{next(counter)}"]))
                cells.insert(draw(st.integers(0, len(cells))), Cell(cell.source, cell.tags, copy_id))
            case "old stub":
                stub = draw(st.sampled_from(list(ANSWERS)))
                cells.insert(draw(st.integers(0, len(cells))), Cell(stub))
            case "scratch":
                cells.insert(draw(st.integers(0, len(cells))), Cell(draw(scratch_cells())))
            case "carriage returns":
                cell.source = cell.source.replace("\n", " \n") + "\n\n"
            case "delete":
                if not any(name in cell.source for name in ("def area", "class Shape", "def total")):
                    cells.pop(at)
    return cells


EDITS = "drop tags,drop id,new id,drop all,move,duplicate,old stub,scratch,carriage returns,delete".split(",")


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edited())
def test_no_mixture_of_edits_loses_an_answer(cells):
    holds_all_answers(run(cells or [Cell("x")]))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(st.sampled_from("def area(r):\n\t =@%!\"'x#{[") | st.characters(), max_size=60), min_size=1, max_size=6))
def test_no_text_breaks_the_plan(sources):
    plan([Cell(s) for s in sources])


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_neighbours_merged_keep_their_answers(data):
    cells = answered()
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(cells) - 2))
        gone = cells.pop(at + 1)
        cells[at].source += "\n\n" + gone.source
        if data.draw(st.booleans()):
            cells[at].tags, cells[at].id = (), ""
    holds_all_answers(run(cells))
