"""What all pages share: where their templates are, and how text gets into them."""

from __future__ import annotations

import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from .words import clean, points


@cache
def environment() -> Environment:
    """The templates; everything put into one is escaped unless it is Markup."""
    made = Environment(
        loader=PackageLoader("gradetape.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters |= {"points": points, "clean": clean, "prose": prose, "md": markdown, "fenced": fenced, "signed": signed}
    return made


def prose(text: str) -> Markup:
    """A title or a hint, with its `code` set as code."""
    return Markup(re.sub("`([^`]+)`", r"<code>\1</code>", str(escape(text))))


def signed(value: float) -> str:
    """Two decimals, with a minus sign that is one."""
    return f"{value:.2f}".replace("-0.00", "0.00").replace("-", "−")


def markdown(text: str) -> Markup:
    """Text within a line of Markdown, that says itself and no more; its `code` stays code."""
    parts = re.split("((?<!`)`[^`]+`(?!`))", " ".join(text.split()))
    return Markup("".join(part if n % 2 else _MARKS.sub(r"\\\g<0>", part) for n, part in enumerate(parts)))


def fenced(text: str, indent: int = 0) -> Markup:
    """Text as a block of code, whatever backticks are in it."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return Markup("\n".join(" " * indent + line for line in (f"{fence}text", *text.split("\n"), fence)))


# What Markdown takes for markup within a line, and at its beginning.
_MARKS = re.compile(r"[\\`*_\[\]<>|~&$]|^[#+\-=](?=\s|[#+\-=]|$)|(?<=^\d)[.)]")
