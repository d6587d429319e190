"""The one zygote of a grading process. It takes seconds to import TensorFlow, so it is started before anything else."""

from __future__ import annotations

import atexit
import functools

from gradetape.sandbox.client import Zygote


@functools.cache
def zygote() -> Zygote:
    """Start the zygote, or return the one that runs; it ends with the process."""
    started = Zygote()
    atexit.register(started.close)
    return started
