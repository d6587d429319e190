"""Changes to calls and collections: reductions, axes, arguments, flags, elements, lists of variables."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise

from .text import Edit, Text, is_own

REDUCTIONS = {
    "sum": ["mean", "max"],
    "mean": ["sum", "max"],
    "max": ["min", "mean"],
    "min": ["max"],
    "prod": ["sum"],
    "reduce_sum": ["reduce_mean", "reduce_max"],
    "reduce_mean": ["reduce_sum", "reduce_max"],
    "reduce_max": ["reduce_min", "reduce_mean"],
    "reduce_min": ["reduce_max"],
    "reduce_prod": ["reduce_sum"],
}
_TWINS = {
    "Mean": "Sum",
    "all": "any",
    "any": "all",
    "argmax": "argmin",
    "argmin": "argmax",
    "maximum": "minimum",
    "minimum": "maximum",
    "normal": "uniform",
    "uniform": "normal",
    "ones": "zeros",
    "zeros": "ones",
    "ones_like": "zeros_like",
    "zeros_like": "ones_like",
    "GlobalAveragePooling2D": "GlobalMaxPooling2D",
    "MaxPooling2D": "AveragePooling2D",
}
ELEMENTWISE = set(
    "abs absolute clip clip_by_value exp expm1 log log1p log_softmax logical_not norm relu sigmoid softmax "
    "softplus sqrt square stop_gradient tanh transpose".split()
)
_COMMUTATIVE = {"add", "equal", "isclose", "logical_and", "logical_or", "maximum", "minimum", "multiply", "not_equal"}
_VARIABLES = {"trainable_weights", "trainable_variables", "weights", "variables"}


def called(node: ast.Call) -> str:
    """The last name of what is called: `sum` for `keras.ops.sum(…)`."""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def functions(text: Text, node: ast.AST) -> Iterator[Edit]:
    """Another reduction or draw; a function left out; a loop that runs once; letters of an einsum exchanged."""
    if not isinstance(node, ast.Call):
        return
    name, end = called(node), text.span(node.func)[1]
    for other in REDUCTIONS.get(name, []):
        yield Edit("reduction", end - len(name.encode()), end, other)
    if name in _TWINS:
        yield Edit("function", end - len(name.encode()), end, _TWINS[name])
    if name in ELEMENTWISE and node.args:
        yield text.replaced("dropped function", node, f"({text.of(node.args[0])})")
    if name == "range" and len(node.args) == 1 and not isinstance(node.args[0], ast.Constant):
        yield text.replaced("loop", node.args[0], "1")
    if name == "einsum" and isinstance(node.args[0], ast.Constant):
        yield from _einsum(text, node.args[0])
    if isinstance(node.func, ast.Attribute) and "metrics" in text.of(node.func.value):
        for keyword in node.keywords:
            if keyword.arg == "name" and isinstance(keyword.value, ast.Constant):
                yield text.replaced("key", keyword.value, repr(f"{keyword.value.value}_x"))


def _einsum(text: Text, equation: ast.Constant) -> Iterator[Edit]:
    inputs, arrow, output = equation.value.partition("->")
    if arrow and len(output) > 1:
        yield text.replaced("einsum", equation, repr(inputs + arrow + output[:-2] + output[-1] + output[-2]))
    first, comma, second = inputs.partition(",")
    if len(first) > 1:
        yield text.replaced("einsum", equation, repr(first[:-2] + first[-1] + first[-2] + comma + second + arrow + output))


def arguments(text: Text, node: ast.AST) -> Iterator[Edit]:
    """Neighbouring arguments exchanged; a keyword argument left out; axes and `training` set otherwise."""
    if not isinstance(node, ast.Call):
        return
    for a, b in pairwise(node.args if called(node) not in _COMMUTATIVE else []):
        if not isinstance(a, ast.Starred) and not isinstance(b, ast.Starred):
            yield text.swapped("argument order", a, b)
    everything = [*node.args, *node.keywords]
    for index, keyword in enumerate(everything):
        if not isinstance(keyword, ast.keyword):
            continue
        if keyword.arg != "name":  # the name of a layer or model says nothing; a metric's is changed above
            yield text.without("dropped argument", everything, index, *text.inside(node))
        if keyword.arg in ("axis", "axes"):
            now = text.of(keyword.value)
            yield from (text.replaced("axis", keyword.value, axis) for axis in ("0", "1", "-1") if axis != now)
        if keyword.arg == "training" and not isinstance(keyword.value, ast.Constant):
            yield from (text.replaced("training", keyword.value, flag) for flag in ("True", "False"))


def collections(text: Text, node: ast.AST) -> Iterator[Edit]:
    """Elements of a list, tuple or dict exchanged or left out; layers of a Sequential, outputs of a model."""
    if isinstance(node, ast.Dict):
        for index in range(len(node.values)):
            yield _without_item(text, node, index)
    if not isinstance(node, (ast.List, ast.Tuple)):
        return
    parent = text.parents[node]
    over_axes = isinstance(parent, ast.keyword) and parent.arg in ("axis", "axes")
    shape_like = all(isinstance(e, (ast.Constant, ast.UnaryOp)) for e in node.elts)
    if not over_axes:
        for a, b in pairwise(node.elts):
            yield text.swapped("order", a, b)
    if isinstance(node.ctx, ast.Load) and len(node.elts) > 1 and (over_axes or not shape_like):
        # A tuple without brackets ends where it ends; with them, or for a list, the brackets stay.
        start, end = text.span(node)
        bracketed = text.slice(start, start + 1) in "([" and text.outer(node.elts[0], start, end)[0] != start
        low, high = (start + 1, end - 1) if bracketed else (start, end)
        for index in range(len(node.elts)):
            yield text.without("dropped element", node.elts, index, low, high)


def _without_item(text: Text, node: ast.Dict, index: int) -> Edit:
    """Drop a dict's item, up to the next key, or back to the value before."""
    starts = [text.span(key or value)[0] for key, value in zip(node.keys, node.values, strict=True)]
    end = text.span(node)[1] - 1
    if index + 1 < len(starts):
        return Edit("dropped element", starts[index], starts[index + 1], "")
    start = text.span(node.values[index - 1])[1] if index else starts[index]
    return Edit("dropped element", start, end, "")


def variable_lists(text: Text, node: ast.AST) -> Iterator[Edit]:
    """Of a gradient or an update: the first or the last variable left out, one network's for all, all for one's."""
    if not (isinstance(node, ast.Attribute) and node.attr in _VARIABLES and isinstance(node.ctx, ast.Load)):
        return
    for rest in ("[1:]", "[:-1]"):
        yield text.replaced("variables", node, text.of(node) + rest)
    if is_own(node.value):
        yield text.replaced("variables", node, f"self.{node.attr}")
    elif is_own(node):
        parts = [own.attr for own in text.own_attributes(node) if text.use(own) == "()"]
        for part in dict.fromkeys(parts):
            yield text.replaced("variables", node, f"self.{part}.{node.attr}")
