"""Which assignment a notebook belongs to."""

from __future__ import annotations

import re

from .model import Submission, UnreadableSubmission

# Released cells are called `vae-answer-kl_divergence`, `vae-setup-1` …: assignment names hold no hyphen.
_RELEASED_ID = re.compile(r"(?P<assignment>\w+)-(?:answer|setup|demo|check|text)-")


def assignments_of(submission: Submission) -> set[str]:
    """The assignments that the notebook's metadata and its released cells name; empty where tools dropped both."""
    found = {match["assignment"] for cell in submission.cells if (match := _RELEASED_ID.match(cell.cell_id))}
    return found | ({submission.assignment} if submission.assignment else set())


def check_assignment(submission: Submission, name: str) -> None:
    """Raise UnreadableSubmission if the notebook is that of another assignment.

    A notebook in which anything belongs to `name`, or which says nothing, passes.
    """
    found = assignments_of(submission)
    if found and name not in found:
        others = " and ".join(sorted(found))
        raise UnreadableSubmission(
            f"{submission.name} is the notebook of {others}; this is {name}.",
            f"Hand in the notebook {name}.ipynb.",
        )
