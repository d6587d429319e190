"""A notebook's JSON without its outputs, in memory that does not grow with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

HEAVY_KEYS = {"outputs", "attachments", "widgets"}
"""what grading never reads and what makes notebooks large"""

_TO_QUOTE = re.compile(r'[^"]*+')
_IN_STRING = re.compile(r'(?:[^"\\]++|\\.)*+', re.DOTALL)
_SPACE = re.compile(r"\s*+")
_SCALARS = re.compile(r'[^"\[\]{},]*+')
# Whole strings too: one match takes a chunk's thousands of lines of output.
_INSIDE = re.compile(r'(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+")*+', re.DOTALL)


class TooMuch(Exception):
    """The JSON is larger, or has more brackets, than any notebook."""


def skim(chunks: Iterable[str], max_kept: int, max_tokens: int = 30_000_000) -> str:
    """The JSON text in `chunks`, with `[]` for the value of each heavy key.

    It looks at strings and brackets only: text that is not JSON comes out as something that is not JSON either.
    Raises TooMuch if more than `max_kept` characters are left or the heavy values hold more than `max_tokens` tokens.
    """
    text, kept = _Text(chunks), _Kept(max_kept)
    while text.more():
        for part in text.parts(_TO_QUOTE):
            kept.add(part)
        if not text.more():
            break
        kept.add('"')
        name = kept.add_all(text.string())
        kept.add('"')
        if name in HEAVY_KEYS:
            for part in text.parts(_SPACE):
                kept.add(part)
            if text.next_is(":"):
                text.advance()
                kept.add(": []")
                max_tokens -= _skip_value(text, max_tokens)
    return "".join(kept.pieces)


def _skip_value(text: _Text, max_tokens: int) -> int:
    """Move past one JSON value and return how many tokens it had."""
    depth = tokens = 0
    while text.more():
        for _ in text.parts(_INSIDE if depth else _SCALARS):
            pass
        if not text.more():
            break
        tokens += 1
        if tokens > max_tokens:
            raise TooMuch
        char = text.char()
        if char == '"':
            for _ in text.string():
                pass
            continue
        if depth == 0 and char in ",]}":
            break
        depth += (char in "[{") - (char in "]}")
        text.advance()
    return tokens


class _Kept:
    def __init__(self, limit: int):
        self.pieces: list[str] = []
        self.room = limit

    def add(self, piece: str) -> None:
        self.room -= len(piece)
        if self.room < 0:
            raise TooMuch
        self.pieces.append(piece)

    def add_all(self, pieces: Iterable[str]) -> str:
        start = len(self.pieces)
        for piece in pieces:
            self.add(piece)
        return "".join(self.pieces[start:])


class _Text:
    """A cursor over text that arrives in chunks."""

    def __init__(self, chunks: Iterable[str]):
        self._chunks: Iterator[str] = iter(chunks)
        self._buffer, self._at = "", 0

    def more(self) -> bool:
        while self._at >= len(self._buffer):
            chunk = next(self._chunks, None)
            if chunk is None:
                return False
            self._buffer, self._at = chunk, 0
        return True

    def char(self) -> str:
        return self._buffer[self._at]

    def next_is(self, char: str) -> bool:
        return self.more() and self.char() == char

    def advance(self) -> None:
        self._at += 1

    def parts(self, pattern: re.Pattern) -> Iterator[str]:
        """What `pattern`, a run of characters, matches from here on, chunk by chunk."""
        while self.more():
            end = pattern.match(self._buffer, self._at).end()
            yield self._buffer[self._at : end]
            self._at = end
            if end < len(self._buffer):
                return

    def string(self) -> Iterator[str]:
        """The inside of the string whose opening quote is next, chunk by chunk; moves past its closing quote."""
        self.advance()
        while self.more():
            end = _IN_STRING.match(self._buffer, self._at).end()
            yield self._buffer[self._at : end]
            self._at = end
            if end == len(self._buffer):
                continue
            self.advance()
            if self._buffer[end] == '"':
                return
            if not self.more():  # a lone backslash ends the file
                return
            self._buffer, self._at = "\\" + self._buffer, 0  # a backslash ended the chunk: its partner is in the next
