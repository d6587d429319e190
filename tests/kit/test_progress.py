"""How a batch says where it is."""

import io

import pytest
from rich.console import Console

from gradetape.batch import progress as module
from gradetape.batch.progress import progress
from graded import grade


@pytest.fixture
def clock(monkeypatch):
    """A clock that a test sets."""
    time = [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: time[0])
    return time


def said(terminal, total, clock, names):
    screen = io.StringIO()
    with progress(Console(file=screen, force_terminal=terminal, width=160, get_time=lambda: clock[0]), total) as step:
        for name in names:
            clock[0] += 3
            step(grade(name))
    return screen.getvalue()


def test_without_a_terminal_each_hand_in_is_a_line_and_the_end_says_how_fast_it_went(clock):
    assert said(False, 3, clock, ["ana", "[red]bùi[/]", "zoë\x1b[2J"]).splitlines() == [
        "[1/3] ana  8 / 10",
        "[2/3] [red]bùi[/]  8 / 10",
        "[3/3] zoë  8 / 10",
        "Graded 3 in 9 s: 20 a minute",
    ]


def test_on_a_terminal_a_bar_shows_the_rate_and_the_time_left(clock):
    shown = said(True, 40, clock, [f"student {n}" for n in range(20)])
    assert "20/40" in shown and "20 a minute" in shown and "0:01:00" in shown and "left" in shown and "student 19  8 / 10" in shown


@pytest.mark.parametrize("seconds, words", [(0.4, "0 s"), (59.6, "1 min 0 s"), (61, "1 min 1 s"), (3600, "1 h 0 min"), (5399, "1 h 29 min")])
def test_durations_are_said_in_words(seconds, words):
    assert module._duration(seconds) == words


def test_one_hand_in_needs_no_summary(clock):
    assert "Graded" not in said(False, 1, clock, ["ana"])
