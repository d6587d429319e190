"""Makes the notebook's opening picture, `data/cover.png`, by running its own solution.

Run it with the project's Python, from anywhere; the file is committed. It takes a minute.
"""

import os
import re
from pathlib import Path

import jupytext
import matplotlib

matplotlib.use("Agg")
FOLDER = Path(__file__).parent
PROMPT = re.compile(r'^ *""" # BEGIN PROMPT.*?""" # END PROMPT\n?', re.DOTALL | re.MULTILINE)


def solution_names():
    """What the solution's cells define: the data, the answers and the function that paints."""
    names, in_tests = {}, False
    for cell in jupytext.read(FOLDER / "style_transfer.py").cells:
        if cell.cell_type == "raw":
            in_tests = "BEGIN TESTS" in cell.source or (in_tests and "END TESTS" not in cell.source)
        elif cell.cell_type == "code" and not in_tests and "import otter" not in cell.source:
            wanted = "demo" not in cell.metadata.get("tags", []) or "def paint" in cell.source
            if wanted:
                exec(PROMPT.sub("", cell.source), names)
    return names


def draw_cover(names):
    """The photograph, the painting and what becomes of the two."""
    np, plt = names["np"], names["plt"]
    painted, _ = names["paint"](names["SETTINGS"], names["STEPS"])
    figure, panels = plt.subplots(1, 3, figsize=(13, 3.5), layout="constrained")
    pictures = {"the content": names["base_image"][0], "the style": names["style_image"][0], "the content in that style": painted}
    for panel, (title, picture) in zip(panels, pictures.items()):
        panel.imshow(picture, interpolation="bicubic")
        panel.set_title(title)
        panel.axis("off")
    figure.savefig(FOLDER / "data" / "cover.png", dpi=80)


if __name__ == "__main__":
    os.chdir(FOLDER)
    draw_cover(solution_names())
