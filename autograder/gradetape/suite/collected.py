"""A hidden suite that pytest collects once and runs again for each submission: collecting costs as much as all of its tests."""

from __future__ import annotations

import contextlib
import io
import os
import random
from pathlib import Path

import pytest
from _pytest.config import _prepareconfig

from gradetape.suite import plugin

# What a suite has no use for costs a tenth of a second; some of these collect garbage after every test.
_UNUSED = """terminal cacheprovider faulthandler unittest doctest junitxml pastebin stepwise debugging logging recwarn warnings
    unraisableexception threadexception setuponly setupplan legacypath""".split()


class SuiteBroken(Exception):
    """The hidden suite cannot be run, whatever is handed in."""


class CollectedSuite:
    """The tests of one assignment, in the order in which they are written.

    `root` is a folder above the suite's. Raises SuiteBroken where the suite cannot be collected.
    """

    def __init__(self, suite: Path, root: str):
        self._suite = suite
        # Named by their whole path from the root: two courses' modules may have the same path within them.
        arguments = [str(suite), f"--rootdir={root}", "-c", os.devnull, "--noconftest"]
        arguments += ["--import-mode=importlib", "--assert=plain", "--capture=no", "--disable-plugin-autoload"]
        arguments += [part for unused in _UNUSED for part in ("-p", f"no:{unused}")]
        with self._telling_what_is_broken():
            config = _prepareconfig(arguments, [plugin, self])
            config.stash[plugin.COLLECTED] = True
            self._session = pytest.Session.from_config(config)
            config._do_configure()
            config.hook.pytest_sessionstart(session=self._session)
            config.hook.pytest_collection(session=self._session)
        if not self._session.items:
            raise SuiteBroken(f"{suite}: no tests in it")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            raise pytest.UsageError(report.longreprtext)

    def run(self, run: plugin.SuiteRun) -> None:
        """Run the tests, which note their verdicts in `run`. Raises SuiteBroken where one ends pytest itself."""
        plugin.begin(self._session.config, run)
        items = [item for item in self._session.items if run.questions is None or plugin.question_of(item) in run.questions]
        if run.order is not None:
            random.Random(run.order).shuffle(items)
        with self._telling_what_is_broken():
            for item, following in zip(items, [*items[1:], None]):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)

    @contextlib.contextmanager
    def _telling_what_is_broken(self):
        said = io.StringIO()
        try:
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                yield
        except (Exception, pytest.exit.Exception) as error:
            raise SuiteBroken(f"{self._suite}: {error or type(error).__name__}\n{said.getvalue()[-4000:]}".rstrip()) from error
