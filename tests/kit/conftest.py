"""What the kit's own tests share: one zygote for the whole session, since TensorFlow takes seconds to import."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gradetape.config import Course, Limits, find_course
from gradetape.sandbox.client import Worker, Zygote


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    """The session's zygote; `zygote.path` is its door."""
    with Zygote() as running:
        yield running


@pytest.fixture(scope="session")
def course() -> Course:
    """This repository's own course."""
    return find_course(Path(__file__).parent)


@pytest.fixture
def worker(zygote) -> Iterator[Worker]:
    """A fresh locked worker with small limits."""
    with Worker(zygote.path, Limits(probe_seconds=10, memory_mb=2000, disk_mb=64)) as started:
        yield started
