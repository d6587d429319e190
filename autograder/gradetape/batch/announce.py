"""What is said of a class's hand-ins before they are graded."""

from __future__ import annotations

from rich.console import Console

from gradetape.lms.entry import some
from gradetape.report.words import clean

from .hand_ins import Collected

_SOURCES = {"gradescope": "Gradescope's export", "canvas": "Canvas' download", "moodle": "Moodle's download", "folder": "files"}


def announce(collected: Collected, console: Console) -> None:
    """Print how many there are and from where, who is missing, and every note; nothing for a single file without notes."""
    hand_ins = collected.hand_ins
    if len(hand_ins) == 1 and collected.source == "folder" and not (collected.notes or collected.missing):
        return
    groups = sum(len(hand_in.people) > 1 for hand_in in hand_ins)
    late = sum(bool(hand_in.late) for hand_in in hand_ins)
    facts = [f"{len(hand_ins)} hand-ins" if len(hand_ins) != 1 else "1 hand-in"]
    facts += [f"{groups} by groups"] if groups else []
    facts += [f"{late} late"] if late else []
    lines = [f"{', '.join(facts)}, from {_SOURCES[collected.source]}"]
    lines += [f"  {hand_in.student}: {hand_in.problem}" for hand_in in hand_ins if hand_in.problem]
    lines += [f"  {note}" for note in collected.notes]
    if collected.missing:
        lines.append(f"  nothing handed in by {some([person.label for person in collected.missing], 20)}")
    for line in lines:
        console.print(clean(line), markup=False, highlight=False, soft_wrap=True)
