"""Attacks from student code, as seen by a test: made on a stage, with what must hold after each of them."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

import other_users
from gradetape.grade_report import GradeReport
from gradetape.sandbox.client import Zygote
from stage import Attempt, Stage, state_of

ORDINARY_UID = 60_000 + os.getpid() % 1000  # no account has it
USERS = ["root", "ordinary", "container"]
"""root, an ordinary user, and root with what a container leaves to it; `public` is root with a public interpreter"""


class Arena:
    """One user's stage. After every attack no secret is out, no file is touched, and everyone lives."""

    def __init__(self, stage):
        self._stage = stage
        self.targets = stage.targets
        self._files = self._look()

    def attempt(self, attack: Callable, *args) -> Attempt:
        """Call an attack function in a locked worker, which serves for many."""
        return self._examine(self._stage.attempt(_text(attack), attack.__name__, args))

    def attempt_alone(self, attack: Callable, *args, seconds: float = 10, **limits) -> Attempt:
        """The same in a worker of its own, for attacks on its limits; `seconds` for the call, `limits` for the worker."""
        return self._examine(self._stage.attempt_alone(_text(attack), attack.__name__, args, seconds, limits))

    def refuses(self, attack: Callable, *args) -> None:
        """Assert that an attack ends with an OSError."""
        attempt = self.attempt(attack, *args)
        assert attempt.refused, f"{attack.__name__}{args}: {attempt}"

    def grade(self, **cells: str) -> GradeReport:
        """Grade a hand-in with these cells; a hostile one gets nothing out and touches nothing either."""
        report = self._stage.grade(cells)
        assert self.targets.secret not in report.model_dump_json()
        self._assert_unharmed()
        return report

    def unlocked(self, attack: Callable, *args):
        """What the attack gives where no lock holds."""
        return self._stage.unlocked(_text(attack), attack.__name__, args)

    def heard(self) -> int:
        return self._stage.heard()

    def _examine(self, attempt: Attempt) -> Attempt:
        assert self.targets.secret not in repr(attempt)
        assert not attempt.left, "processes outlived the attack"
        self._assert_unharmed()
        return attempt

    def _assert_unharmed(self) -> None:
        t = self.targets
        assert all(state_of(pid) not in ("", "Z") for pid in (t.grader, t.zygote, t.supervisor, t.neighbour))
        assert self._look() == self._files, "a file was touched"

    def _look(self) -> dict:
        """Everything that an attack could have changed of the files that are out of bounds."""
        folder = Path(self.targets.elsewhere).parent
        looks = {folder: (sorted(os.listdir(folder)), folder.stat().st_mode)}
        for path in (self.targets.suite, self.targets.solution, self.targets.cached, self.targets.elsewhere):
            s = os.stat(path)
            looks[path] = (s.st_mode, s.st_uid, s.st_gid, s.st_mtime_ns, os.listxattr(path), Path(path).read_bytes())
        return looks


class Arenas:
    """The arenas of all users, each made when first asked for and kept for the session."""

    def __init__(self, zygote: Zygote):
        self._zygote = zygote
        self._made: dict[str, Arena] = {}
        self._stages: list = []
        self._python: tuple[Path, Path] | None = None
        self.folder = Path(tempfile.mkdtemp(prefix="arenas-"))
        self.folder.chmod(0o755)

    def of(self, user: str) -> Arena:
        """The user's arena; skips the test where this machine cannot have one."""
        if user not in self._made:
            self._made[user] = Arena(self._stage(user))
        return self._made[user]

    def _stage(self, user: str):
        if sys.platform != "linux":
            pytest.skip("workers are locked on Linux only")
        root = os.geteuid() == 0
        if not root and user != "ordinary":
            pytest.skip("only root can be root")
        folder = self.folder / user
        folder.mkdir()
        if user == "root" or not root:
            stage = Stage(folder, self._zygote)
        else:
            stage = self._remote_stage(user, folder)
        self._stages.append(stage)
        return stage

    def _remote_stage(self, user: str, folder: Path) -> other_users.RemoteStage:
        if user == "container":
            python, helpers = Path(sys.executable), other_users.HERE
            return other_users.RemoteStage(python, helpers, folder, preexec_fn=other_users.drop_to_docker)
        try:
            python, helpers = self._python = self._python or other_users.public_python(self.folder / "python")
        except other_users.NoInterpreter as error:
            pytest.skip(str(error))
        if user == "public":
            return other_users.RemoteStage(python, helpers, folder)
        os.chown(folder, ORDINARY_UID, ORDINARY_UID)
        return other_users.RemoteStage(python, helpers, folder, user=ORDINARY_UID, group=ORDINARY_UID, extra_groups=[])

    def close(self) -> None:
        for stage in self._stages:
            stage.close()
        shutil.rmtree(self.folder)


def _text(attack: Callable) -> str:
    return Path(sys.modules[attack.__module__].__file__).read_text()
