"""Changes to whole statements: left out, or moved out of the `with` that they belong in."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator

from .text import Edit, Text

_SIMPLE = (ast.Expr, ast.AugAssign, ast.Delete, ast.Raise, ast.Break, ast.Continue)
_BLOCKS = (ast.If, ast.For, ast.While, ast.With)
_AUGMENTED = {ast.Add: "-=", ast.Sub: "+=", ast.Mult: "/=", ast.Div: "*="}


def dropped(text: Text, node: ast.AST) -> Iterator[Edit]:
    """A statement left out: a call, an update, a block, a name given anew or kept on an object."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    if isinstance(node, (*_SIMPLE, *_BLOCKS)) or (isinstance(node, ast.Assign) and _is_missed_quietly(text, node)):
        yield text.replaced("dropped statement", node, "pass")


def _is_missed_quietly(text: Text, node: ast.Assign) -> bool:
    """Whether the code can run without the assignment: a name's first is missed by a NameError at once."""
    targets = {t.id for target in node.targets for t in ast.walk(target) if isinstance(t, ast.Name)}
    if any(isinstance(target, (ast.Attribute, ast.Subscript)) for target in node.targets):
        return True
    function = text.parents[node]
    while not isinstance(function, (ast.FunctionDef, ast.Module)):
        function = text.parents[function]
    if isinstance(function, ast.Module):
        return False
    earlier = {argument.arg for argument in ast.walk(function.args) if isinstance(argument, ast.arg)} | {
        name.id
        for name in ast.walk(function)
        if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store) and name.lineno < node.lineno
    }
    return targets <= earlier


def augmented(text: Text, node: ast.AST) -> Iterator[Edit]:
    """`+=` turned into `-=`, and the like, or into a plain assignment."""
    if isinstance(node, ast.AugAssign):
        place = text.find(rb"[-+*/@%&|^<>]+=", text.span(node.target)[1], text.span(node.value)[0])
        for other in filter(None, (_AUGMENTED.get(type(node.op)), "=")):
            yield Edit("operator", *place, other)


def moved_out(text: Text, node: ast.AST) -> Iterator[Edit]:
    """A block's last statement, after the block: a loss that the tape does not see."""
    if not isinstance(node, ast.With):
        return
    last = node.body[-1]
    start, end = text.span(last)
    indent = " " * node.col_offset
    moved = textwrap.indent(textwrap.dedent(" " * last.col_offset + text.slice(start, end)), indent)
    if len(node.body) == 1:
        yield Edit("moved out of with", start, end, f"pass\n{moved}")
    else:
        yield Edit("moved out of with", start - last.col_offset, end, moved)
