"""Python scripts and cells as text: into cells, into top-level pieces, into definitions. Nothing needs to parse."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

MAX_PARSED = 200_000
"""characters: a syntax tree takes a thousand times its text"""

MAX_PIECES = 300

# jupytext, VS Code and Spyder write `# %%`, nbconvert and Colab `# In[3]:`.
_CELL_MARK = re.compile(r"^#[ \t]*(?:%%(?P<rest>.*)|In\s?\[[\d ]*\]:?\s*)$")
_TEXT_CELL = re.compile(r"\[(?:markdown|md|raw)\]")
_TAGS = re.compile(r"tags=\[(?P<tags>[^\]]*)\]")
_MAGIC = re.compile(r"^(?P<indent>[ \t]*)[%!?](?!=).*$")
_HEAD = re.compile(r"(?:@|def\b|class\b|async\b|import\b|from\b|if\b|for\b|while\b|with\b|try\b|[A-Za-z_][\w.]*\s*=[^=])")


def script_cells(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """A script's code cells, each with its tags; a script without cell marks is one cell.

    A cell that jupytext would make a text cell comes back empty, so that cells keep their numbers.
    """
    cells: list[tuple[list[str], tuple[str, ...], bool]] = [([], (), True)]
    header = _header_length(text)
    for line in text.split("\n")[header:]:
        if mark := _CELL_MARK.match(line):
            rest = mark["rest"] or ""
            tags = _TAGS.search(rest)
            names = tuple(re.findall(r"""["']([^"']+)["']""", tags["tags"])) if tags else ()
            cells.append(([], names, not _TEXT_CELL.search(rest)))
        else:
            cells[-1][0].append(line)
    if not "".join(cells[0][0]).strip() and len(cells) > 1:
        cells = cells[1:]
    return [("\n".join(map(_uncomment_magic, lines)).strip("\n") if code else "", tags) for lines, tags, code in cells]


def _header_length(text: str) -> int:
    """Lines of jupytext's commented YAML header."""
    lines = text.split("\n", 400)[:400]
    if lines and lines[0].rstrip() == "# ---":
        for number, line in enumerate(lines[1:], 2):
            if line.rstrip() == "# ---":
                return number
            if not line.startswith("#"):
                break
    return 0


def _uncomment_magic(line: str) -> str:
    """jupytext comments magics out, so that the script parses: `# %matplotlib inline`."""
    return line[2:] if re.match(r"# [%!][A-Za-z%]", line) else line


def parse(source: str) -> ast.Module | None:
    """The syntax tree, with lines for IPython alone (`%…`, `!…`) blanked out; None if it does not parse or is huge."""
    if len(source) > MAX_PARSED:
        return None
    blanked = "\n".join(_MAGIC.sub(r"\g<indent>pass", line) for line in source.split("\n"))
    for text in (source, blanked):
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return None


def pieces(source: str) -> list[str]:
    """The top-level statements of a cell, one after another; of a cell that does not parse, its top-level blocks.

    Each is preceded by as many empty lines as stand above it, so that tracebacks keep their line numbers. A cell of
    very many statements stays whole.
    """
    found = _pieces(source)
    return ["\n" * start + text for start, text in found] if len(found) <= MAX_PIECES else [source]


def _pieces(source: str) -> list[tuple[int, str]]:
    """Each piece with the number of lines above it."""
    lines = source.split("\n")
    tree = parse(source)
    starts = sorted({0, *(_statement_starts(tree) if tree else _block_starts(lines))})
    borders = zip(starts, [*starts[1:], len(lines)], strict=True)
    found = [(start, "\n".join(lines[start:end]).rstrip()) for start, end in borders]
    return [(start, text) for start, text in found if text]


def _first_line(node: ast.stmt) -> int:
    decorators = getattr(node, "decorator_list", [])
    return min([node.lineno, *(d.lineno for d in decorators)]) - 1


def _statement_starts(tree: ast.Module) -> list[int]:
    # Two statements on one line (`a = 1; b = 2`) stay together: only the first may start a piece.
    ends, starts = -1, []
    for node in tree.body:
        if _first_line(node) > ends:
            starts.append(_first_line(node))
        ends = max(ends, node.end_lineno - 1)
    return starts


def _block_starts(lines: list[str]) -> list[int]:
    """Lines at the left margin that begin a statement, a decorator's function counted with it."""
    starts, decorated = [], False
    for number, line in enumerate(lines):
        if _HEAD.match(line):
            if not decorated:
                starts.append(number)
            decorated = line.startswith("@")
    return starts


def definitions(source: str, names: Iterable[str]) -> str:
    """What a cell defines: imports, functions, classes, constants, and whatever is assigned to one of `names`.

    All at the lines where they stand; empty if there is nothing. Other assignments that call something are left out:
    they may take long.
    """
    wanted, lines = set(names), []
    for start, text in _pieces(source):
        tree = parse(text)
        if tree and any(_defines(node, wanted) for node in tree.body):
            lines += [""] * (start - len(lines)) + text.split("\n")
    return "\n".join(lines)


def _defines(node: ast.stmt, names: set[str]) -> bool:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)):
        return True
    if not isinstance(node, (ast.Assign, ast.AnnAssign)):
        return False
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    bound = {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}
    return bool(bound & names) or not any(isinstance(n, ast.Call) for n in ast.walk(node))


def binds(source: str, name: str) -> int:
    """How often the text, parsed or not, gives `name` a value at the top level."""
    pattern = rf"^(?:(?:async[ \t]+)?def|class)[ \t]+{re.escape(name)}\b|^{re.escape(name)}[ \t]*(?::[^=\n]*)?=(?!=)"
    return len(re.findall(pattern, source, re.MULTILINE))
