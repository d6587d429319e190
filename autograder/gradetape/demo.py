"""A class of 16 made from known answers, graded like any other: what `gradetape demo` shows."""

from __future__ import annotations

import copy
import json
import shutil
import zipfile
from pathlib import Path

from rich.console import Console

from gradetape.batch.hand_ins import collect
from gradetape.batch.run import ClassRun
from gradetape.batch.run_folder import open_run
from gradetape.config import ConfigError, Course
from gradetape.release import release
from gradetape.report.class_page import write_report
from gradetape.verification.answers import Answer, read_answers

ASSIGNMENT = "vae"

# Who hands in what. Right answers come in different styles; each wrong one stands in an otherwise right notebook.
RIGHT = ["Amara Okafor", "Ana Sofía López", "Bùi Thị Hương", "陈伟 Chen Wei", "O'Brien, Siobhán"]
WRONG = {
    "sampling": "Дмитрий Соколов",
    "encoder": "Ελένη Παπαδοπούλου",
    "decoder": "김민준 Kim Min-jun",
    "kl_divergence": "Łukasz Wójcik",
    "train_step": "नेहा शर्मा",
    "generate": "İpek Yılmaz",
}
UNTOUCHED, HALF_DONE, CRASHES, LOOPS, NO_NOTEBOOK = "Zoë Vermeer", "فاطمة السيد", "Jonas Weiß", "田中結衣 Yui Tanaka", "Mateus Conceição"

_CRASH = '''\
def build_encoder(image_shape, latent_dim):
    import os

    os._exit(1)  # ends Python itself, not only the function
'''
_LOOP = '''\
def generate(decoder, num_images, latent_dim, seed):
    images = []
    while len(images) < num_images:
        z = np.random.normal(size=(1, latent_dim))  # and never an image
    return images
'''
_SYNTAX_ERROR = '''\
def kl_divergence(z_mean, z_log_var)
    return -0.5 * ops.sum(1 + z_log_var - z_mean**2 - ops.exp(z_log_var), axis=-1)
'''


def run_demo(course: Course, out: Path, console: Console, **how) -> ClassRun:
    """Build the release, make the class in `out/submissions`, grade it into `out`; `how` goes to the grading."""
    console.print(f"Building the release of {ASSIGNMENT} into dist/{ASSIGNMENT}", highlight=False)
    release(course, ASSIGNMENT, course.root / "dist" / ASSIGNMENT)
    for folder in ("submissions", "reports", "feedback"):
        shutil.rmtree(out / folder, ignore_errors=True)
    make_class(course, out / "submissions")
    collected = collect([out / "submissions"], out)
    console.print(f"Grading {len(collected.hand_ins)} hand-ins from {out / 'submissions'}", highlight=False)
    run = ClassRun(course, ASSIGNMENT, out)
    run.grade(collected, console, regrade="all", **how)
    with open_run(out) as book:
        write_report(book, course, out / "report.html")
    return run


def what_to_open(out: Path) -> dict[str, str]:
    """What a run has left to look at, and what it is."""
    example = WRONG["kl_divergence"]
    return {
        str(out / "report.html"): "the class on one page, for staff",
        str(out / "feedback" / f"{example}.html"): "what a student gets; one page each",
        str(out / "reports" / f"{example}.json"): "what staff get: expected values, too",
        str(out / "grades.csv"): "the class, for a spreadsheet",
        str(out / "submissions"): "what was handed in",
        f"dist/{ASSIGNMENT}": "what is handed out: student zip, Gradescope zip, solution",
    }


def make_class(course: Course, folder: Path) -> None:
    """Write the 16 hand-ins. Raises ConfigError where the assignment has no bank of answers to make them from."""
    folder.mkdir(parents=True, exist_ok=True)
    stub = json.loads(course.student_notebook(ASSIGNMENT).read_text(encoding="utf-8"))
    solved = _answer_cells(json.loads(course.solution(ASSIGNMENT).read_text(encoding="utf-8")))
    bank = read_answers(course.answers(ASSIGNMENT), course.assignment(ASSIGNMENT).questions)

    for number, name in enumerate(RIGHT):
        styles = {question: pick(bank, "right", question, number).source for question in solved}
        _write(folder / f"{name}.ipynb", stub, solved | styles)
    _zip_up(folder / f"{RIGHT[-1]}.ipynb")
    for number, (question, name) in enumerate(WRONG.items()):
        _write(folder / f"{name}.ipynb", stub, solved | {question: pick(bank, "wrong", question, number).source})
    first_half = dict(list(solved.items())[:3])
    _write(folder / f"{UNTOUCHED}.ipynb", stub, {})
    _write(folder / f"{HALF_DONE}.ipynb", stub, first_half | {"kl_divergence": _SYNTAX_ERROR})
    _write(folder / f"{CRASHES}.ipynb", stub, solved | {"encoder": _CRASH})
    _write(folder / f"{LOOPS}.ipynb", stub, solved | {"generate": _LOOP})
    (folder / f"{NO_NOTEBOOK}.ipynb").write_bytes(b"%PDF-1.7\n% printed from the browser\n")


def _answer_cells(notebook: dict) -> dict[str, str]:
    """Question → the text of its answer cell, in the notebook's order."""
    return {question: "".join(cell["source"]) for cell in notebook["cells"] if (question := _question(cell))}


def _question(cell: dict) -> str:
    tags = cell["metadata"].get("tags", [])
    return next((tag.removeprefix("answer:") for tag in tags if tag.startswith("answer:")), "")


def pick(bank: list[Answer], kind: str, question: str, number: int) -> Answer:
    """An answer of the bank, going round where there are fewer."""
    found = [answer for answer in bank if answer.kind == kind and answer.question == question]
    if not found:
        raise ConfigError(f"tests/answers/{ASSIGNMENT}/{kind}: no answer to {question}; the demo's class is made from them")
    return found[number % len(found)]


def _write(path: Path, stub: dict, answers: dict[str, str]) -> None:
    notebook = copy.deepcopy(stub)
    for cell in notebook["cells"]:
        if (question := _question(cell)) in answers:
            cell["source"] = answers[question]
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1), encoding="utf-8")


def _zip_up(path: Path) -> None:
    """Replace a notebook by a zip that holds it beside what a Mac adds."""
    with zipfile.ZipFile(path.with_suffix(".zip"), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, f"{ASSIGNMENT}/{ASSIGNMENT}.ipynb")
        archive.writestr(f"__MACOSX/{ASSIGNMENT}/._{ASSIGNMENT}.ipynb", b"\0")
    path.unlink()
