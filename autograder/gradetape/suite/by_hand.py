"""A suite run by hand: `pytest tests/hidden/vae --submission path.ipynb`."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest

from gradetape.config import ConfigError, find_course
from gradetape.grading import Grader, SuiteBroken
from gradetape.sandbox.client import Zygote
from gradetape.sandbox.locks import LocksMissing
from gradetape.submission import UnreadableSubmission, read_submission
from gradetape.suite.plugin import SuiteRun


def make_run(config, suites: Collection[Path]) -> SuiteRun:
    """A run of the suite in that one folder on the notebook that `--submission` names, with a zygote of its own.

    Raises UsageError for what the person at the keyboard can put right.
    """
    if len(suites) > 1:
        raise pytest.UsageError("one notebook is examined by one suite: name its folder, as in `pytest tests/hidden/vae`")
    (suite,) = suites
    try:
        submission = read_submission(config.getoption("--submission"))
        zygote = Zygote(unlocked=config.getoption("--unlocked"))
        config.add_cleanup(zygote.close)
        grader = Grader(find_course(suite), suite.name, zygote.path, tier=config.getoption("--tier"))
    except (ConfigError, LocksMissing, SuiteBroken, UnreadableSubmission) as error:
        raise pytest.UsageError(str(error)) from error
    run = grader.new_run(submission)
    config.add_cleanup(run.close)
    return run
