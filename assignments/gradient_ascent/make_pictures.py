"""Makes the notebook's opening picture, `data/cover.png`, by training its network and running its own solution.

Run it with the project's Python, from anywhere; the file is committed. It takes half a minute.
"""

import os
import re
from pathlib import Path

import jupytext
import matplotlib

matplotlib.use("Agg")
FOLDER = Path(__file__).parent
PROMPT = re.compile(r'^ *""" # BEGIN PROMPT.*?""" # END PROMPT\n?', re.DOTALL | re.MULTILINE)
ROWS = {"conv_1": "first layer", "conv_2": "second layer", "conv_3": "third layer"}
COLUMNS = 8


def solution_names():
    """What the solution's cells define: the data, the answers and the function that trains."""
    names, in_tests = {}, False
    for cell in jupytext.read(FOLDER / "gradient_ascent.py").cells:
        if cell.cell_type == "raw":
            in_tests = "BEGIN TESTS" in cell.source or (in_tests and "END TESTS" not in cell.source)
        elif cell.cell_type == "code" and not in_tests and "import otter" not in cell.source:
            wanted = "demo" not in cell.metadata.get("tags", []) or "def trained_classifier" in cell.source
            if wanted:
                exec(PROMPT.sub("", cell.source), names)
    return names


def draw_cover(names):
    """For each layer a row of filters, those whose activation the steps raise most."""
    np, plt, ops = names["np"], names["plt"], names["ops"]
    figure, panels = plt.subplots(len(ROWS), COLUMNS, figsize=(10, 4.1), layout="constrained")
    for row, (layer, title) in zip(panels, ROWS.items()):
        extractor = names["feature_extractor"](names["trained_classifier"](), layer)
        liked = [names["visualize_filter"](extractor, index, (36, 36, 1), 30, 1.0, 0) for index in range(extractor.output_shape[-1])]
        heights = [float(names["compute_loss"](extractor, ops.convert_to_tensor(image)[None], i)) for i, image in enumerate(liked)]
        for panel, index in zip(row, sorted(np.argsort(heights)[::-1][:COLUMNS])):
            panel.imshow(names["deprocess_image"](liked[index])[..., 0], cmap="gray", vmin=0, vmax=255)
        row[0].set_ylabel(title)
    for panel in panels.flat:
        panel.set(xticks=[], yticks=[], frame_on=False)
    figure.savefig(FOLDER / "data" / "cover.png", dpi=80)


if __name__ == "__main__":
    os.chdir(FOLDER)
    draw_cover(solution_names())
