"""What the kit's own tests share: one zygote for the whole session, since TensorFlow takes seconds to import."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from arenas import USERS, Arena, Arenas
from gradetape.config import Course, Limits, find_course
from gradetape.release import Release, release
from gradetape.sandbox.client import Worker, Zygote

collect_ignore = ["tiny"]  # a course for these tests to work on: its suite is not one of them


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


@pytest.fixture(scope="session")
def arenas(zygote) -> Iterator[Arenas]:
    """Where attacks are made, for each kind of user."""
    opened = Arenas(zygote)
    yield opened
    opened.close()


@pytest.fixture(params=USERS)
def arena(arenas, request) -> Arena:
    """Each kind of user's arena in turn: what student code cannot do, it can do under none of them."""
    return arenas.of(request.param)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory, course) -> tuple[Course, Release]:
    """A released course of one assignment, `tiny`, with two questions; not to be changed by a test."""
    root = tmp_path_factory.mktemp("course") / "tiny"
    shutil.copytree(Path(__file__).parent / "tiny", root)
    shutil.copy(course.root / "requirements.lock", root)
    copied = find_course(root)
    return copied, release(copied, "tiny", root / "dist" / "tiny")
