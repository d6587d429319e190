"""Until when a worker may compute, in memory that grader and supervisor share: a message for each probe would cost as much as a quick one."""

from __future__ import annotations

import mmap
import os
import struct

_TWO_DOUBLES = struct.Struct("dd")


def make() -> int:
    """A descriptor of such memory."""
    descriptor = os.memfd_create("deadlines")
    os.ftruncate(descriptor, _TWO_DOUBLES.size)
    return descriptor


class Deadlines:
    """The memory behind `descriptor`: the worker's CPU seconds and the machine's monotonic clock at which a request must have ended."""

    def __init__(self, descriptor: int):
        self._shared = mmap.mmap(descriptor, _TWO_DOUBLES.size)

    def set(self, cpu: float, wall: float) -> None:
        _TWO_DOUBLES.pack_into(self._shared, 0, cpu, wall)

    def clear(self) -> None:
        """Between requests the worker owes nothing. So a deadline read while it is being set is the new one, or none."""
        self.set(0.0, 0.0)

    def get(self) -> tuple[float, float]:
        """(CPU seconds, clock); 0 where there is none."""
        return _TWO_DOUBLES.unpack_from(self._shared)

    def close(self) -> None:
        self._shared.close()
