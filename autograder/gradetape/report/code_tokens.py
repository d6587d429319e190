"""Answers as sequences of tokens, for comparing: what was released is taken out, and names can be set aside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Name, String, _TokenType

Token = tuple[_TokenType, str]

ANY_NAME = "name"
"""stands for every name that is the student's own"""

_LEXER = PythonLexer()


@dataclass(frozen=True)
class Released:
    """What every student was given: its lines are nobody's own, its names mean the same to all."""

    lines: frozenset[tuple[str, ...]]
    names: frozenset[str]

    @classmethod
    def of(cls, sources: Iterable[str]) -> Released:
        """The released notebook's code cells."""
        lines = [line for source in sources for line in _lines(source)]
        return cls(frozenset(map(_texts, lines)), frozenset(text for line in lines for kind, text in line if kind in Name))


@dataclass(frozen=True)
class Tokens:
    """One answer without docstrings, layout and released lines."""

    written: tuple[str, ...]
    """as the student wrote it, comments included"""
    aside: tuple[str, ...]
    """without comments, and with every name of the student's own replaced by ANY_NAME"""


def tokens(source: str, released: Released) -> Tokens:
    """An answer's own tokens. Code that does not parse has tokens, too."""
    own = [token for line in _lines(source) if _texts(line) not in released.lines for token in line]
    code = [token for token in own if token[0] not in Comment]
    return Tokens(_texts(own), tuple(ANY_NAME if _is_own_name(code, place, released) else text for place, (_, text) in enumerate(code)))


def _is_own_name(code: list[Token], place: int, released: Released) -> bool:
    """Whether a renaming could have changed it: not what Python, Keras or the released notebook call by that name.

    `units` in `Dense(units=3)` and `mean` in `ops.mean` are theirs; `hidden` in `self.hidden` is the student's.
    """
    kind, text = code[place]
    if kind not in Name or kind in Name.Builtin or kind in Name.Namespace or text in released.names:
        return False
    before = [text for _, text in code[max(0, place - 2) : place]]
    if before[-1:] == ["."]:
        return before == ["self", "."]
    following = code[place + 1][1] if place + 1 < len(code) else ""
    return not (following == "=" and before[-1:] in (["("], [","]))


def _lines(source: str) -> list[list[Token]]:
    """The tokens line by line; docstrings and layout left out. A string over several lines counts to its first."""
    lines: list[list[Token]] = [[]]
    for kind, text in _LEXER.get_tokens(source):
        if not text.strip():
            lines += [[]] * ("\n" in text)
        elif kind not in String.Doc:
            lines[-1] = [*lines[-1], (kind, text.strip())]
    return [line for line in lines if line]


def _texts(line: Iterable[Token]) -> tuple[str, ...]:
    return tuple(text for _, text in line)
