"""What runs on a Dask cluster's workers: a plugin that sets up grading in each, and the task that grades one hand-in."""

from __future__ import annotations

import shutil
import signal
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from distributed import Worker, WorkerPlugin, get_worker

from gradetape.config import find_course
from gradetape.grade_report import GradeReport

from .pool import Fault, fault
from .zygote_host import SharedZygote


@dataclass(frozen=True)
class Parcel:
    """A hand-in as it travels: a file's content, or that of the files of a folder that matter."""

    name: str
    files: dict[str, bytes]
    """by name within the folder; one without a name is the hand-in itself"""


class GradingPlugin(WorkerPlugin):
    """Makes a worker a grader of one assignment. The course travels along: workers need the kit, and no course's folder.

    The workers of a machine share one zygote.
    """

    def __init__(self, key: str, assignment: str, course: dict[str, bytes], *, tier: str, gpu: bool, unlocked: bool):
        self.name = f"gradetape-{key}"
        self._key, self._assignment, self._course = key, assignment, course
        self._tier, self._how = tier, {"gpu": gpu, "unlocked": unlocked}

    def setup(self, worker: Worker) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="gradetape-", dir=worker.local_directory))  # Dask clears that up after a crash
        for place, content in self._course.items():
            _write(self._folder / "course" / place, content)

    def teardown(self, worker: Worker) -> None:
        if "_zygote" in vars(self):
            self._zygote.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    @cached_property
    def _zygote(self) -> SharedZygote:
        return SharedZygote(self._key, **self._how)

    @cached_property
    def _grader(self):
        from gradetape.grading import Grader  # here: it imports pytest, and workers that only stand by need not

        return Grader(find_course(self._folder / "course"), self._assignment, self._zygote.path, self._tier)

    def grade(self, parcel: Parcel) -> GradeReport:
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            path = Path(folder) / parcel.name
            if "" not in parcel.files:
                path.mkdir()
            for place, content in parcel.files.items():
                _write(path / place if place else path, content)
            return self._grader.grade_file(path)


class Undisturbed(WorkerPlugin):
    """Makes the workers of a local cluster deaf to Ctrl-C, which reaches the whole group; the client decides."""

    name = "gradetape-undisturbed"

    def setup(self, worker: Worker) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def grade(plugin: str, parcel: Parcel) -> tuple[str, GradeReport | Fault]:
    """Grade one hand-in on a worker: `done` with its report or the kit's fault, or `broken` where no grader can be set up."""
    grading = get_worker().plugins[plugin]
    try:
        grading._grader
    except Exception as error:
        return "broken", fault(error)
    try:
        return "done", grading.grade(parcel)
    except Exception as error:
        return "done", fault(error)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
