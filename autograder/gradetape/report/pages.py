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
    made.filters |= {"points": points, "clean": clean, "prose": prose}
    return made


def prose(text: str) -> Markup:
    """A title or a hint, with its `code` set as code."""
    return Markup(re.sub("`([^`]+)`", r"<code>\1</code>", str(escape(text))))
