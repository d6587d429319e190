"""The reference solution's answers, computed once and kept on disk."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from gradetape.sandbox import wire
from gradetape.sandbox.client import StudentError
from gradetape.suite.candidate import Candidate

_NO_NONCE = bytes(wire.NONCE_BYTES)


class ReferenceFailed(Exception):
    """The solution does not answer a probe: the suite is broken, whatever the student wrote."""


class Reference:
    """Answers probes as the solution does, from the disk where it has answered before.

    An answer is kept under a hash of `key` (solution, probes, package versions), the probe, its arguments and seed.
    """

    def __init__(self, solution: Candidate, folder: Path, key: str):
        self._solution, self._folder = solution, folder
        self._key = key.encode()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def begin(self, test: str) -> None:
        self._solution.begin(test)

    def seed(self, probe: str) -> int:
        return self._solution.seed(probe)

    def call(self, probe: str, args: tuple, kwargs: dict, seed: int):
        """The solution's answer, as plain data; raises ReferenceFailed."""
        question = wire.pack([probe, list(args), kwargs, seed], _NO_NONCE)
        kept = self._folder / hashlib.sha256(self._key + question).hexdigest()
        try:
            return wire.unpack(kept.read_bytes())
        except (FileNotFoundError, wire.Violation):  # not asked before, or a file that a full disk cut short
            pass
        try:
            answer = self._solution.call(probe, args, kwargs, seed)
        except StudentError as error:
            raise ReferenceFailed(f"the solution fails the probe {probe}: {error}\n{error.traceback}") from error
        self._keep(kept, wire.pack(answer, _NO_NONCE))
        return answer

    def _keep(self, path: Path, frame: bytes) -> None:
        fd, unfinished = tempfile.mkstemp(dir=self._folder)  # other graders of a batch write here too
        with os.fdopen(fd, "wb") as file:
            file.write(frame)
        os.replace(unfinished, path)

    def close(self) -> None:
        self._solution.close()
