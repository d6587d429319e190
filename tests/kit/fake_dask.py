"""A plugin that does on a Dask worker what the hand-in's name says, instead of grading."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from distributed import WorkerPlugin


class FakePlugin(WorkerPlugin):
    def __init__(self, folder: Path, broken: bool = False):
        self.name, self.folder, self.broken = "fake", folder, broken

    @property
    def _grader(self):
        if self.broken:
            raise RuntimeError("no suite")

    def grade(self, parcel):
        word = parcel.name
        if word.startswith("killed"):
            os.kill(os.getpid(), signal.SIGKILL)
        flag = self.folder / f"{word}.flag"
        if word.startswith("once") and not flag.exists():
            flag.touch()
            os._exit(3)
        if word == "raise":
            raise RuntimeError("the zygote is gone")
        return f"graded {word}: {parcel.files['']!r}"


class CannotBeSetUp(WorkerPlugin):
    name = "broken"

    def setup(self, worker):
        raise OSError(28, "No space left on device")
