"""Makes the notebook's opening picture, `data/cover.png`, by training its own solution.

Run it with the project's Python after `gradetape release gan`; the file is committed. It takes a minute.
"""

import os
from pathlib import Path

import matplotlib
import nbformat

matplotlib.use("Agg")
FOLDER = Path(__file__).parent
SOLUTION = FOLDER.parents[1] / "solutions" / "gan.ipynb"


def solution_names():
    """What the solution's cells define once it has been trained."""
    names = {}
    for cell in nbformat.read(SOLUTION, as_version=4).cells:
        tags = cell.metadata.get("tags", [])
        shown = "demo" in tags and "def train(" not in cell.source
        if cell.cell_type == "code" and not shown and "check" not in tags and "import otter" not in cell.source:
            exec(cell.source, names)
    return names


def draw_cover(names):
    """The same latent points after several epochs, row by row, and real digits below."""
    np, plt, snapshots = names["np"], names["plt"], names["snapshots"]
    titles = [f"after {epoch} epoch{'s' * (epoch > 1)}" for epoch in snapshots.epochs]
    rows = [*zip(titles, snapshots.images), ("real digits", names["images"])]
    figure, panels = plt.subplots(len(rows), 1, figsize=(9, 3.6), layout="constrained")
    for panel, (title, batch) in zip(panels, rows):
        row = np.pad(np.asarray(batch)[:12, ..., 0], ((0, 0), (0, 0), (0, 1)), constant_values=-1)
        panel.imshow(np.concatenate(list(row), axis=1), cmap="gray_r", vmin=-1, vmax=1)
        panel.set_ylabel(title, rotation=0, ha="right", va="center")
        panel.set(xticks=[], yticks=[], frame_on=False)
    figure.savefig(FOLDER / "data" / "cover.png", dpi=80)


if __name__ == "__main__":
    os.chdir(FOLDER)
    draw_cover(solution_names())
