"""Changes of one name for another that is known at the same place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from difflib import SequenceMatcher

from .text import Edit, Text, is_own


def swapped_names(text: Text, node: ast.AST) -> Iterator[Edit]:
    """A parameter or local variable read, replaced by the most similar one bound before it."""
    if not (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)):
        return
    if text.use(node) == "()" or isinstance(text.parents[node], ast.keyword) and text.parents[node].arg is None:
        return
    known = _bound_before(text, node)
    if node.id in known and (other := _most_similar(node.id, known)):
        yield text.replaced("swapped name", node, other)


def swapped_attributes(text: Text, node: ast.AST) -> Iterator[Edit]:
    """`self.encoder` read where `self.decoder` was meant: the most similar attribute used or set in the same way."""
    if is_own(node) and isinstance(node.ctx, ast.Load):
        known = [own.attr for own in text.own_attributes(node) if text.use(own) == text.use(node)]
        kept = [own.attr for own in text.own_attributes(node) if isinstance(own.ctx, ast.Store)]
        known += kept if node.attr in kept else []
        if other := _most_similar(node.attr, known):
            yield text.replaced("swapped name", node, f"self.{other}")


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
