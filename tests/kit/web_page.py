"""A page as a screen reader takes it, and its colours as eyes do."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from importlib import resources


class Outline(HTMLParser):
    """What a screen reader would list: headings by level, ids, references to them, and every tag."""

    def __init__(self, html):
        super().__init__()
        self.levels, self.ids, self.refers, self.tags, self.unlabelled = [], [], [], [], []
        self.html = html
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append((tag, attrs))
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if "id" in attrs:
            self.ids.append(attrs["id"])
        self.refers += attrs.get("aria-labelledby", "").split()
        if attrs.get("href", "").startswith("#"):
            self.refers.append(attrs["href"][1:])
        if attrs.get("role") in ("region", "img") or tag in ("nav", "section"):
            if not ({"aria-label", "aria-labelledby"} & attrs.keys()):
                self.unlabelled.append(tag)

    def sound(self) -> None:
        """Assert what every page owes: one h1, no level left out, references that lead somewhere, labels, scopes."""
        assert ("html", {"lang": "en"}) in self.tags
        assert self.levels[0] == 1 and self.levels.count(1) == 1
        assert all(b - a <= 1 for a, b in zip(self.levels, self.levels[1:]))
        assert len(self.ids) == len(set(self.ids)) and set(self.refers) <= set(self.ids)
        assert not self.unlabelled
        assert all(attrs.get("scope") in ("col", "row") for tag, attrs in self.tags if tag == "th")
        assert all(attrs.get("tabindex") == "0" for tag, attrs in self.tags if tag == "pre")
        assert sum(tag == "table" for tag, _ in self.tags) == sum(tag == "caption" for tag, _ in self.tags)
        hidden = [attrs.get("aria-hidden") == "true" for tag, attrs in self.tags if tag == "svg" and attrs.get("role") != "img"]
        assert all(hidden), "a picture says what it shows, or is hidden from those who listen"

    def needs_nothing(self) -> None:
        """Assert that nothing is loaded and nothing runs."""
        assert not [tag for tag, attrs in self.tags if "src" in attrs or tag in ("link", "script", "iframe", "object")]
        assert not [name for _, attrs in self.tags for name in attrs if name.startswith("on")]
        assert not re.search(r"https?:|@import|url\((?!#)", self.html)


def palette(scheme: str) -> dict[str, str]:
    """The pages' colours, light or dark, by name."""
    css = resources.files("gradetape.report").joinpath("templates/base.css").read_text()
    blocks = dict(zip(("light", "dark"), re.findall(r":root \{(.*?)\}", css, re.DOTALL), strict=True))
    return dict(re.findall(r"--(\w+): (#\w+)", blocks[scheme]))


def contrast(a: str, b: str) -> float:
    """WCAG 2.2's contrast ratio of two colours, 1 … 21."""
    light, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    colour = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear))
