"""Changes of one name for another that is known at the same place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from difflib import SequenceMatcher

from .text import Edit, Text


def swapped_names(text: Text, node: ast.AST) -> Iterator[Edit]:
    """A parameter or local variable read, replaced by the most similar one bound before it."""
    if not (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)):
        return
    if _is_called(text, node) or isinstance(text.parents[node], ast.keyword) and text.parents[node].arg is None:
        return
    known = _bound_before(text, node)
    if node.id in known and (other := _most_similar(node.id, known)):
        yield text.replaced("swapped name", node, other)


def swapped_attributes(text: Text, node: ast.AST) -> Iterator[Edit]:
    """`self.encoder` read where `self.decoder` was meant: the most similar attribute used in the same way."""
    if not (_is_own(node) and isinstance(node.ctx, ast.Load)):
        return
    owner = text.parents[node]
    while not isinstance(owner, (ast.ClassDef, ast.Module)):
        owner = text.parents[owner]
    known = [n.attr for n in ast.walk(owner) if _is_own(n) and _use(text, n) == _use(text, node)]
    if other := _most_similar(node.attr, known):
        yield text.replaced("swapped name", node, f"self.{other}")


def _is_own(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"


def _is_called(text: Text, node: ast.AST) -> bool:
    parent = text.parents[node]
    return isinstance(parent, ast.Call) and parent.func is node


def _use(text: Text, node: ast.AST) -> str:
    """What is done with a value: it is called, or an attribute of it is read, or something else."""
    parent = text.parents[node]
    return "()" if _is_called(text, node) else parent.attr if isinstance(parent, ast.Attribute) else ""


def _bound_before(text: Text, node: ast.Name) -> list[str]:
    """Names of the enclosing functions that hold a value when `node` is read, in order of binding.

    What a `with` names is left out: a tape for an array is a mistake that nobody makes.
    """
    names: list[str] = []
    scope = text.parents[node]
    while not isinstance(scope, ast.Module):
        if isinstance(scope, (ast.FunctionDef, ast.Lambda)):
            bound = [argument.arg for argument in ast.walk(scope.args) if isinstance(argument, ast.arg)]
            bound += [
                name.id
                for name in ast.walk(scope)
                if isinstance(name, ast.Name)
                and isinstance(name.ctx, ast.Store)
                and name.lineno < node.lineno
                and not isinstance(text.parents[name], ast.withitem)
            ]
            names = bound + names
        scope = text.parents[scope]
    return [name for name in dict.fromkeys(names) if name not in ("self", "_")]


def _most_similar(name: str, known: list[str]) -> str | None:
    others = [other for other in dict.fromkeys(known) if other != name]
    return max(others, key=lambda other: SequenceMatcher(None, name, other).ratio(), default=None)
