"""An answer's source, addressed by the places of its syntax tree, and edits to it."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Edit:
    """One place changed: bytes `start` to `end` of the source become `text`."""

    operator: str
    """the kind of change, for people: `axis`, `dropped statement`"""
    start: int
    end: int
    text: str


class Text:
    """Source with its tree. Places are byte offsets, as in `ast`, counted from the source's start.

    Edits are made to the text and not to the tree, so that a mutant keeps its author's lines,
    comments and line breaks, and its diff shows the one place that changed.
    """

    def __init__(self, source: str):
        self.data = source.encode()
        self.tree = ast.parse(source)
        self._lines = [0]
        for line in self.data.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))
        self.parents = {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}
        self._bare = bytearray(self.data)
        for start, end in self._comments(source):
            self._bare[start:end] = b" " * (end - start)

    def _comments(self, source: str) -> Iterator[tuple[int, int]]:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                row, column = token.start
                start = self._lines[row - 1] + len(token.line[:column].encode())
                yield start, start + len(token.string.encode())

    def span(self, node: ast.AST) -> tuple[int, int]:
        """First byte and the byte after the last, without brackets put round the node."""
        return (
            self._lines[node.lineno - 1] + node.col_offset,
            self._lines[node.end_lineno - 1] + node.end_col_offset,
        )

    def of(self, node: ast.AST) -> str:
        return self.slice(*self.span(node))

    def slice(self, start: int, end: int) -> str:
        return self.data[start:end].decode()

    def use(self, node: ast.AST) -> str:
        """What is done with a value: `()` if it is called, the name of the attribute read of it, or nothing of these."""
        parent = self.parents[node]
        if isinstance(parent, ast.Call) and parent.func is node:
            return "()"
        return parent.attr if isinstance(parent, ast.Attribute) else ""

    def own_attributes(self, node: ast.AST) -> list[ast.Attribute]:
        """All `self.…` in the class that a node stands in, or in the whole source."""
        scope = node
        while not isinstance(scope, (ast.ClassDef, ast.Module)):
            scope = self.parents[scope]
        return [own for own in ast.walk(scope) if is_own(own)]

    def find(self, pattern: bytes, start: int, end: int) -> tuple[int, int] | None:
        """The place of the first match between two places, comments left out."""
        match = re.compile(pattern).search(self._bare, start, end)
        return match.span() if match else None

    def outer(self, node: ast.AST, low: int, high: int) -> tuple[int, int]:
        """The node's span with the round brackets that stand about it, between `low` and `high`."""
        start, end = self.span(node)
        while True:
            before, after = self._bare[low:start].rstrip(), self._bare[end:high]
            if not (before.endswith(b"(") and after.lstrip().startswith(b")")):
                return start, end
            start = low + len(before) - 1
            end += len(after) - len(after.lstrip()) + 1

    def inside(self, node: ast.AST) -> tuple[int, int]:
        """What lies between the brackets of a call's arguments, a list, a dict or a tuple in brackets."""
        start, end = self.span(node)
        if isinstance(node, ast.Call):
            start = self.find(rb"\(", self.span(node.func)[1], end)[0]
        return start + 1, end - 1

    def without(self, operator: str, nodes: Sequence[ast.AST], index: int, low: int, high: int) -> Edit:
        """Drop one of the elements, separated by commas, that stand between `low` and `high`."""
        spans = [self.outer(node, low, high) for node in nodes]
        start, end = spans[index]
        if index + 1 < len(spans):
            end = spans[index + 1][0]
        elif index:
            start = spans[index - 1][1]
        return Edit(operator, start, end, "")

    def swapped(self, operator: str, a: ast.AST, b: ast.AST) -> Edit:
        """Exchange two nodes, `a` standing before `b`."""
        (start, a_end), (b_start, end) = self.span(a), self.span(b)
        return Edit(operator, start, end, self.of(b) + self.slice(a_end, b_start) + self.of(a))

    def replaced(self, operator: str, node: ast.AST, text: str) -> Edit:
        return Edit(operator, *self.span(node), text)

    def apply(self, edit: Edit) -> str:
        return (self.data[: edit.start] + edit.text.encode() + self.data[edit.end :]).decode()


def is_own(node: ast.AST) -> bool:
    """Whether a node is an attribute of `self`."""
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"
