"""`waivers.yaml`: mutants that survive and are known, each with a sentence why.

A survivor is either *equivalent*: no longer a wrong answer, or none that the notebook rules out; it
leaves the score. Or it is a hole that we know of (`equivalent: false`): it counts against the score,
and stands here so that a new hole is never mistaken for an old one.
"""

from __future__ import annotations

import textwrap
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from .mutants import Mutant


class WaiverError(Exception):
    """`waivers.yaml` cannot be read; the message names the entry and the cause."""


class Waiver(BaseModel):
    """One entry of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str
    change: str
    """the mutant's changed lines as `gradetape verify` prints them: `- old` above `+ new`"""
    why: str
    equivalent: bool = True

    def fits(self, mutant: Mutant) -> bool:
        return self.question == mutant.question and _plain(self.change) == _plain(mutant.change)


@dataclass(frozen=True)
class Waived:
    """Survivors, sorted by what the file says of them."""

    equivalent: list[Mutant]
    known: list[Mutant]
    """holes that are written down"""
    unexplained: list[Mutant]
    stale: list[Waiver]
    """entries that fit no survivor"""


def read_waivers(path: Path) -> list[Waiver]:
    """The file's entries; none if it is not there. Raises WaiverError."""
    if not path.is_file():
        return []
    try:
        tree = YAML(typ="safe").load(path.read_text(encoding="utf-8")) or []
        return TypeAdapter(list[Waiver]).validate_python(tree)
    except (YAMLError, UnicodeDecodeError) as error:
        raise WaiverError(f"{path}: not readable as YAML: {error}") from error
    except ValidationError as error:
        problem = error.errors()[0]
        place = ", ".join(f"entry {p + 1}" if isinstance(p, int) else str(p) for p in problem["loc"]) or "the file"
        raise WaiverError(f"{path}: {place}: {problem['msg']}; an entry has question, change and why") from error


def sort_survivors(survivors: Collection[Mutant], waivers: Collection[Waiver]) -> Waived:
    """Which survivors the waivers explain, and which waivers explain none."""
    why = {m.id: next((w for w in waivers if w.fits(m)), None) for m in survivors}
    return Waived(
        equivalent=[m for m in survivors if why[m.id] and why[m.id].equivalent],
        known=[m for m in survivors if why[m.id] and not why[m.id].equivalent],
        unexplained=[m for m in survivors if not why[m.id]],
        stale=[w for w in waivers if not any(w.fits(m) for m in survivors)],
    )


def _plain(change: str) -> list[tuple[str, str]]:
    """Signs and lines, without the indentation that all lines share: YAML and people change that."""
    lines = [line for line in change.splitlines() if line.strip()]
    bodies = textwrap.dedent("\n".join(" " + line[1:] for line in lines)).split("\n")
    return [(line[0], body.rstrip()) for line, body in zip(lines, bodies, strict=True)]
