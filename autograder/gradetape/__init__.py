"""GradeTape: auto-graded assignments for a course on advanced Keras."""

__version__ = "0.1.0"
