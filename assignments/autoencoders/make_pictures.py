"""Makes the notebook's picture, `data/cover.png`, by training its own solution.

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
COLOURS = ["#BBBBBB", "#56B4E9", "#56B4E9", "#D55E00"]


def solution_names():
    """What the solution's cells define: the data, the answers, and the functions of the cells for show."""
    names, in_tests = {}, False
    for cell in jupytext.read(FOLDER / "autoencoders.py").cells:
        if cell.cell_type == "raw":
            in_tests = "BEGIN TESTS" in cell.source or (in_tests and "END TESTS" not in cell.source)
        elif cell.cell_type == "code" and not in_tests and "import otter" not in cell.source:
            source = PROMPT.sub("", cell.source)
            if "demo" in cell.metadata.get("tags", []):
                source = source.split("\nwith picture(")[0] if source.startswith(("def ", "@")) else ""
            exec(source, names)
    return names


def draw_digits(names, panel):
    """Held-out digits, each beside what eight numbers keep of it."""
    np = names["np"]
    _, encoder, decoder = names["trained_autoencoder"]()
    ten = np.array([np.flatnonzero(names["held_out_labels"] == digit)[0] for digit in range(10)])
    originals = names["held_out_images"][ten]
    halves = [1 - np.asarray(flat).reshape(10, 8, 8) for flat in (originals, decoder(encoder(originals)))]
    pairs = np.concatenate([np.pad(half, ((0, 0), (1, 1), (1, 2)), constant_values=1) for half in halves], axis=2)
    panel.imshow(pairs.reshape(5, 2, 10, -1).swapaxes(1, 2).reshape(50, -1), cmap="gray", vmin=0, vmax=1)
    panel.set(title="digits through eight numbers", xticks=[], yticks=[], frame_on=False)


def draw_beta(names, panel):
    """The first beta of a held-out month, true and learned, against its characteristic."""
    np, characteristics, month = names["np"], names["characteristics"], -1
    truth, learned = names["true_betas"](characteristics), names["trained_factor_model"]()[0]
    held_out = slice(names["TRAINING_MONTHS"], None)
    mix = np.linalg.lstsq(learned[held_out].reshape(-1, 3), truth[held_out].reshape(-1, 3), rcond=None)[0]
    place = characteristics[month, :, 0]
    order = np.argsort(place)
    panel.plot(place[order], truth[month, order, 0], "k-", label="true")
    panel.plot(place, (learned[month] @ mix)[:, 0], "o", color=COLOURS[-1], alpha=0.6, label="learned")
    panel.set(title="a beta, in a month never trained on", xlabel="characteristic 1", ylabel="beta 1")
    panel.legend()


def draw_scores(names, panel):
    """Out-of-sample total R² of all models."""
    start = names["TRAINING_MONTHS"]
    models = {**names["baselines"](), "conditional\nautoencoder": names["trained_factor_model"]()[2]}
    scores = [names["total_r2"](names["returns"][start:], explained[start:]) for explained in models.values()]
    panel.bar_label(panel.bar(list(models), scores, color=COLOURS, edgecolor="black"), fmt="%.2f")
    panel.set(title="returns explained, out of sample", ylabel="total R²", ylim=(0, 1))


if __name__ == "__main__":
    os.chdir(FOLDER)
    names = solution_names()
    figure, panels = names["plt"].subplots(1, 3, figsize=(13, 4), width_ratios=[0.8, 1, 1.2], layout="constrained")
    for draw, panel in zip((draw_digits, draw_beta, draw_scores), panels):
        draw(names, panel)
    figure.savefig(FOLDER / "data" / "cover.png", dpi=80)
