"""A person in a course."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """What is known of someone; any of it may be unknown."""

    name: str = ""
    email: str = ""
    sid: str = ""
    """the university's own number for them"""
    lms_id: str = ""
    """what the learning management system calls them: Canvas' user id, Moodle's participant number"""

    @property
    def label(self) -> str:
        """What to call them in a message."""
        return self.name or self.email or self.sid or self.lms_id or "someone unnamed"
