"""Runs in a locked worker during `gradetape verify`, in the place of probes, and tries what a curious student would."""

import os
import sys


def what_is_in_reach(student, paths):
    """The paths that can be read or listed, the grader's modules that are loaded, and the processes that can be read."""
    return [path for path in paths if _readable(path)] + _modules() + _processes()


def _readable(path):
    try:
        if os.path.isdir(path):
            os.listdir(path)
        else:
            with open(path, "rb") as file:
                file.read(1)
    except OSError:
        return False
    return True


def _modules():
    trusted = ("gradetape.suite", "gradetape.grading", "gradetape.verification", "gradetape.config")
    return [f"the module {name}" for name in sys.modules if name.startswith(trusted)]


def _processes():
    """Other processes whose memory or environment is open: the grader's hold expected values."""
    try:
        numbers = [name for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()]
    except OSError:
        return []
    return [f"/proc/{number}/{part}" for number in numbers for part in ("mem", "environ") if _readable(f"/proc/{number}/{part}")]
