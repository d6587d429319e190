"""Mutants: a right answer with one place changed. A suite that accepts one has a hole, or the change means nothing."""

from __future__ import annotations

import ast
import difflib
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from .operators import calls, expressions, names, statements
from .operators.text import Edit, Text

_OPERATORS = (
    expressions.arithmetic,
    expressions.signs,
    expressions.comparisons,
    expressions.constants,
    calls.functions,
    calls.arguments,
    calls.collections,
    calls.variable_lists,
    statements.dropped,
    statements.augmented,
    statements.moved_out,
    names.swapped_names,
    names.swapped_attributes,
)


@dataclass(frozen=True)
class Mutant:
    """One change to one answer."""

    id: str
    """`kl_divergence-007`: the question and a number in the order of the source"""
    question: str
    operator: str
    """the kind of change: `axis`, `dropped statement`"""
    change: str
    """the lines that differ, `- old` above `+ new`"""
    diff: str
    """the same with the lines about them"""
    source: str


def mutate(question: str, source: str) -> list[Mutant]:
    """Every mutant of an answer's source, in the order of its places; the same list each time.

    Left out: what does not parse, what means the same by its syntax, and a change met before.
    """
    text = Text(source)
    seen = {_meaning(text.tree)}
    mutants = []
    edits = [edit for node in _walk(text.tree) for operator in _OPERATORS for edit in operator(text, node)]
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        changed = text.apply(edit)
        try:
            meaning = _meaning(ast.parse(changed))
        except SyntaxError:
            continue
        if meaning not in seen:
            seen.add(meaning)
            mutants.append(_mutant(f"{question}-{len(mutants) + 1:03d}", question, edit, source, changed))
    return mutants


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """The parts that a student writes: no decorators, defaults, annotations, docstrings or error messages."""
    yield node
    if isinstance(node, (ast.Raise, ast.Assert, ast.JoinedStr)):
        return
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        children = node.body
    elif isinstance(node, ast.AnnAssign):
        children = [node.value] if node.value else []
    else:
        children = ast.iter_child_nodes(node)
    for child in children:
        if not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
            yield from _walk(child)


def _meaning(tree: ast.AST) -> str:
    return ast.dump(tree)


def _mutant(name: str, question: str, edit: Edit, source: str, changed: str) -> Mutant:
    old, new = source.splitlines(), changed.splitlines()
    lines = [line for line in difflib.unified_diff(old, new, n=0, lineterm="")][3:]
    lines = [line for line in lines if not line.startswith("@@")]
    bodies = textwrap.dedent("\n".join(line[1:] for line in lines)).split("\n")
    change = "\n".join(f"{line[0]} {body}".rstrip() for line, body in zip(lines, bodies, strict=True))
    diff = "\n".join(list(difflib.unified_diff(old, new, n=2, lineterm=""))[2:])
    return Mutant(name, question, edit.operator, change, diff, changed)
