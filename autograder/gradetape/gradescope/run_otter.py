"""Grades the submission in /autograder. Whatever breaks, results.json says so."""

import json
import sys
import traceback
from pathlib import Path

AUTOGRADER = Path(sys.argv[1] if len(sys.argv) > 1 else "/autograder")


def write_failure(why: str) -> None:
    """Results that tell the student it is not their fault, and the staff what happened."""
    results = AUTOGRADER / "results"
    results.mkdir(exist_ok=True)
    student = "Grading failed. This is not about your answers: please tell the course's staff. Your submission is kept."
    tests = [
        {"name": "Grading failed", "status": "failed", "visibility": "visible", "output": student},
        {"name": "What happened (staff only)", "status": "failed", "visibility": "hidden", "output": why[-20_000:]},
    ]
    (results / "results.json").write_text(json.dumps({"score": 0, "stdout_visibility": "hidden", "tests": tests}))


def main() -> None:
    try:
        from gradetape.gradescope.run import run

        run(AUTOGRADER)
    except BaseException:  # an exit or an interrupt must leave results too
        why = traceback.format_exc()
        print(why, file=sys.stderr)
        write_failure(why)


if __name__ == "__main__":
    main()
