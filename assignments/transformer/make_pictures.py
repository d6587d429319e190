"""Makes the notebook's opening picture, `data/cover.png`, by training its own solution.

Run it with the project's Python, from anywhere; the file is committed. It takes two minutes.
"""

import os
import re
from pathlib import Path

import jupytext
import matplotlib

matplotlib.use("Agg")
FOLDER = Path(__file__).parent
PROMPT = re.compile(r'^ *""" # BEGIN PROMPT.*?""" # END PROMPT\n?', re.DOTALL | re.MULTILINE)
HELPERS = ("def show_weights", "def recorded_attention", "SIZES =", "def trained_transformer", "def attention_maps")
DATES = ["Wednesday, March 3rd 2021", "07/04/76"]


def solution_names():
    """What the solution's cells define: the data, the answers, and of the cells for show those that train and draw."""
    names, in_tests = {"Path": Path}, False
    for cell in jupytext.read(FOLDER / "transformer.py").cells:
        if cell.cell_type == "raw":
            in_tests = "BEGIN TESTS" in cell.source or (in_tests and "END TESTS" not in cell.source)
        elif cell.cell_type == "code" and not in_tests and "import otter" not in cell.source:
            if "demo" not in cell.metadata.get("tags", []) or any(helper in cell.source for helper in HELPERS):
                exec(PROMPT.sub("", cell.source), names)
    names["plt"].close("all")
    return names


def draw_cover(names):
    """What the trained solution writes for each date, and where it looks while it writes."""
    plt, vocabulary = names["plt"], names["target_vocabulary"]
    transformer, _ = names["trained_transformer"]()
    figure, panels = plt.subplots(1, 2, figsize=(12, 4), width_ratios=[len(text) + 6 for text in DATES], layout="constrained")
    for panel, text in zip(panels, DATES):
        tokens = names["decode_sequence"](transformer, names["source_vocabulary"].encode([text], 30), names["START"], names["END"], 11)
        answer = vocabulary.decode(tokens[0])
        weights = names["attention_maps"](transformer, text, answer).mean(axis=0)[: len(answer)]
        names["show_weights"](panel, weights, list(answer), list(text), f"{text}  →  {answer}")
        panel.set(xlabel="what it reads", ylabel="what it writes")
    figure.savefig(FOLDER / "data" / "cover.png", dpi=80)


if __name__ == "__main__":
    os.chdir(FOLDER)
    draw_cover(solution_names())
