"""Which locks hold on this machine, in words."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

from gradetape.sandbox import landlock, lockdown, seccomp


@dataclass(frozen=True)
class Lock:
    """One lock: what it keeps out, whether it holds here, and how to get it where it does not."""

    name: str
    holds: bool
    keeps_out: str
    remedy: str = ""


class LocksMissing(Exception):
    """Student code would not be safely locked in on this machine; the message says what is missing."""


def describe() -> list[Lock]:
    """Every lock with its state on this machine."""
    linux = sys.platform == "linux"
    root = linux and os.geteuid() == 0
    own_uid = linux and lockdown.private_uid(os.getpid()) is not None
    abi = landlock.version() if linux else 0
    return [
        Lock("processes", linux, "loops, leaks and daemons: limits and a supervisor", "grade on Linux"),
        Lock(
            "uid",
            own_uid,
            "the grader's files and processes, by a user id of the worker's own",
            "install Python where every user can read it" if root else "run as root",
        ),
        Lock(
            f"landlock (version {abi})" if abi else "landlock",
            bool(abi),
            "reading hidden tests and solutions, writing elsewhere",
            "a Linux kernel of at least 5.13 with Landlock among its security modules" if linux else "grade on Linux",
        ),
        Lock(
            "seccomp",
            linux and seccomp.available(),
            "network, new processes, other processes' memory",
            "install libseccomp (Debian: `apt-get install libseccomp2`)" if linux else "grade on Linux",
        ),
    ]


def missing() -> list[Lock]:
    """The locks without which grading needs `--unlocked`.

    A uid of the worker's own hides files as Landlock does, so one of the two is enough.
    """
    processes, uid, files, calls = describe()
    gone = [lock for lock in (processes, calls) if not lock.holds]
    return gone if files.holds or uid.holds else [*gone, files]


def require(unlocked: bool) -> None:
    """Raise LocksMissing where a needed lock is missing and `unlocked` does not accept that."""
    gone = missing()
    if gone and not unlocked:
        lines = [f"  {lock.name}: keeps out {lock.keeps_out}; {lock.remedy}" for lock in gone]
        raise LocksMissing("student code would not be locked in on this machine:\n" + "\n".join(lines))


def in_words(held: dict) -> str:
    """The line of a grade that says which locks held, from what the worker's locking returned."""
    names = {"uid": "own user", "landlock": "landlock", "seccomp": "seccomp"}
    on = ["limits", *(text for key, text in names.items() if held.get(key))]
    off = [text for key, text in names.items() if not held.get(key)]
    return "locked by " + ", ".join(on) + (f"; without {', '.join(off)}" if off else "")
