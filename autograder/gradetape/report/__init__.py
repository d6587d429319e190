"""Grades for people: on the terminal, as files for the gradebook, as a feedback page for each student."""

from .feedback import write_feedback
from .files import as_dict, file_name, write_csv, write_json
from .terminal import print_report, print_table

__all__ = ["as_dict", "file_name", "print_report", "print_table", "write_csv", "write_feedback", "write_json"]
