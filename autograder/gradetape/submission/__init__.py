"""From a hand-in, whatever its form, to the cells that a worker runs. Nothing here executes a student's code."""

from .answers import answers
from .match import released_cells
from .model import PlannedCell, Submission, SubmittedCell, UnreadableSubmission
from .owner import check_assignment
from .plan import plan_cells
from .read import notebook_submission, read_submission

__all__ = [
    "PlannedCell",
    "Submission",
    "SubmittedCell",
    "UnreadableSubmission",
    "answers",
    "check_assignment",
    "notebook_submission",
    "plan_cells",
    "read_submission",
    "released_cells",
]
