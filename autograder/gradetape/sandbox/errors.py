"""What can come of a request to a worker instead of an answer."""

from __future__ import annotations

import signal

from gradetape.config import Limits


class SandboxError(Exception):
    """The sandbox itself failed, through no fault of the student's."""


class StudentError(Exception):
    """The student's code raised. `traceback` shows the frames of their own cells."""

    def __init__(self, message: str, traceback: str = ""):
        super().__init__(message)
        self.traceback = traceback


class StudentMissing(StudentError):
    """The answer is not written yet: its name is not defined, or it raises NotImplementedError."""


class StudentTimeout(StudentError):
    """The student's code took more than its time."""


class StudentCrash(StudentError):
    """The worker died: out of memory, killed by a signal, or ended by the student's code."""


_SIGNALS = {number.value: number.name for number in signal.Signals} | {
    signal.SIGSEGV: "a segmentation fault",
    signal.SIGABRT: "an abort",
    signal.SIGXCPU: "its CPU limit",
}


def how_it_ended(end: dict, limits: Limits, seconds: float) -> StudentError:
    """The exception that says how a worker died, from its supervisor's report; `seconds` are what it was allowed."""
    match end.get("reason"), end.get("exit"):
        case "cpu", _:
            return StudentTimeout(f"it computed for longer than allowed ({seconds:.3g} s); is there a loop without end?")
        case "wall", _:
            return StudentTimeout("it waited more than it computed until its time was over; does it sleep, or wait for input?")
        case "memory", _:
            return StudentCrash(f"it used more than {limits.memory_mb} MB of memory")
        case "threads", _:
            return StudentCrash(f"it started more than {limits.processes} threads")
        case "disk", _:
            return StudentCrash(f"it wrote more than {limits.disk_mb} MB, or thousands of files")
        case _, int(code) if code < 0:
            kind = StudentTimeout if -code == signal.SIGXCPU else StudentCrash
            return kind(f"Python was ended by {_SIGNALS.get(-code, f'signal {-code}')}")
        case _, int(code):
            return StudentCrash(f"the code ended Python itself, with exit status {code}")
    return StudentCrash("the worker ended without a word")
