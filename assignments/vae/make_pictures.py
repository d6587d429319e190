"""Makes the notebook's two pictures, `data/cover.png` and `data/collapse.png`, by training its own solution.

Run it with the project's Python, from anywhere; both files are committed. It takes a minute.
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
    """What the solution's cells define: the data, the answers and the function that trains."""
    names, in_tests = {}, False
    for cell in jupytext.read(FOLDER / "vae.py").cells:
        if cell.cell_type == "raw":
            in_tests = "BEGIN TESTS" in cell.source or (in_tests and "END TESTS" not in cell.source)
        elif cell.cell_type == "code" and not in_tests and "import otter" not in cell.source:
            wanted = "demo" not in cell.metadata.get("tags", []) or "def trained_vae" in cell.source
            if wanted:
                exec(PROMPT.sub("", cell.source), names)
    return names


def sheet(np, images, columns, gap=1):
    """Images `(N, H, W, 1)` side by side in one array, ink dark, with white between them."""
    padded = np.pad(1 - np.asarray(images)[..., 0], ((0, 0), (0, gap), (0, gap)), constant_values=1)
    count, height, width = padded.shape
    return padded.reshape(count // columns, columns, height, width).swapaxes(1, 2).reshape(-1, columns * width)


def draw_cover(names):
    """Reconstructions, the latent plane and new digits of the trained solution."""
    np, plt = names["np"], names["plt"]
    vae, _ = names["trained_vae"]()
    held_out, labels = names["held_out_images"], names["held_out_labels"]
    codes = vae.encoder(held_out)[0]
    ten = np.array([np.flatnonzero(labels == digit)[0] for digit in range(10)])
    figure, panels = plt.subplots(1, 3, figsize=(12, 4.4), width_ratios=[0.8, 1, 1], layout="constrained")
    between = np.zeros((10, 8, 1, 1))
    pairs = np.concatenate([held_out[ten], between, np.asarray(vae.decoder(codes))[ten]], axis=2)
    panels[0].imshow(sheet(np, pairs, columns=2, gap=3), cmap="gray", vmin=0, vmax=1)
    panels[0].set_title("digits, each with its reconstruction")
    for (x, y), label in zip(np.asarray(codes), labels):
        panels[1].text(x, y, str(label), color=names["DIGIT_COLOURS"][label], fontsize=8, ha="center", va="center", clip_on=True)
    panels[1].set(xlim=(-3, 3), ylim=(-3, 3), title="where each digit lives", aspect="equal")
    panels[2].imshow(sheet(np, names["generate"](vae.decoder, 100, 2, seed=5), columns=10), cmap="gray", vmin=0, vmax=1)
    panels[2].set_title("digits that nobody wrote")
    for panel in panels:
        panel.set(xticks=[], yticks=[])
    for panel in panels[::2]:
        panel.set_frame_on(False)
    figure.savefig(FOLDER / "data" / "cover.png", dpi=80, bbox_inches="tight")


def draw_collapse(names):
    """Held-out digits, rebuilt after training with the mean over pixels, and with the sum."""
    np, plt, kl_divergence = names["np"], names["plt"], names["kl_divergence"]
    images = names["held_out_images"][:10]
    rows = {"the digits": images}
    for title, factor in [("averaged over pixels", 64), ("summed over pixels", 1)]:
        # To average the reconstruction over 64 pixels is to weigh the KL 64 times as much, but for a factor before the whole.
        names["kl_divergence"] = lambda *cloud: factor * kl_divergence(*cloud)
        names["trained_vae"].cache_clear()
        vae, _ = names["trained_vae"]()
        rows[title] = vae.decoder(vae.encoder(images)[0])
    figure, panels = plt.subplots(3, 1, figsize=(7, 2.6), layout="constrained")
    for panel, (title, row) in zip(panels, rows.items()):
        panel.imshow(sheet(np, row, columns=10), cmap="gray", vmin=0, vmax=1)
        panel.set_ylabel(title, rotation=0, ha="right", va="center")
        panel.set(xticks=[], yticks=[], frame_on=False)
    figure.savefig(FOLDER / "data" / "collapse.png", dpi=80)


if __name__ == "__main__":
    os.chdir(FOLDER)
    names = solution_names()
    draw_cover(names)
    draw_collapse(names)
