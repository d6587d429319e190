"""This package as a wheel, made without building anything: the image installs it without the network."""

from __future__ import annotations

import base64
import hashlib
from importlib import metadata
from pathlib import Path

import gradetape

WHEEL = """\
Wheel-Version: 1.0
Generator: gradetape
Root-Is-Purelib: true
Tag: py3-none-any
"""


def wheel_name() -> str:
    return f"gradetape-{metadata.version('gradetape')}-py3-none-any.whl"


def wheel_files() -> dict[str, bytes]:
    """What stands in the wheel: the package's files, and the metadata that pip asks for.

    The format is PEP 427's: https://packaging.python.org/specifications/binary-distribution-format/
    """
    root = Path(gradetape.__file__).parent
    paths = sorted(p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    files = {f"gradetape/{p.relative_to(root).as_posix()}": p.read_bytes() for p in paths}
    installed = metadata.distribution("gradetape")
    info = f"gradetape-{installed.version}.dist-info"
    files[f"{info}/METADATA"] = installed.read_text("METADATA").encode()
    files[f"{info}/entry_points.txt"] = installed.read_text("entry_points.txt").encode()
    files[f"{info}/WHEEL"] = WHEEL.encode()
    lines = [f"{name},sha256={_digest(content)},{len(content)}" for name, content in files.items()]
    files[f"{info}/RECORD"] = "\n".join([*lines, f"{info}/RECORD,,", ""]).encode()
    return files


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
