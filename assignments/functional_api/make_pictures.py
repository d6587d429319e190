"""Makes the notebook's opening picture, `data/cover.png`, by training its own solution.

Run it with the project's Python after `gradetape release functional_api`; the file is committed. It takes a minute.
"""

import os
from pathlib import Path

import matplotlib
import nbformat

matplotlib.use("Agg")
FOLDER = Path(__file__).parent
SOLUTION = FOLDER.parents[1] / "solutions" / "functional_api.ipynb"
TRAINED = ("guesser", "HeldOutParts", "trained_router")
"""names in the cells for show that this picture needs"""


def solution_names():
    """What the solution's cells define once the router and the profile model have been trained."""
    names = {}
    for cell in nbformat.read(SOLUTION, as_version=4).cells:
        tags = cell.metadata.get("tags", [])
        shown = "demo" in tags and not any(name in cell.source for name in TRAINED)
        if cell.cell_type == "code" and not shown and "check" not in tags and "import otter" not in cell.source:
            exec(cell.source, names)
    return names


def draw_cover(names):
    """The router's graph, what each input tells about the department, and guessed ages."""
    plt, np, shares = names["plt"], names["np"], names["shares"]
    figure, panels = plt.subplots(1, 3, figsize=(11, 4.6), width_ratios=[1.6, 1, 1.1], layout="constrained")
    names["draw_graph"](names["build_ticket_router"](123, 7, 4), "a model as a graph", panels[0])
    panels[1].bar(list(names["readers"]), shares[:, 1], color="#0072B2")
    panels[1].set(ylim=(0, 1), xlabel="what the router can see", ylabel="share of unseen tickets")
    panels[1].set_title("sent to the right department", loc="left")
    panels[2].scatter(names["age"], names["guesses"]["age"][:, 0], s=12, alpha=0.7)
    panels[2].plot([16, 80], [16, 80], color="black")
    panels[2].set(xlabel="age of the writer", ylabel="age guessed from a post")
    panels[2].set_title("one of three outputs", loc="left")
    figure.savefig(FOLDER / "data" / "cover.png", dpi=90)


if __name__ == "__main__":
    os.chdir(FOLDER)
    draw_cover(solution_names())
