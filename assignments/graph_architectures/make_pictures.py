"""Makes the notebook's opening picture, `data/cover.png`, by running its own solution.

Run it with the project's Python after `gradetape release graph_architectures`; the file is committed. It takes a minute.
"""

import os
from pathlib import Path

import matplotlib
import nbformat

matplotlib.use("Agg")
FOLDER = Path(__file__).parent
SOLUTION = FOLDER.parents[1] / "solutions" / "graph_architectures.ipynb"


def solution_names():
    """What the solution's cells define once its two networks are trained."""
    names = {}
    for cell in nbformat.read(SOLUTION, as_version=4).cells:
        if cell.cell_type == "code" and "check" not in cell.metadata.get("tags", []) and "import otter" not in cell.source:
            exec(cell.source, names)
    names["plt"].close("all")
    return names


def draw_cover(names):
    """A scene in both eyes; predicted against true shifts; what the similarity model says of pairs of digits."""
    np, plt = names["np"], names["plt"]
    figure = plt.figure(figsize=(12, 3.4), layout="constrained")
    grid = figure.add_gridspec(2, 3, width_ratios=[1.4, 1, 1.15])
    scene = int(np.flatnonzero(names["held_out_shifts"] == 6)[0])
    for row, (view, side) in enumerate(zip(names["held_out_views"], ["left", "right"])):
        panel = figure.add_subplot(grid[row, 0])
        panel.imshow(view[scene, :, :, 0], cmap="gray_r", vmin=0, vmax=1)
        panel.set(xticks=[], yticks=[], title=f"what the {side} eye sees")
    panel = figure.add_subplot(grid[:, 1])
    jitter = np.random.default_rng(0).uniform(-0.15, 0.15, names["held_out_shifts"].shape)
    panel.plot([0, 8], [0, 8], color="black")
    panel.scatter(names["held_out_shifts"] + jitter, names["predicted"], s=8, alpha=0.6, color="#0072B2")
    panel.set(xlabel="true shift in pixels", ylabel="predicted shift", title="how near is it?", aspect="equal")
    panel = figure.add_subplot(grid[:, 2])
    drawn = panel.imshow(names["table"], cmap="cividis", vmin=0, vmax=1)
    panel.set(xticks=range(10), yticks=range(10), xlabel="second digit", ylabel="first digit", title="are they the same?")
    figure.colorbar(drawn, ax=panel, label="probability")
    figure.savefig(FOLDER / "data" / "cover.png", dpi=80)


if __name__ == "__main__":
    os.chdir(FOLDER)
    draw_cover(solution_names())
