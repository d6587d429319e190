"""Many hand-ins: who handed in what, and grading them side by side."""
