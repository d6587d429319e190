"""Exports as Gradescope, Canvas and Moodle make them, in small."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

NOTEBOOK = json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})

METADATA = """---
submission_101:
  :submitters:
  - :name: Ana María López
    :sid: '0123'
    :email: ana@uni.example
  :created_at: 2026-10-05 21:52:07.938335000 Z
  :score: 71.5
  :status: processed
  :results:
    score: 71.5
    tests:
    - name: kl
      output: |-
        :submitters: [not, these]
          deeper

        and on
    execution_time:
  :history:
  - :submitters: []
    :created_at: 2026-10-04 09:00:00.000000000 Z
    :score: 10.0
    :results:
      score: 10.0
    :id: 90
submission_102:
  :submitters:
  - :name: 李娜
    :sid: '0200'
    :email: li@uni.example
  - :name: "O'Neil, \\"Bo\\""
    :sid: '0201'
    :email: bo@uni.example
  :created_at: 2026-10-06 08:00:00.000000000 Z
  :history:
  - :submitters: []
    :created_at: 2026-10-06 09:30:00.000000000 Z
    :id: 140
submission_103:
  :submitters:
  - :name: No
    :sid: '0300'
    :email: no@uni.example
  :created_at: 2026-10-05 12:00:00.000000000 Z
  :history: []
"""

CANVAS = (
    "lópezanamaría_1001_50001_vae-1.ipynb",
    "oneilbo_LATE_1002_50002_vae.ipynb",
    "oneilbo_LATE_1002_50003_notes.pdf",
    "李娜_1003_50004_vae.ipynb",
    "李娜_1003_50005_vae-2.ipynb",
    "textonly_1004_text.html",
)

MOODLE = (
    "Ana María López_7001_assignsubmission_file_/vae.ipynb",
    "Ana María López_7001_assignsubmission_file_/digits.npz",
    "Ana María López_7001_assignsubmission_onlinetext_/onlinetext.html",
    "李娜_7002_assignsubmission_file/vae.ipynb",
    "Words Only_7003_assignsubmission_onlinetext/onlinetext.html",
)


def put(folder: Path, *names: str, **texts: str) -> Path:
    """Write notebooks called `names` into a folder, and other files by name and text."""
    for name, text in [*((name, NOTEBOOK) for name in names), *texts.items()]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def zipped(folder: Path, inside: str = "") -> Path:
    """The folder as a zip beside it; everything in one folder `inside`, if given."""
    path = folder.with_name(f"{folder.name}.zip")
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, Path(inside) / file.relative_to(folder))
    return path


def gradescope(folder: Path, metadata: str | None = METADATA, *others: str) -> Path:
    """An export of three submissions, one by a group; `others` are more files."""
    put(folder, *(f"submission_{n}/vae.ipynb" for n in (101, 102, 103)), *others)
    if metadata is not None:
        (folder / "submission_metadata.yml").write_text(metadata, encoding="utf-8")
    return folder


def canvas(folder: Path) -> Path:
    return put(folder, *CANVAS)


def moodle(folder: Path, flat: bool = False) -> Path:
    """A download in folders, or with `flat` in files."""
    return put(folder, *(name.replace("_/", "_").replace("file/", "file_").replace("text/", "text_") if flat else name for name in MOODLE))
