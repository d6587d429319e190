"""Processes that grade one hand-in at a time, and may die without taking the batch along."""

from __future__ import annotations

import multiprocessing
import signal
import traceback
from collections import Counter, deque
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import NamedTuple, Protocol

from gradetape.grade_report import GradeReport
from gradetape.sandbox import lockdown

from .hand_ins import HandIn

_ATTEMPTS = 2


class BrokenGrader(Exception):
    """Nothing can be graded: the grader cannot even be set up, through no fault of any hand-in."""


class Fault(NamedTuple):
    """Why the kit, not the hand-in, prevented a report."""

    said: str
    trace: str = ""


class Grader(Protocol):
    """What a process grades with; it raises only for faults of the kit."""

    def grade_file(self, path: Path) -> GradeReport: ...


def run(
    make_grader: Callable[[], Grader],
    hand_ins: Iterable[HandIn],
    workers: int,
    on_result: Callable[[HandIn, GradeReport | Fault], None],
) -> None:
    """Grade each hand-in in one of `workers` fresh processes and report in the order of completion.

    A process that dies is replaced, and what it was at is tried once more. Raises BrokenGrader if
    `make_grader` fails, or two processes die before they are ready.
    """
    # spawn: a fork would copy the locks that other threads hold, the progress bar's among them.
    context = multiprocessing.get_context("spawn")
    waiting, deaths = deque(hand_ins), Counter[HandIn | None]()
    processes = [_Process(context, make_grader) for _ in range(min(workers, len(waiting)))]
    try:
        while waiting or any(p.at for p in processes):
            for process in processes:
                if waiting and not process.busy:
                    process.give(waiting.popleft())
            busy = {p.link: p for p in processes if p.busy}
            for link in wait(busy):
                process = busy[link]
                hand_in, said, value = process.answer()
                if said == "broken":
                    raise BrokenGrader(value.said)
                if said == "done":
                    on_result(hand_in, value)
                if said == "died":
                    processes[processes.index(process)] = _Process(context, make_grader)
                    deaths[hand_in] += 1
                    if deaths[hand_in] < _ATTEMPTS:
                        waiting.extendleft([hand_in] if hand_in else [])
                    elif hand_in:
                        on_result(hand_in, Fault(f"the grading process died twice ({value.said})"))
                    else:
                        raise BrokenGrader(f"the grading processes die before they are ready ({value.said})")
    finally:
        for process in processes:
            process.end()


class _Process:
    """One process, and the hand-in that it is at. It is busy, too, until it says that its grader is ready."""

    def __init__(self, context, make_grader: Callable[[], Grader]):
        self.link, far = context.Pipe()
        self._process = context.Process(target=_serve, args=(make_grader, far), daemon=True)
        self._process.start()
        far.close()
        self.at: HandIn | None = None
        self.busy = True

    def give(self, hand_in: HandIn) -> None:
        self.at, self.busy = hand_in, True
        try:
            self.link.send(hand_in.path)
        except OSError:
            pass  # it has died: reading its answer will tell

    def answer(self) -> tuple[HandIn | None, str, GradeReport | Fault | None]:
        """What it was at, and `ready`, `done`, `broken` or `died` with the report or the fault."""
        try:
            said, value = self.link.recv()
        except (EOFError, OSError):
            self._process.join()
            code = self._process.exitcode
            said, value = "died", Fault(f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit status {code}")
        hand_in, self.at, self.busy = self.at, None, False
        return hand_in, said, value

    def end(self) -> None:
        self.link.close()
        self._process.terminate()
        self._process.join()


def _serve(make_grader: Callable[[], Grader], link: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    lockdown.die_with_parent(multiprocessing.parent_process().pid)  # what goes on after a kill has the machine to itself
    try:
        grader = make_grader()
    except Exception as error:
        link.send(("broken", fault(error)))
        return
    link.send(("ready", None))
    while True:
        try:
            path = link.recv()
        except EOFError:
            return
        try:
            link.send(("done", grader.grade_file(path)))
        except Exception as error:
            link.send(("done", fault(error)))


def fault(error: Exception) -> Fault:
    """The kit's own exceptions say all in their message; of others, the kind says more."""
    own = type(error).__module__.startswith("gradetape.")
    return Fault(str(error) if own else f"{type(error).__name__}: {error}", traceback.format_exc())
