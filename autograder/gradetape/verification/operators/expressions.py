"""Changes to arithmetic, comparisons, conditions and constants."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .calls import ELEMENTWISE, REDUCTIONS, called
from .text import Edit, Text

_ARITHMETIC = {
    ast.Add: (rb"\+", ["-"]),
    ast.Sub: (rb"-", ["+"]),
    ast.Mult: (rb"\*", ["/", "+"]),
    ast.Div: (rb"/", ["*"]),
    ast.FloorDiv: (rb"//", ["*"]),
    ast.Mod: (rb"%", ["*"]),
    ast.Pow: (rb"\*\*", ["*"]),
    ast.MatMult: (rb"@", []),
}
_ORDERED = (ast.Sub, ast.Div, ast.FloorDiv, ast.Pow, ast.MatMult)
_COMPARISONS = {
    ast.Lt: (rb"<", ["<=", ">"]),
    ast.LtE: (rb"<=", ["<", ">"]),
    ast.Gt: (rb">", [">=", "<"]),
    ast.GtE: (rb">=", [">", "<"]),
    ast.Eq: (rb"==", ["!="]),
    ast.NotEq: (rb"!=", ["=="]),
    ast.Is: (rb"\bis\b", ["is not"]),
    ast.IsNot: (rb"\bis\s+not\b", ["is"]),
    ast.In: (rb"\bin\b", ["not in"]),
    ast.NotIn: (rb"\bnot\s+in\b", ["in"]),
}
_WORDS = {
    "relu": "linear",
    "sigmoid": "linear",
    "tanh": "linear",
    "softmax": "sigmoid",
    "linear": "relu",
    "same": "valid",
    "valid": "same",
}
_NEGLIGIBLE = 1e-3
"""smaller constants guard against zero; doubled they do the same, so they are dropped instead"""


def arithmetic(text: Text, node: ast.AST) -> Iterator[Edit]:
    """Another operator; one operand only; the operands of `-`, `/`, `**` and `@` exchanged."""
    if not isinstance(node, ast.BinOp):
        return
    pattern, others = _ARITHMETIC.get(type(node.op), (None, []))
    place = pattern and text.find(pattern, text.span(node.left)[1], text.span(node.right)[0])
    if not place:
        return
    start, end = text.span(node)
    for other in others:
        yield Edit("operator", *place, other)
    left, right = text.slice(start, place[0]).rstrip(), text.slice(place[1], end).lstrip()
    yield Edit("dropped term", start, end, left)
    yield Edit("dropped term", start, end, f"-{right}" if isinstance(node.op, ast.Sub) else right)
    if isinstance(node.op, _ORDERED):
        yield text.swapped("operand order", node.left, node.right)


def signs(text: Text, node: ast.AST) -> Iterator[Edit]:
    """A minus dropped, or set before a number that is returned or given a name."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.Not)):
        yield text.replaced("sign", node, text.of(node.operand))
    if isinstance(node, (ast.Return, ast.Assign)) and _is_number(node.value) and not text.of(node.value).startswith("-"):
        yield text.replaced("sign", node.value, f"-({text.of(node.value)})")


def _is_number(node: ast.AST | None) -> bool:
    """Whether an expression is surely an array or a number: so that a minus before it means something."""
    if isinstance(node, ast.BinOp):
        # A sum may join lists, of variables say, as soon as one side is a bare name.
        return not isinstance(node.op, ast.Add) or any(map(_is_number, (node.left, node.right)))
    if isinstance(node, ast.Constant):
        return isinstance(node.value, (int, float)) and not isinstance(node.value, bool)
    return isinstance(node, ast.Call) and called(node) in REDUCTIONS.keys() | ELEMENTWISE


def comparisons(text: Text, node: ast.AST) -> Iterator[Edit]:
    """The boundary moved, the direction turned; `and` for `or`; a condition negated."""
    if isinstance(node, ast.Compare):
        operands = [node.left, *node.comparators]
        for left, operation, right in zip(operands, node.ops, node.comparators, strict=False):
            pattern, others = _COMPARISONS[type(operation)]
            place = text.find(pattern, text.span(left)[1], text.span(right)[0])
            for other in others if place else []:
                yield Edit("comparison", *place, other)
    elif isinstance(node, ast.BoolOp):
        word, other = (rb"\band\b", "or") if isinstance(node.op, ast.And) else (rb"\bor\b", "and")
        for left, right in zip(node.values, node.values[1:], strict=False):
            if place := text.find(word, text.span(left)[1], text.span(right)[0]):
                yield Edit("condition", *place, other)
    elif isinstance(node, (ast.If, ast.While, ast.IfExp)):
        simple = isinstance(node.test, ast.Compare) and isinstance(
            node.test.ops[0], (ast.Eq, ast.NotEq, ast.Is, ast.IsNot, ast.In, ast.NotIn)
        )
        if not simple:  # turned round above
            yield text.replaced("condition", node.test, f"not ({text.of(node.test)})")


def constants(text: Text, node: ast.AST) -> Iterator[Edit]:
    """Numbers, flags, and the words that name an activation, a padding or a key of a dict."""
    if isinstance(node, (ast.Dict, ast.Subscript)):
        keys = node.keys if isinstance(node, ast.Dict) else [node.slice]
        for key in keys:
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield text.replaced("key", key, repr(key.value + "_x"))
    if not isinstance(node, ast.Constant):
        return
    value = node.value
    if isinstance(value, bool):
        yield text.replaced("flag", node, str(not value))
    elif isinstance(value, int):
        yield text.replaced("constant", node, str(value + 1))
        if value == 1:
            yield text.replaced("constant", node, "0")
    elif isinstance(value, float):
        other = 1.0 if value == 0 else 0.0 if abs(value) < _NEGLIGIBLE else 2 * value
        yield text.replaced("constant", node, str(other))
    elif isinstance(value, str) and value in _WORDS:
        yield text.replaced("constant", node, repr(_WORDS[value]))
