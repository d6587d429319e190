# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [raw]
# # ASSIGNMENT CONFIG
# name: functional_api
# init_cell: false
# export_cell: false
# tests:
#     ok_format: false
#     files: false

# %% [markdown]
# # Models as graphs: the functional API
#
# ![Left: the graph of a network with three inputs (title, body and tags of a ticket) that are joined and end in two outputs, priority and department. Middle: the share of unseen tickets sent to the right department, for networks that read one input only and for one that reads all three, which is the best. Right: ages guessed from posts against the writers' true ages, near the diagonal.](data/cover.png)
#
# Many models are not a chain. A help desk has a title, a text and some tags, and wants to know how urgent a ticket is *and* who should get it; a question is
# asked *about* a text; one post tells age, income and gender at once. Such a model is a graph, and Keras' **functional API** lets you write it
# down as one: you call layers on tensors, and tensors know where they came from.
#
# **You need** to have built and fitted a `keras.Sequential`. **It takes** about 80 minutes.
# Nothing here needs a GPU or the network.
#
# | question | you write | points |
# |---|---|---|
# | 1 | `build_classifier`: a chain, written as a graph | 10 |
# | 2 | `build_qa_model`: two inputs; a colleague's code, repaired | 20 |
# | 3 | `build_ticket_router`: three inputs, two outputs | 20 |
# | 4 | `compile_ticket_router`: two losses in one | 20 |
# | 5 | `make_dataset`: inputs and targets by name, shuffled, in batches | 15 |
# | 6 | `build_profile_model`: one input, three kinds of output | 15 |
#
# Fill in each cell that raises `NotImplementedError`, then run the check below it. No question needs the answer to another one; only the
# last pictures use several of them.

# %% [markdown]
# ## Set-up
#
# Run these cells first. In Google Colab the first one installs what is missing and asks for the zip file that you were given.

# %%
import json
import os
import sys
import zipfile
from pathlib import Path

if "google.colab" in sys.modules:
    get_ipython().run_line_magic("pip", "install --quiet otter-grader==7.0.0")
    if Path("functional_api").is_dir():
        os.chdir("functional_api")
    if not Path("data").is_dir():
        from google.colab import files

        print("Choose the zip file that you were given for this assignment.")
        zipfile.ZipFile(next(iter(files.upload()))).extractall()
        if Path("functional_api").is_dir():
            os.chdir("functional_api")
    # On Colab otter wants the checks as files; elsewhere it reads them from the notebook itself.
    Path("tests").mkdir(exist_ok=True)
    for question, check in json.loads(Path("functional_api.ipynb").read_text())["metadata"]["otter"]["tests"].items():
        Path("tests", f"{question}.py").write_text(check)

import otter

grader = otter.Notebook("functional_api.ipynb")

# %%
import contextlib

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from keras import layers, ops

keras.utils.set_random_seed(7)


@contextlib.contextmanager
def picture(waits_for):
    """Draw what stands in the block; while an answer that it needs is not written yet, say so instead."""
    try:
        yield
        plt.show()
    except NotImplementedError:
        plt.close("all")
        print(f"A picture comes here once {waits_for} is written.")


# %% [markdown]
# A graph is best seen. `draw_graph(model)` draws every layer of a functional model as a box, inputs at the top: the layer's name, its kind, and
# the shape of what comes out of it. `None` stands for a number that is not known yet, such as that of the examples in a batch. A layer that is called twice is drawn twice, under
# the same name: its weights exist once.


# %%
def graph_of(model):
    """The steps between a functional model's inputs and its outputs: `{step: steps before it}` and `{step: shape that comes out}`.

    A tensor of the functional API remembers the layer that made it, and which call of that layer it was: that pair is a step.
    """
    before, shapes = {}, {}

    def visit(tensor):
        layer, call, _ = tensor._keras_history
        step = layer, call
        if step not in before:
            before[step] = [visit(source) for source in layer._inbound_nodes[call].input_tensors]
            shapes[step] = tuple(tensor.shape)
        return step

    for tensor in [*model.inputs, *model.outputs]:
        visit(tensor)
    return before, shapes


def places(before):
    """Where to draw each step: `{step: (column, row)}`. A step stands just above the highest of those that need it."""
    after = {step: [later for later in before if step in before[later]] for step in before}

    def height(step):
        return 1 + max(map(height, after[step]), default=-1)

    columns, rows = {}, {step: height(step) for step in before}
    sources = [step for step in before if not before[step]]
    for row in sorted(set(rows.values()), reverse=True):
        here = [step for step in before if rows[step] == row]
        wish = {step: np.mean([columns[s] for s in before[step]]) if before[step] else sources.index(step) for step in here}
        here.sort(key=wish.get)
        taken = []
        for step in here:
            taken.append(max(wish[step], taken[-1] + 1) if taken else wish[step])
        middle = np.mean(taken) - np.mean([wish[step] for step in here])
        columns.update({step: column - middle for step, column in zip(here, taken)})
    return {step: (columns[step], rows[step]) for step in before}


def draw_graph(model, title="", axes=None):
    """Draw a functional model's graph with matplotlib, in a figure of its own unless `axes` is given. Graphviz is not needed."""
    if getattr(model, "outputs", None) is None:
        print("This model was not made by keras.Model(inputs, outputs), so it has no graph to draw.")
        return
    before, shapes = graph_of(model)
    place = places(before)
    across, down = (np.array(numbers) for numbers in zip(*place.values()))
    if axes is None:
        axes = plt.figure(figsize=(1.9 * (np.ptp(across) + 1), 0.95 * (np.ptp(down) + 1))).gca()
    for step, (column, row) in place.items():
        layer = step[0]
        colour = "#CFE3F1" if not before[step] else "#FBE3C8" if layer in [t._keras_history[0] for t in model.outputs] else "#EEEEEE"
        text = f"{layer.name}\n{type(layer).__name__}\n{shapes[step]}"
        axes.text(column, row, text, ha="center", va="center", fontsize=7, bbox={"facecolor": colour, "boxstyle": "round"}, zorder=2)
        for source in before[step]:
            axes.annotate("", (column, row + 0.3), (place[source][0], place[source][1] - 0.3), arrowprops={"arrowstyle": "->"}, zorder=1)
    axes.set(xlim=(across.min() - 0.6, across.max() + 0.6), ylim=(down.min() - 0.5, down.max() + 0.5))
    axes.set_title(title, loc="left")
    axes.axis("off")


# %% [markdown]
# The data. Question 1 uses 1,797 real handwritten digits of 8 × 8 pixels. The texts of the other questions are made up, from sentences that you will soon know
# by heart: so you can see for yourself what a network should find in them. A text is a row of **word numbers**; number 0 is *padding*, blank space on the left that
# makes all rows equally long. The last fifth of each set is *held out*: no network trains on it.


# %%
def read(name):
    """The arrays of one file of data, by name."""
    with np.load(f"data/{name}.npz") as arrays:
        return {key: arrays[key] for key in arrays}


def as_text(numbers, words):
    """The words that a row of numbers stands for, without the padding."""
    return " ".join(words[number] for number in numbers if number)


digits, stories, tickets, profiles = (read(name) for name in ("digits", "qa", "tickets", "profiles"))

# %% tags=["demo"]
for row in range(2):
    print("story:   ", as_text(stories["text"][row], stories["text_words"]))
    print("question:", as_text(stories["question"][row], stories["question_words"]))
    print("answer:  ", stories["answer_words"][stories["answer"][row]], "\n")
for row in range(2):
    tags = ", ".join(tickets["tag_names"][tickets["tags"][row] == 1])
    print(f"ticket:   {as_text(tickets['title'][row], tickets['words'])} | {as_text(tickets['body'][row], tickets['words'])} | {tags}")
    print("goes to: ", tickets["department_names"][tickets["department"][row]], "(urgent)" if tickets["priority"][row] else "", "\n")
print("post:    ", as_text(profiles["posts"][0], profiles["words"]))
print("writer:  ", profiles["age"][0], "years,", profiles["income_names"][profiles["income"][0]], "income,", "woman" if profiles["gender"][0] else "man")

# %% [raw]
# # BEGIN QUESTION
# name: classifier

# %% [markdown]
# ## 1 · A chain, written as a graph
#
# A `keras.Sequential` hides what happens between its layers. The functional API says it: `keras.Input` makes a *symbolic* tensor, one that has a shape and no values
# yet; calling a layer on it gives the next one; and `keras.Model(inputs, outputs)` is everything that lies between the two. Here is a Sequential. Write its twin,
# a model with the same layers in the same order:
#
# $$p = \mathrm{softmax}\bigl(h_2 W_3 + b_3\bigr), \qquad h_2 = \mathrm{relu}(h_1 W_2 + b_2), \qquad h_1 = \mathrm{relu}(x W_1 + b_1)$$
#
# | symbol | what it is | shape |
# |---|---|---|
# | $x$ | features; for the digits, 64 pixels | `(B, input_dim)`: `B` examples |
# | $h_1$, $h_2$ | what the hidden layers give | `(B, 32)` |
# | $p$ | probabilities of the classes | `(B, num_classes)` |


# %%
def build_sequential(input_dim, num_classes):
    """The model whose twin you write."""
    return keras.Sequential(
        [
            keras.Input((input_dim,)),
            layers.Dense(32, activation="relu"),
            layers.Dense(32, activation="relu"),
            layers.Dense(num_classes, activation="softmax"),
        ]
    )


# %% [markdown]
# **The wrong turn.** A layer belongs to a model only if it lies on a way from the inputs to the outputs. Below, the second layer is called on the input instead of on what the first one
# made. Nothing complains. The first layer is simply not in the model, and the parameters are too few.

# %% tags=["demo"]
pixels = keras.Input((64,), name="pixels")
first = layers.Dense(32, name="first")(pixels)
second = layers.Dense(32, name="second")(pixels)
torn = keras.Model(pixels, layers.Dense(10, name="third")(second))
print("parameters:", torn.count_params(), " of the Sequential:", build_sequential(64, 10).count_params())
draw_graph(torn, "where is the first layer?")
plt.show()

# %% [raw]
# # BEGIN SOLUTION


# %%
def build_classifier(input_dim, num_classes):
    """The functional twin of `build_sequential(input_dim, num_classes)`.

    input_dim: the number of features of an example. num_classes: the number of classes. Both are integers.

    Returns a model made by `keras.Model(inputs, outputs)`, and not a `keras.Sequential`: inputs of shape `(B, input_dim)`, outputs of shape
    `(B, num_classes)`, and between them the three Dense layers of the Sequential, all trained. With the Sequential's weights, handed over by
    `set_weights`, it gives the same outputs. Each call builds a new model with weights of its own.

    Example: `build_classifier(64, 10)` has 64·32 + 32 + 32·32 + 32 + 32·10 + 10 = 3,466 parameters.
    """
    # BEGIN SOLUTION NO PROMPT
    inputs = keras.Input((input_dim,))
    x = layers.Dense(32, activation="relu")(inputs)
    x = layers.Dense(32, activation="relu")(x)
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(inputs, outputs)
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. A symbolic input.
    # 2. Three layers, each called on what the one before made.
    # 3. The model between the first tensor and the last.
    raise NotImplementedError("build_classifier is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# A layer is a function of a tensor. What must stand in the brackets after <code>layers.Dense(…)</code>?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Give a name to what each layer returns, and call the next layer on it.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `keras.Input`, `keras.layers.Dense`, `keras.Model`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "It has the parameters of the Sequential, and is none."
failure_message: "Expected: the Sequential's 3,466 parameters, in a model made from its input and output."
""" # END TEST CONFIG


def test_parameters(build_classifier):
    import keras

    model = build_classifier(64, 10)
    assert isinstance(model, keras.Model), f"expected a keras.Model, got {type(model).__name__}: is there a return?"
    assert not isinstance(model, keras.Sequential), "this is a Sequential: make the model from its input and its output"
    got = model.count_params()
    cause = {2410: " Is the second layer called on the input?", 2378: " Is a hidden layer missing?"}.get(got, "")
    assert got == 3466, f"for 64 features and 10 classes expected 3,466 parameters, got {got:,}.{cause}"
    trained = sum(int(weight.shape.num_elements()) for weight in model.trainable_weights)
    assert trained == 3466, f"all 3,466 parameters are to be trained, but only {trained:,} are"


# %%
""" # BEGIN TEST CONFIG
success_message: "With the Sequential's weights it gives the Sequential's outputs."
failure_message: "Expected: with the Sequential's weights, the Sequential's outputs."
""" # END TEST CONFIG


def test_twin(build_classifier):
    import keras
    import numpy as np
    from keras import layers

    dense = [layers.Dense(32, "relu"), layers.Dense(32, "relu"), layers.Dense(4, "softmax")]
    given, model = keras.Sequential([keras.Input((9,)), *dense]), build_classifier(9, 4)
    weights = [np.random.default_rng(i).normal(size=w.shape) * 0.4 for i, w in enumerate(given.get_weights())]
    given.set_weights(weights)
    shapes = [tuple(w.shape) for w in model.get_weights()]
    assert shapes == [w.shape for w in weights], f"9 features and 4 classes: expected weights of shapes {[w.shape for w in weights]}, got {shapes}"
    model.set_weights(weights)
    x = np.random.default_rng(9).normal(size=(5, 9)).astype("float32")
    expected, got = np.asarray(given(x)), np.asarray(model(x))
    assert got.shape == (5, 4), f"5 examples and 4 classes: expected shape (5, 4), got {got.shape}"
    assert np.allclose(got, expected, atol=1e-5), f"first example: expected {expected[0].round(3)}, got {got[0].round(3)}: are the activations the same?"


# %%
""" # BEGIN TEST CONFIG
success_message: "Every model has weights of its own."
failure_message: "Expected: weights of its own for every model."
""" # END TEST CONFIG


def test_own_weights(build_classifier):
    import numpy as np

    one, other = build_classifier(6, 3), build_classifier(6, 3)
    before = one.get_weights()[0].copy()
    other.set_weights([w + 1 for w in other.get_weights()])
    assert np.allclose(one.get_weights()[0], before), "changing one model changed another: make the layers inside the function"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** Your graph; and what a graph is good for. Every tensor in it can be the output of another model, and that model shares the layers. Trained on digits, the
# last hidden layer gives each image 32 numbers; below, the two directions in which those vary most (*principal components*), for held-out images.

# %% tags=["demo"]
with picture("build_classifier"):
    keras.utils.set_random_seed(1)
    classifier = build_classifier(64, 10)
    draw_graph(classifier, "your classifier")
    plt.show()
    x, y = digits["images"].reshape(-1, 64).astype("float32") / 16, digits["labels"]
    classifier.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    classifier.fit(x[:1437], y[:1437], epochs=30, batch_size=32, verbose=0)
    print(f"held-out digits read correctly: {classifier.evaluate(x[1437:], y[1437:], verbose=0)[1]:.1%}")
    inner = keras.Model(classifier.inputs[0], classifier.layers[-1].input)
    features = np.asarray(inner(x[1437:]))
    centred = features - features.mean(axis=0)
    across, up = (centred @ np.linalg.svd(centred, full_matrices=False)[2][:2].T).T
    plt.figure(figsize=(5.5, 4.5))
    plt.scatter(across, up, s=0)
    for a, b, label in zip(across, up, y[1437:]):
        plt.text(a, b, str(label), fontsize=7, ha="center", va="center", color=plt.cm.viridis(label / 12))
    plt.xlabel("first principal component of the last hidden layer")
    plt.ylabel("second principal component")

# %% [raw]
# # BEGIN QUESTION
# name: qa_model

# %% [markdown]
# ## 2 · A text and a question about it
#
# A model with two inputs reads each by itself, then joins what it has read. Each word number is first looked up in a table, an **embedding**: one row of numbers for each
# word of the vocabulary, learned like any other weight. An **LSTM** reads the rows one after the other and keeps a state; what it holds after the last word stands for the whole
# text. The two states are joined **side by side**, and a Dense layer with softmax picks the answer.
#
# | tensor | in code | shape |
# |---|---|---|
# | word numbers of the texts, of the questions | inputs `text`, `question` | `(B, T)` and `(B, Q)`, any `T` and `Q` |
# | embedded words | tables of `text_vocab` × 64 and `question_vocab` × 32 numbers | `(B, T, 64)` and `(B, Q, 32)` |
# | what was read | last state of an LSTM with 32 units for each | `(B, 32)` twice |
# | joined | side by side | `(B, 64)` |
# | probabilities of the answers | output `answer` | `(B, answer_vocab)` |
#
# Here and in the questions that follow, word numbers and tags may arrive as integers or as floats. Keras casts them to the `dtype` of your inputs, and that is yours to choose.
#
# A colleague has written this model, and has left for the weekend. It builds without a word of complaint. It is wrong in **two ways**; one of the two mistakes was made
# in two places.

# %% tags=["demo"]
def colleagues_model(text_vocab, question_vocab, answer_vocab):
    text = keras.Input((None,), name="text")
    question = keras.Input((None,), name="question")
    read_text = layers.LSTM(32)(layers.Embedding(64, text_vocab)(text))
    read_question = layers.LSTM(32)(layers.Embedding(32, question_vocab)(question))
    joined = layers.concatenate([read_text, read_question], axis=0)
    answer = layers.Dense(answer_vocab, activation="softmax", name="answer")(joined)
    return keras.Model([text, question], answer)


broken = colleagues_model(len(stories["text_words"]), len(stories["question_words"]), len(stories["answer_words"]))
draw_graph(broken, "the colleague's model")
plt.show()

# %% [markdown]
# **The wrong turns, shown.** The first shows as soon as a word with a high number comes along, and only then: with small vocabularies, or on a GPU, which does not check,
# nobody would notice. The second shows where the answers are counted: three questions go in. (For that, only words with small numbers are used.)

# %% tags=["demo"]
with tf.device("CPU:0"):
    try:
        broken([stories["text"][:3], stories["question"][:3]])
    except tf.errors.InvalidArgumentError as error:
        complaint = str(error)
        print("three real questions:", complaint[complaint.index("indices") :].split(" [Op")[0])
    few_words = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    print("three questions of words 1 to 9 go in; out come answers of shape", broken([few_words, few_words]).shape)

# %% [raw]
# # BEGIN SOLUTION


# %%
def build_qa_model(text_vocab, question_vocab, answer_vocab):
    """A network that reads a text and a question, and gives every possible answer a probability.

    text_vocab, question_vocab: how many word numbers there are in the texts and in the questions, padding included: 0 to text_vocab - 1, and 0 to
    question_vocab - 1. answer_vocab: how many answers there are. All are integers.

    Returns a functional model as in the table above.

    - Inputs called `text` and `question`, in this order: integers of shapes `(B, T)` and `(B, Q)`. T and Q may be any length from 1 upward and differ between
      calls. The model can be fed a dict by name or the list [text, question]: give `keras.Model` a list of inputs.
    - Each input has an embedding of its own, of 64 numbers a word for the text and 32 for the question, and an LSTM of its own with 32 units and Keras'
      defaults, whose last state stands for the whole. Whether you mask the padding is up to you.
    - One output called `answer`, of shape `(B, answer_vocab)`: a softmax right on the two joined states. Row b depends on text b and question b, and on
      nothing else in the batch.

    Example: for 3 texts of 20 words and 3 questions of 7, `build_qa_model(72, 40, 22)` returns probabilities of shape `(3, 22)`.
    """
    # BEGIN SOLUTION NO PROMPT
    text = keras.Input((None,), name="text")
    question = keras.Input((None,), name="question")
    read_text = layers.LSTM(32)(layers.Embedding(text_vocab, 64)(text))
    read_question = layers.LSTM(32)(layers.Embedding(question_vocab, 32)(question))
    joined = layers.concatenate([read_text, read_question])
    answer = layers.Dense(answer_vocab, activation="softmax", name="answer")(joined)
    return keras.Model([text, question], answer)
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. Delete the next line. 2. Repair the colleague's code below it.
    raise NotImplementedError("build_qa_model is not written yet")
    text = keras.Input((None,), name="text")
    question = keras.Input((None,), name="question")
    read_text = layers.LSTM(32)(layers.Embedding(64, text_vocab)(text))
    read_question = layers.LSTM(32)(layers.Embedding(32, question_vocab)(question))
    joined = layers.concatenate([read_text, read_question], axis=0)
    answer = layers.Dense(answer_vocab, activation="softmax", name="answer")(joined)
    return keras.Model([text, question], answer)
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# What are the first and the second argument of an embedding called, and which of them must be larger than every word number?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Six answers came out for three questions: so the states were laid one below the other. Which axis counts the examples, and which the features?
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `input_dim` and `output_dim` of `keras.layers.Embedding`; `axis` of `keras.layers.concatenate`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "One answer for each question, fed by name or by order."
failure_message: "Expected: one row of probabilities for each question, fed by name or by order."
""" # END TEST CONFIG


def test_one_answer_each(build_qa_model):
    import numpy as np

    model, rng = build_qa_model(83, 71, 6), np.random.default_rng(0)
    assert [tensor.name for tensor in model.inputs] == ["text", "question"], f"expected inputs named text and question, got {[t.name for t in model.inputs]}"
    take = lambda outputs: np.asarray(outputs["answer"] if isinstance(outputs, dict) else outputs[0] if isinstance(outputs, (list, tuple)) else outputs)
    text, question = rng.integers(1, 30, (3, 5)), rng.integers(1, 30, (3, 4))
    outputs = model([text, question])
    names = list(outputs) if isinstance(outputs, dict) else list(model.output_names)
    assert names == ["answer"], f"expected one output named answer, got {names}"
    got = take(outputs)
    cause = ": are the two joined one below the other?" if got.shape == (6, 6) else ""
    assert got.shape == (3, 6), f"3 questions and 6 answers: expected shape (3, 6), got {got.shape}{cause}"
    assert np.allclose(got.sum(axis=1), 1, atol=1e-4), f"each row of probabilities must add up to 1; yours add up to {got.sum(axis=1)}"
    by_name = take(model({"text": text, "question": question}))
    assert np.allclose(got, by_name, atol=1e-5), "fed by name and by order, the answers differ: the list of inputs is [text, question]"


# %%
""" # BEGIN TEST CONFIG
success_message: "Every word of both vocabularies is known."
failure_message: "Expected: every word of both vocabularies is known."
""" # END TEST CONFIG


def test_all_words(build_qa_model):
    import numpy as np

    model = build_qa_model(83, 71, 6)
    shapes = [tuple(weight.shape) for weight in model.weights]
    for rows, width, name in [(83, 64, "text"), (71, 32, "question")]:
        cause = " Are the arguments of the Embedding exchanged?" if (width, rows) in shapes else ""
        assert (rows, width) in shapes, f"the {name} needs an embedding with a table of shape {(rows, width)}; the weights have shapes {shapes}.{cause}"
    model([np.full((2, 1), 82), np.full((2, 3), 70)])


# %%
""" # BEGIN TEST CONFIG
success_message: "What was read of both lies side by side."
failure_message: "Expected: an answer made from 64 numbers, 32 for the text beside 32 for the question."
""" # END TEST CONFIG


def test_side_by_side(build_qa_model):
    shapes = [tuple(weight.shape) for weight in build_qa_model(83, 71, 6).weights]
    kernels = [shape for shape in shapes if len(shape) == 2 and shape[1] == 6]
    cause = "are the states joined side by side?" if (32, 128) in shapes else "does each LSTM have 32 units?"
    assert (64, 6) in kernels, f"two states of 32 numbers, 6 answers: the last layer needs a kernel of shape (64, 6), got {kernels}: {cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "Text and question both move their own answer, and no other."
failure_message: "Expected: text and question both move their own answer, and no other."
""" # END TEST CONFIG


def test_both_matter(build_qa_model):
    import numpy as np

    model, rng = build_qa_model(83, 71, 6), np.random.default_rng(0)
    for w in model.trainable_weights:
        w.assign(rng.normal(size=w.shape) * 0.3)
    take = lambda outputs: np.asarray(outputs["answer"] if isinstance(outputs, dict) else outputs[0] if isinstance(outputs, (list, tuple)) else outputs)
    text, question = rng.integers(1, 70, (3, 5)), rng.integers(1, 70, (3, 4))
    before = take(model([text, question]))
    assert before.shape == (3, 6), f"3 questions and 6 answers: expected shape (3, 6), got {before.shape}"
    for name, pair in [("text", [np.roll(text, 1, 1), question]), ("question", [text, np.roll(question, 1, 1)])]:
        mixed = [np.concatenate([new[:1], old[1:]]) for new, old in zip(pair, [text, question])]
        moved = np.abs(take(model(mixed)) - before).max(axis=1)
        assert moved[0] > 1e-6, f"another {name} left the answer as it was: does what was read of the {name} reach the join?"
        assert moved[1:].max() < 1e-5, f"another {name} for the first question moved the answers to the others"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** Your graph; then twenty epochs on 1,200 stories, and four questions about stories that it has not read, with the three likeliest answers.

# %% tags=["demo"]
with picture("build_qa_model"):
    keras.utils.set_random_seed(2)
    reader = build_qa_model(len(stories["text_words"]), len(stories["question_words"]), len(stories["answer_words"]))
    draw_graph(reader, "your model")
    plt.show()
    train = {name: stories[name][:1200] for name in ("text", "question", "answer")}
    reader.compile(keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy")
    reader.fit([train["text"], train["question"]], train["answer"], epochs=20, batch_size=32, verbose=0)
    asked = [stories["text"][1200:], stories["question"][1200:]]
    probabilities = np.asarray(reader.predict(asked, verbose=0))
    print(f"held-out questions answered right: {(probabilities.argmax(axis=1) == stories['answer'][1200:]).mean():.1%}")
    figure, panels = plt.subplots(4, 1, figsize=(7.5, 6), layout="constrained", sharex=True)
    for panel, row in zip(panels, range(4)):
        best = probabilities[row].argsort()[-3:]
        panel.barh(stories["answer_words"][best], probabilities[row][best], color="#0072B2")
        panel.set_title(f"{as_text(asked[0][row], stories['text_words'])} | {as_text(asked[1][row], stories['question_words'])}?", fontsize=8, loc="left")
        panel.set_xlim(0, 1)
    panels[-1].set_xlabel("probability")

# %% [raw]
# # BEGIN QUESTION
# name: ticket_router

# %% [markdown]
# ## 3 · Three inputs, two outputs
#
# A help desk sorts its tickets. Each comes with a title, a body and some tags; the router says how urgent it is, and which department should get it. Neither is
# told by one input alone: one customer writes "hello" and tells the rest in the body, another only sets a tag. So **both outputs must depend on all three inputs**. Read title and body (an embedding,
# then an LSTM or an average over the words), join both with the tags, and let two output layers read what was joined.
#
# | tensor | in code | shape | values |
# |---|---|---|---|
# | title | input `title` | `(B, T)`, any `T` | word numbers, 0 to `num_words` − 1 |
# | body | input `body` | `(B, L)`, any `L` | word numbers, 0 to `num_words` − 1 |
# | tags | input `tags` | `(B, num_tags)` | 1.0 where a tag is set, else 0.0 |
# | priority | output `priority` | `(B, 1)` | a **logit**: any number, positive for "urgent" |
# | department | output `department` | `(B, num_departments)` | logits, the largest for the right department |
#
# A *logit* is a score before sigmoid or softmax turns it into a probability: the output layers have **no activation**. Question 4 shows why.
#
# Whether you mask the padding is up to you. (An average that masks it has nothing to divide by where a text is padding alone. The tests never ask about such a text; the last picture of this notebook
# does.)

# %% [markdown]
# **The wrong turn.** Somewhere on the way an output is hung on one branch instead of on the join. The model builds, trains and even gets better. Only a **perturbation**
# shows it: change one input, and see which outputs move.

# %% tags=["demo"]
left, right = keras.Input((4,), name="left"), keras.Input((4,), name="right")
both = layers.concatenate([left, right])
lopsided = keras.Model([left, right], [layers.Dense(2, name="sees_both")(both), layers.Dense(2, name="sees_left_only")(left)])
draw_graph(lopsided, "two outputs: which input reaches which?")
plt.show()
ones, twos = np.ones((1, 4)), 2 * np.ones((1, 4))
for name, before, after in zip(lopsided.output_names, lopsided([ones, ones]), lopsided([ones, twos])):
    print(f"when the right input changes, {name} moves by {np.abs(np.asarray(before - after)).max():.3f}")

# %% [raw]
# # BEGIN SOLUTION


# %%
def build_ticket_router(num_words, num_tags, num_departments):
    """A network that reads title, body and tags of a ticket, and gives its priority and its department as logits.

    num_words: how many word numbers there are in titles and bodies, padding included: 0 to num_words - 1. num_tags: how many tags there are.
    num_departments: how many departments there are. All are integers.

    Returns a functional model (not compiled).

    - Inputs called `title`, `body` and `tags`, in this order, of shapes `(B, T)`, `(B, L)` and `(B, num_tags)`: T and L may be any length from 1 upward and
      differ between calls. It can be fed a dict by name or the list [title, body, tags]: give `keras.Model` a list of inputs.
    - Outputs called `priority`, of shape `(B, 1)`, and `department`, of shape `(B, num_departments)`: a list of two outputs made by layers of these
      names, or a dict with these keys. Both are logits and may be any number: no activation, on neither.
    - Each output depends on every input: on every word of title and body, wherever it stands, and on every tag. What a ticket gets does not depend on the
      other tickets of the batch.

    The layers between are yours to choose. A good choice: one `Embedding` of 16 numbers for the words of both texts, an average over the words of each, a join
    with the tags, and a Dense layer of 32 units with ReLU before the two outputs.

    Example: `build_ticket_router(123, 7, 4)`, called on 5 tickets, returns outputs of shapes `(5, 1)` and `(5, 4)`.
    """
    # BEGIN SOLUTION NO PROMPT
    title = keras.Input((None,), name="title")
    body = keras.Input((None,), name="body")
    tags = keras.Input((num_tags,), name="tags")
    embed = layers.Embedding(num_words, 16)
    read_title = layers.GlobalAveragePooling1D()(embed(title))
    read_body = layers.GlobalAveragePooling1D()(embed(body))
    joined = layers.concatenate([read_title, read_body, tags])
    mixed = layers.Dense(32, activation="relu")(joined)
    priority = layers.Dense(1, name="priority")(mixed)
    department = layers.Dense(num_departments, name="department")(mixed)
    return keras.Model([title, body, tags], [priority, department])
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. Three inputs.
    # 2. Embed and read title and body.
    # 3. Join what was read with the tags, and mix it.
    # 4. Two output layers on that, with their names; then the model.
    raise NotImplementedError("build_ticket_router is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# After an embedding, a title has shape `(B, T, 16)`, and T is different for each call. Which layers turn that into `(B, something fixed)`?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Follow both outputs back through your graph, arrow by arrow. You must be able to reach each of the three inputs from either.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `keras.layers.Embedding`, `keras.layers.GlobalAveragePooling1D` or `keras.layers.LSTM`, `keras.layers.concatenate`, the `name` of an input and of a layer.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "Two outputs by name, of the right shapes."
failure_message: "Expected: outputs priority (B, 1) and department (B, num_departments), fed by name or by order."
""" # END TEST CONFIG


def test_names_and_shapes(build_ticket_router):
    import numpy as np

    model, rng = build_ticket_router(41, 5, 3), np.random.default_rng(0)
    names = [tensor.name for tensor in model.inputs]
    assert names == ["title", "body", "tags"], f"expected inputs named title, body and tags, in this order, got {names}: name each, and give keras.Model a list"
    take = lambda outputs: dict(outputs) if isinstance(outputs, dict) else dict(zip(model.output_names, outputs))
    inputs = {"title": rng.integers(1, 41, (6, 2)), "body": rng.integers(1, 41, (6, 9)), "tags": rng.integers(0, 2, (6, 5)).astype("float32")}
    got, listed = take(model(inputs)), take(model(list(inputs.values())))
    assert sorted(got) == ["department", "priority"], f"expected outputs named priority and department, got {sorted(got)}: name the layers that make them"
    for name, shape in [("priority", (6, 1)), ("department", (6, 3))]:
        assert tuple(got[name].shape) == shape, f"{name} of 6 tickets, 3 departments: expected shape {shape}, got {tuple(got[name].shape)}"
        assert np.allclose(got[name], listed[name], atol=1e-5), f"fed by name and by the list [title, body, tags], {name} differs"


# %%
""" # BEGIN TEST CONFIG
success_message: "Both outputs depend on title, body and tags."
failure_message: "Expected: both outputs depend on title, body and tags."
""" # END TEST CONFIG


def test_perturbation(build_ticket_router):
    import numpy as np

    model, rng = build_ticket_router(41, 5, 3), np.random.default_rng(0)
    for w in model.trainable_weights:
        w.assign_add(rng.normal(size=w.shape) * 0.3)
    take = lambda outputs: dict(outputs) if isinstance(outputs, dict) else dict(zip(model.output_names, outputs))
    inputs = {"title": rng.integers(1, 21, (8, 4)), "body": rng.integers(1, 21, (8, 6)), "tags": np.eye(8, 5, dtype="float32")}
    before = take(model(inputs))
    assert sorted(before) == ["department", "priority"], f"expected outputs named priority and department, got {sorted(before)}: name the layers that make them"
    for name in inputs:
        other = dict(inputs)
        other[name] = 1 - inputs[name] if name == "tags" else inputs[name] + 20
        after = take(model(other))
        for output in ("priority", "department"):
            moved = np.abs(np.asarray(after[output]) - np.asarray(before[output])).max()
            assert moved > 1e-5, f"with every {name} changed, {output} stays as it was: follow its arrows back to the inputs"


# %%
""" # BEGIN TEST CONFIG
success_message: "Both outputs are logits: they may be any number."
failure_message: "Expected: logits, which may be large and negative; no activation on the output layers."
""" # END TEST CONFIG


def test_any_number(build_ticket_router):
    import numpy as np

    model, rng = build_ticket_router(41, 5, 3), np.random.default_rng(1)
    names = [tensor.name for tensor in model.inputs]
    assert names == ["title", "body", "tags"], f"expected inputs named title, body and tags, in this order, got {names}: name each, and give keras.Model a list"
    take = lambda outputs: dict(outputs) if isinstance(outputs, dict) else dict(zip(model.output_names, outputs))
    tickets = [rng.integers(1, 41, (20, 4)), rng.integers(1, 41, (20, 6)), rng.integers(0, 2, (20, 5)).astype("float32")]
    first = [np.array(w) for w in model.trainable_weights]
    seen = {"priority": [], "department": []}
    for _ in range(24):  # other large weights each time
        for w, start in zip(model.trainable_weights, first):
            large = 4 / np.sqrt(np.prod(w.shape[:-1])) if len(w.shape) > 1 and w.shape[0] != 41 else 0.5
            w.assign(start + large * rng.normal(size=w.shape))
        got = take(model(tickets))
        assert sorted(got) == ["department", "priority"], f"expected outputs named priority and department, got {sorted(got)}: name the layers that make them"
        for name in seen:
            seen[name].append(np.asarray(got[name]))
    for name, values in seen.items():
        low, high = np.min(values), np.max(values)
        assert low < -1.2 and high > 1.2, f"with large weights {name} stays between {low:.2f} and {high:.2f}: is there an activation on its layer?"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** Your graph, and its perturbations: for 200 real tickets, each input in turn is exchanged for that of another ticket. The number says how far the output moves on average, in units of
# its own spread over the tickets (before training, so the sizes mean little yet). No cell may be zero.

# %% tags=["demo"]
with picture("build_ticket_router"):
    keras.utils.set_random_seed(3)
    router = build_ticket_router(len(tickets["words"]), len(tickets["tag_names"]), len(tickets["department_names"]))
    draw_graph(router, "your router")
    plt.show()
    by_name = lambda outputs: outputs if isinstance(outputs, dict) else dict(zip(router.output_names, outputs))
    inputs = {name: tickets[name][:200].astype("float32") for name in ("title", "body", "tags")}
    before = by_name(router(inputs))
    sheet = np.zeros((2, 3))
    for column, name in enumerate(inputs):
        after = by_name(router({**inputs, name: np.roll(inputs[name], 1, axis=0)}))
        for row, output in enumerate(("priority", "department")):
            sheet[row, column] = np.abs(np.asarray(after[output] - before[output])).mean() / np.asarray(before[output]).std(axis=0).mean()
    plt.figure(figsize=(4.5, 2.4))
    plt.imshow(sheet, cmap="Blues", vmin=0, aspect="auto")
    for (row, column), value in np.ndenumerate(sheet):
        plt.text(column, row, f"{value:.2f}", ha="center", va="center", color="white" if value > 0.6 * sheet.max() else "black")
    plt.xticks(range(3), inputs)
    plt.yticks(range(2), ["priority", "department"])
    plt.xlabel("input that is exchanged")
    plt.ylabel("output that moves")

# %% [raw]
# # BEGIN QUESTION
# name: compile_router

# %% [markdown]
# ## 4 · Two losses in one
#
# Training needs one number to make smaller. A model with two outputs has two losses, and Keras adds them up, each times a weight that you choose. With logits
# $z_b$ for the priority of ticket $b$, logits $s_{b,k}$ for its departments, and $\sigma$ for the sigmoid:
#
# $$L = w_p \cdot \underbrace{\frac1B \sum_b \bigl[-y_b \log \sigma(z_b) - (1-y_b) \log(1-\sigma(z_b))\bigr]}_{\text{binary cross-entropy of the priority}}
# \;+\; w_d \cdot \underbrace{\frac1B \sum_b -\log \frac{e^{s_{b,d_b}}}{\sum_k e^{s_{b,k}}}}_{\text{cross-entropy of the department}}$$
#
# | symbol | in code | shape |
# |---|---|---|
# | $y$ | target `priority`: 1.0 urgent, 0.0 not | `(B, 1)`, float |
# | $d$ | target `department`: the department's number, 0 to K − 1 for K departments | `(B,)`, integer |
# | $z$, $s$ | the model's outputs of these names, **logits** | `(B, 1)`, `(B, K)` |
# | $w_p$, $w_d$ | `priority_weight`, `department_weight` | numbers ≥ 0 |
#
# Sigmoid and softmax are in the loss, where they can be computed without overflow or a logarithm of zero: that is why the outputs are logits. Nothing else belongs to $L$: you add no regularizer,
# and apply no weight twice.
#
# The optimizer is yours to choose, as long as it is quick enough for what the docstring asks. Plain gradient descent, `SGD` at its default learning rate, is too slow.

# %% [markdown]
# **The wrong turn.** A loss in Keras expects probabilities unless you tell it otherwise. A logit of 5 is then taken for a probability of 1 (it is cut off there), and
# one of −2 for a probability of 0. The number that comes out looks like any other loss. Below, binary cross-entropy of an urgent ticket: as Keras' loss takes it when told nothing, and
# as it is.

# %% tags=["demo"]
print("logit   taken for a probability   as it is")
for logit in (-2.0, -0.5, 0.5, 5.0):
    taken = float(keras.losses.binary_crossentropy(np.array([[1.0]]), np.array([[logit]]))[0])
    print(f"{logit:5.1f}   {taken:18.3f}   {np.log1p(np.exp(-logit)):15.3f}")

# %% [raw]
# # BEGIN SOLUTION


# %%
def compile_ticket_router(model, priority_weight, department_weight):
    """Compiles a ticket router with one loss for each output.

    model: a functional model with outputs called `priority`, logits of shape `(B, 1)`, and `department`, logits of shape `(B, K)`. It may list its outputs, in any
    order, or return a dict: go by their names. priority_weight, department_weight: numbers, zero or positive.

    Compiles the model in place; what the function returns is not looked at.

    - The loss is the formula above: priority_weight times the mean binary cross-entropy of the priority, plus department_weight times the mean cross-entropy of
      the department, both from logits. Each weight counts once, and nothing else is added.
    - Targets are a dict: `priority`, floats of 0 and 1 of shape `(B, 1)`, and `department`, class numbers of shape `(B,)`. Where a model lists its outputs, they may also come as a
      list in the model's order.
    - Any optimizer that learns our tickets in 20 epochs of 25 batches, such as Adam with a learning rate of 0.01: a small linear router then sends three quarters of the unseen
      tickets to the right department, and has the right priority for two thirds. Metrics are up to you.

    Example: an urgent ticket with the priority's logit 0 costs priority_weight · log 2 = priority_weight · 0.693; four equal logits for the department cost
    department_weight · log 4 = department_weight · 1.386.
    """
    # BEGIN SOLUTION NO PROMPT
    model.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss={
            "priority": keras.losses.BinaryCrossentropy(from_logits=True),
            "department": keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        },
        loss_weights={"priority": priority_weight, "department": department_weight},
    )
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. A loss for each output, by its name.
    # 2. A weight for each loss, by the same name.
    raise NotImplementedError("compile_ticket_router is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# The target of the department is one number, 2 say, and not (0, 0, 1, 0). Which of the cross-entropies takes that?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# `compile` takes dicts, with the outputs' names for keys. The losses are objects, and each can be told that it will get logits.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `loss` and `loss_weights` of `keras.Model.compile`; `from_logits` of `keras.losses.BinaryCrossentropy` and of its sparse categorical sister.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "The docstring's example comes out."
failure_message: "Expected: the docstring's example, weight by weight."
""" # END TEST CONFIG


def test_example(compile_ticket_router):
    import keras
    import numpy as np
    from keras import layers

    tags = keras.Input((2,), name="tags")
    model = keras.Model(tags, [layers.Dense(1, name="priority")(tags), layers.Dense(4, name="department")(tags)])
    targets = {"priority": np.float32([[1], [1]]), "department": np.array([3, 0])}
    costs, taken = np.log([2, 4]), np.array([-np.log(keras.config.epsilon()), np.log(4)])  # of zeros as logits; of zeros as probabilities
    for weights in np.array([(1.0, 0.0), (0.0, 1.0), (3.0, 0.5)]):
        compile_ticket_router(model, *weights.tolist())
        try:
            got = float(model.compute_loss(y=targets, y_pred=[np.zeros((2, 1), "float32"), np.zeros((2, 4), "float32")]))
        except (KeyError, ValueError) as error:
            cause = "does the department's loss want one-hot rows? The targets are class numbers, which the sparse cross-entropy takes."
            cause = cause if "rank" in str(error) else "does each output have a loss, under the output's name?"
            raise AssertionError(f"there is no loss to compute: {cause} Keras says: {str(error)[:150]}") from None
        causes = [
            (costs.sum(), " Are the weights handed to compile?"),
            (weights @ taken, " Do the losses know that they get logits?"),
            (taken.sum(), " Do the losses know that they get logits, and are the weights handed to compile?"),
            (weights**2 @ costs, " Does each weight count twice?"),
        ]
        expected = weights @ costs
        cause = next((question for value, question in causes if abs(got - value) < 1e-3), "")
        weights = tuple(weights.tolist())
        assert abs(got - expected) < 1e-3, f"all logits 0, weights {weights}: expected {expected:.3f}, got {got:.3f}.{cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "Logits are taken for logits, and outputs go by name."
failure_message: "Expected: losses from logits that find their outputs by name, in whatever order the model lists them."
""" # END TEST CONFIG


def test_logits_by_name(compile_ticket_router):
    import keras
    import numpy as np
    from keras import layers

    tags = keras.Input((2,), name="tags")
    model = keras.Model(tags, [layers.Dense(4, name="department")(tags), layers.Dense(1, name="priority")(tags)])
    compile_ticket_router(model, 2.0, 1.0)
    targets = {"priority": np.float32([[1], [0]]), "department": np.array([3, 0])}
    department, priority = np.float32([[0, 0, 0, 5], [2, 0, 0, 0]]), np.float32([[-3], [-1]])
    try:
        got = float(model.compute_loss(y=targets, y_pred=[department, priority]))
    except (KeyError, ValueError) as error:
        cause = "losses are found by the outputs' names, in a dict; and the department's must take class numbers, as the sparse cross-entropy does"
        raise AssertionError(f"there is no loss to compute where the department comes first: {cause}. Keras says: {str(error)[:150]}") from None
    z, s = priority[:, 0], department
    cost = np.array([np.log1p(np.exp(-z[0])), np.log1p(np.exp(z[1]))]).mean()
    expected = 2 * cost + (np.log(np.exp(s).sum(axis=1)) - [s[0, 3], s[1, 0]]).mean()
    assert abs(got - expected) < 1e-3, f"expected {expected:.3f}, got {got:.3f}: does each loss take logits, and do losses and weights find their outputs by name?"


# %%
""" # BEGIN TEST CONFIG
success_message: "The compiled model learns."
failure_message: "Expected: a compiled model whose loss falls in training."
""" # END TEST CONFIG


def test_learns(compile_ticket_router):
    import keras
    import numpy as np
    from keras import layers

    keras.utils.set_random_seed(0)
    tags = keras.Input((4,), name="tags")
    model = keras.Model(tags, {"priority": layers.Dense(1)(tags), "department": layers.Dense(4)(tags)})
    compile_ticket_router(model, 1.0, 1.0)
    assert getattr(model, "optimizer", None) is not None, "the model has no optimizer: is it compiled, the very model that came in?"
    x = np.tile(np.eye(4, dtype="float32"), (50, 1))
    targets = {"priority": x[:, :1], "department": x.argmax(axis=1)}
    try:
        history = model.fit(x, targets, epochs=3, batch_size=20, verbose=0).history["loss"]
    except (KeyError, ValueError) as error:
        cause = "losses are found by the outputs' names, in a dict; and the department's must take class numbers, as the sparse cross-entropy does"
        raise AssertionError(f"a model with a dict of outputs cannot be trained: {cause}. Keras says: {str(error)[:150]}") from None
    assert history[-1] < history[0], f"over three epochs the loss went from {history[0]:.3f} to {history[-1]:.3f}: is the learning rate sensible?"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** What the weights do: three trainings of your router, with the department's loss weighted 0.02, 1 and 50 against the priority's 1. Both parts of the loss are drawn without their weights, for
# held-out tickets. With little weight, an output has to wait.

# %% tags=["demo"]
TICKET_INPUTS = {name: tickets[name].astype("float32") for name in ("title", "body", "tags")}
TICKET_TARGETS = {"priority": tickets["priority"].astype("float32")[:, None], "department": tickets["department"].astype("int32")}


def part(arrays, start, end):
    """The same rows of each array of a dict."""
    return {name: values[start:end] for name, values in arrays.items()}


class HeldOutParts(keras.callbacks.Callback):
    """Notes, after each epoch, both parts of the loss on held-out tickets, without weights."""

    def on_train_begin(self, logs=None):
        self.priority, self.department = [], []

    def on_epoch_end(self, epoch, logs=None):
        outputs = self.model(part(TICKET_INPUTS, 800, 1000))
        outputs = outputs if isinstance(outputs, dict) else dict(zip(self.model.output_names, outputs))
        z, s = np.asarray(outputs["priority"]), np.asarray(outputs["department"])
        y, d = TICKET_TARGETS["priority"][800:], TICKET_TARGETS["department"][800:]
        self.priority.append((np.logaddexp(0, z) - y * z).mean())
        self.department.append((np.logaddexp.reduce(s, axis=1) - s[np.arange(len(s)), d]).mean())


with picture("each of build_ticket_router and compile_ticket_router"):
    figure, panels = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    for weight, style in [(0.02, ":"), (1.0, "-"), (50.0, "--")]:
        keras.utils.set_random_seed(4)
        router = build_ticket_router(len(tickets["words"]), len(tickets["tag_names"]), len(tickets["department_names"]))
        compile_ticket_router(router, 1.0, weight)
        parts = HeldOutParts()
        router.fit(part(TICKET_INPUTS, 0, 800), part(TICKET_TARGETS, 0, 800), epochs=12, batch_size=32, verbose=0, callbacks=[parts])
        for panel, name in zip(panels, ("priority", "department")):
            panel.plot(range(1, 13), getattr(parts, name), style, label=f"department's weight {weight:g}")
            panel.set(title=name, xlabel="epoch", ylabel="cross-entropy on held-out tickets")
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)

# %% [raw]
# # BEGIN QUESTION
# name: dataset

# %% [markdown]
# ## 5 · Rows that stay together
#
# `fit` takes arrays, but a `tf.data.Dataset` can do more: read from files, prepare the next batch while the last one trains, feed several machines. For a model with names, each element of the
# dataset is a **pair of dicts**, one of inputs and one of targets. You make such a dataset from arrays in memory.
#
# | element | shape | example |
# |---|---|---|
# | dict of inputs, by name | each value `(B, …)` | `{"title": (32, 6), "body": (32, 23), "tags": (32, 7)}` |
# | dict of targets, by name | each value `(B, …)` | `{"priority": (32, 1), "department": (32,)}` |
#
# Row $i$ of every array belongs to the same ticket, and has to stay with it however the rows are shuffled. With $N$ rows there are $\lceil N / B \rceil$ batches; the last one is
# short where $B$ does not divide $N$.

# %% [markdown]
# **The wrong turn.** A dataset shuffles by a *buffer*: it holds so many elements, hands out one of them at random, and takes the next in. Below, 800 numbers in order, through a buffer of 32: they come out nearly
# in order. Were the tickets sorted by department, every batch would hold one department only.

# %% tags=["demo"]
hardly = np.array(list(tf.data.Dataset.range(800).shuffle(buffer_size=32).as_numpy_iterator()))
plt.figure(figsize=(4.2, 3.6))
plt.scatter(range(800), hardly, s=3)
plt.xlabel("place after shuffling")
plt.ylabel("place before")
plt.title("a buffer of 32", loc="left")
plt.show()

# %% [raw]
# # BEGIN SOLUTION


# %%
def make_dataset(inputs, targets, batch_size, seed):
    """A dataset of batches, as pairs of dicts, in a shuffled order.

    inputs, targets: dicts of NumPy arrays of shapes `(N, …)`, with any names and types; row i of each array belongs to example i. batch_size: B, an integer; it may be
    larger than N. seed: an integer.

    Returns a `tf.data.Dataset` that ends after one pass and can be read again. Its elements are tuples `(inputs, targets)` of two dicts with the names and types that were given.

    - One pass brings every row once, in batches of B rows; the last one holds what is left.
    - Rows are shuffled before they are put into batches, and all of one example stays together. Any row may come anywhere: the whole data is shuffled, not a
      stretch of it at a time.
    - The same seed gives the same order in the first pass, another seed another. Whether a later pass has another order is up to you.
    - The arrays themselves are left as they were.

    Example: 10 rows and B = 4 give three batches, of 4, 4 and 2 rows.
    """
    # BEGIN SOLUTION NO PROMPT
    count = len(next(iter(inputs.values())))
    dataset = tf.data.Dataset.from_tensor_slices((inputs, targets))
    return dataset.shuffle(count, seed=seed).batch(batch_size)
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. A dataset whose elements are single rows: a pair of dicts each.
    # 2. Shuffle, with a buffer that holds them all.
    # 3. Put them into batches.
    raise NotImplementedError("make_dataset is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# Which comes first, shuffling or batching, and what would the other order do to neighbours?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# A pair of dicts of arrays can be cut into rows in one step. To know how many rows there are, look at any one of the arrays.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `tf.data.Dataset.from_tensor_slices`, and the methods that every `tf.data.Dataset` has.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "Pairs of dicts, in batches, the last one short."
failure_message: "Expected: pairs of dicts, in batches, the last one short."
""" # END TEST CONFIG


def test_batches(make_dataset):
    import itertools

    import numpy as np
    import tensorflow as tf

    dataset = make_dataset({"a": np.arange(10), "b": np.ones((10, 3))}, {"c": np.zeros((10, 1))}, 4, seed=0)
    assert isinstance(dataset, tf.data.Dataset), f"expected a tf.data.Dataset, got {type(dataset).__name__}"
    elements = list(itertools.islice(dataset, 50))
    kinds = {type(e).__name__ + " of " + ", ".join(type(p).__name__ for p in e) for e in elements}
    assert kinds == {"tuple of dict, dict"}, f"each element must be a tuple of two dicts, got {kinds}"
    names = [sorted(p) for p in elements[0]]
    assert names == [["a", "b"], ["c"]], f"expected the names a and b, and c, got {names}"
    assert all(np.ndim(inputs["a"]) for inputs, _ in elements), "the elements are single rows: put them into batches"
    lengths = [len(inputs["a"]) for inputs, _ in elements]
    shown = f"{lengths[:6]} and so on" if len(lengths) > 6 else lengths
    cause = ": is the short last batch dropped?" if lengths == [4, 4] else ": it has no end" if len(lengths) == 50 else ""
    assert lengths == [4, 4, 2], f"10 rows in batches of 4: expected 4, 4 and 2 rows, got {shown}{cause}"


# %%
""" # BEGIN TEST CONFIG
success_message: "What belongs to a row stays in it."
failure_message: "Expected: every row once, and all that belongs to it in one place."
""" # END TEST CONFIG


def test_rows(make_dataset):
    import itertools

    import numpy as np

    number = np.arange(30)
    dataset = make_dataset({"a": number, "b": np.stack([number, -number], axis=1)}, {"c": 3.5 * number}, 7, seed=1)
    seen = []
    for inputs, targets in itertools.islice(dataset, 50):
        a, b, c = (np.asarray(x) for x in (inputs["a"], inputs["b"], targets["c"]))
        assert (b[:, 0] == a).all() and (b[:, 1] == -a).all() and np.allclose(c, 3.5 * a), "inputs and targets of a row were torn apart: shuffle rows, not arrays"
        seen += list(a)
    assert sorted(seen) == list(number), f"every row must come once; {len(seen)} came, {len(set(seen))} of them different"


# %%
""" # BEGIN TEST CONFIG
success_message: "All rows are shuffled, as the seed says."
failure_message: "Expected: all rows shuffled, in an order that the seed decides."
""" # END TEST CONFIG


def test_order(make_dataset):
    import itertools

    import numpy as np

    number = np.arange(200)
    order = lambda seed: np.concatenate([np.atleast_1d(x["a"]) for x, _ in itertools.islice(make_dataset({"a": number}, {"c": number}, 16, seed), 50)])
    first, again, other = order(1), order(1), order(2)
    for rows in (first, again, other):
        assert len(rows) == 200, f"200 rows in batches of 16: expected each row once, got {len(rows)} rows in (at most) 50 batches"
    moved = np.abs(first - number).mean()  # about 67 where any row may come anywhere
    asks = "are they shuffled, and how many rows does the buffer hold? The length of a dict is the number of its names"
    assert moved > 5, f"the rows come in their old order, or nearly: on average {moved:.1f} places away from it: {asks}"
    assert (first == again).all(), "seed 1 gave one order, then another: is the seed used?"
    assert (first != other).any(), "seeds 1 and 2 gave the same order: is the seed used?"
    early = np.concatenate([order(seed)[:16] for seed in range(8)])
    assert early.max() > 150, f"no row beyond {early.max()} of 200 comes in any first batch: how many rows does the buffer hold?"
    together = int((np.diff(first) == 1).sum())
    assert together < 40, f"{together} pairs of neighbours are still neighbours: shuffle rows first, then put them into batches"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** Tickets sorted by department go in. The first ten batches as they come out: one row of squares a batch, one colour and letter a department.

# %% tags=["demo"]
with picture("make_dataset"):
    by_department = tickets["department"].argsort(kind="stable")
    shown = make_dataset({"title": tickets["title"][by_department]}, {"department": tickets["department"][by_department]}, 32, seed=0)
    sheet = np.array([np.asarray(targets["department"]) for _, targets in shown.take(10)])
    plt.figure(figsize=(9, 3.2))
    plt.pcolormesh(sheet, cmap=plt.matplotlib.colors.ListedColormap(["#DDDDDD", "#E69F00", "#56B4E9", "#F0E442"]), edgecolors="white", linewidth=0.5)
    for (row, column), department in np.ndenumerate(sheet):
        plt.text(column + 0.5, row + 0.5, tickets["department_names"][department][0], ha="center", va="center", fontsize=7)
    plt.gca().invert_yaxis()
    plt.xlabel("row of the batch   (a account, b billing, d delivery, t technical)")
    plt.ylabel("batch")
    plt.yticks(np.arange(10) + 0.5, range(1, 11))

# %% [raw]
# # BEGIN QUESTION
# name: profile_model

# %% [markdown]
# ## 6 · One post, three answers
#
# From what people write, a network may guess how old they are, what they earn, and whether they are women or men. The three questions have much in common: so one **trunk** reads the post, and three small
# **heads** branch off from it. What each head may say decides its last layer:
#
# | output | question | shape | last layer | a loss that fits |
# |---|---|---|---|---|
# | `age` | how much? any number | `(B, 1)` | linear | squared error |
# | `income` | which of `income_groups`? | `(B, income_groups)` | softmax | cross-entropy of class numbers |
# | `gender` | yes or no? | `(B, 1)` | sigmoid | binary cross-entropy |
#
# Here the outputs are probabilities, not logits: both are common, and loss and output must agree on it. Whether you mask the padding is up to you, as in question 3.
#
# (The posts are made up, and their writers tell of themselves what is asked. In life such a model guesses what people have *not* told you. Think twice before you build one.)

# %% [markdown]
# **The wrong turn.** An age is never negative, so why not end in a ReLU? Because where a ReLU's input is below zero, its slope is zero too: should the head start on that side, it says 0 for everybody
# and no gradient ever tells it otherwise.

# %% tags=["demo"]
for activation in ("relu", "linear"):
    score = tf.Variable(-0.3)
    with tf.GradientTape() as tape:
        error = (keras.activations.get(activation)(score) - 40.0) ** 2
    print(f"{activation:7} says {float(keras.activations.get(activation)(score)):5.2f} for an age of 40; gradient {float(tape.gradient(error, score)) + 0.0:7.2f}")

# %% [raw]
# # BEGIN SOLUTION


# %%
def build_profile_model(vocab, income_groups):
    """A network that reads a post and guesses three things about its writer.

    vocab: how many word numbers there are, padding included: 0 to vocab - 1. income_groups: G, how many groups of income there are. Both are integers.

    Returns a functional model (not compiled).

    - One input, called `posts`: word numbers of shape `(B, T)`. T may be any length from 1 upward and differ between calls.
    - Three outputs: `age`, of shape `(B, 1)`, linear, any number; `income`, of shape `(B, G)`, a softmax over the groups; `gender`, of shape `(B, 1)`, a sigmoid. Either a list of
      outputs, made by layers of these names, or a dict with these keys.
    - One trunk: the words are embedded once, and all three outputs are made from what was read. Each output depends on every word of the post, wherever it stands, and on no
      other post of the batch.

    The trunk is yours to choose. A good choice: an `Embedding` of 32 numbers, an average over the words, a Dense layer of 32 units with ReLU.

    Example: `build_profile_model(112, 3)`, called on 5 posts, returns outputs of shapes `(5, 1)`, `(5, 3)` and `(5, 1)`.
    """
    # BEGIN SOLUTION NO PROMPT
    posts = keras.Input((None,), name="posts")
    words = layers.Embedding(vocab, 32)(posts)
    trunk = layers.Dense(32, activation="relu")(layers.GlobalAveragePooling1D()(words))
    age = layers.Dense(1, name="age")(trunk)
    income = layers.Dense(income_groups, activation="softmax", name="income")(trunk)
    gender = layers.Dense(1, activation="sigmoid", name="gender")(trunk)
    return keras.Model(posts, [age, income, gender])
    # END SOLUTION
    """ # BEGIN PROMPT
    # 1. The input and the trunk.
    # 2. Three heads on the trunk, each with its name and its activation.
    # 3. The model.
    raise NotImplementedError("build_profile_model is not written yet")
    """ # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [markdown]
# <details><summary>Hint 1: a question</summary>
#
# How many embeddings does the graph need, and how many arrows leave the last layer of the trunk?
# </details>
# <details><summary>Hint 2: a direction</summary>
#
# Call three output layers on one and the same tensor. Only their number of units, their activations and their names differ.
# </details>
# <details><summary>Hint 3: names to look up</summary>
#
# `keras.layers.Embedding`, `keras.layers.GlobalAveragePooling1D`, `activation` and `name` of `keras.layers.Dense`.
# </details>

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
success_message: "Three outputs by name, of the right shapes."
failure_message: "Expected: outputs age (B, 1), income (B, income_groups) and gender (B, 1)."
""" # END TEST CONFIG


def test_names_and_shapes(build_profile_model):
    import numpy as np

    model = build_profile_model(37, 4)
    take = lambda outputs: dict(outputs) if isinstance(outputs, dict) else dict(zip(model.output_names, outputs))
    for length in (1, 9):
        got = take(model(np.random.default_rng(0).integers(1, 37, (5, length))))
        assert sorted(got) == ["age", "gender", "income"], f"expected outputs named age, income and gender, got {sorted(got)}: name the layers that make them"
        for name, shape in [("age", (5, 1)), ("income", (5, 4)), ("gender", (5, 1))]:
            assert tuple(got[name].shape) == shape, f"{name} of 5 posts, 4 income groups: expected shape {shape}, got {tuple(got[name].shape)}"


# %%
""" # BEGIN TEST CONFIG
success_message: "Each output has the range it needs."
failure_message: "Expected: any number for the age, probabilities that add up to 1 for the income, one probability for the gender."
""" # END TEST CONFIG


def test_ranges(build_profile_model):
    import numpy as np

    model, rng = build_profile_model(37, 4), np.random.default_rng(0)
    take = lambda outputs: dict(outputs) if isinstance(outputs, dict) else dict(zip(model.output_names, outputs))
    posts, first = rng.integers(1, 37, (20, 5)), [np.array(w) for w in model.trainable_weights]
    seen = {"age": [], "income": [], "gender": []}
    for _ in range(24):  # other large weights each time
        for w, start in zip(model.trainable_weights, first):
            large = 6 / np.sqrt(np.prod(w.shape[:-1])) if len(w.shape) > 1 and w.shape[0] != 37 else 0.5
            w.assign(start + large * rng.normal(size=w.shape))
        got = take(model(posts))
        assert sorted(got) == ["age", "gender", "income"], f"expected outputs named age, income and gender, got {sorted(got)}: name the layers that make them"
        for name in seen:
            seen[name].append(np.asarray(got[name]))
    age, income, gender = (np.concatenate(values) for values in seen.values())
    assert age.min() < -1.2 and age.max() > 1.2, f"with large weights the age stays between {age.min():.2f} and {age.max():.2f}: is there an activation on its layer?"
    assert np.allclose(income.sum(axis=1), 1, atol=1e-3), f"the probabilities of the income groups must add up to 1; yours add up to {income.sum(axis=1)[:3].round(2)}"
    assert income.min() >= 0, f"probabilities are never negative; yours for the income come down to {income.min():.2f}"
    assert (gender >= 0).all() and (gender <= 1).all(), f"the gender is a probability, but comes from {gender.min():.2f} to {gender.max():.2f}"
    assert gender.min() < 0.3 and gender.max() > 0.7, (
        f"with large weights the gender stays between {gender.min():.2f} and {gender.max():.2f}: is it a softmax of one number, or does another activation come before the last?"
    )


# %%
""" # BEGIN TEST CONFIG
success_message: "One trunk, three heads, and every word counts."
failure_message: "Expected: one table of words, which all three outputs depend on."
""" # END TEST CONFIG


def test_one_trunk(build_profile_model):
    import numpy as np

    model, rng = build_profile_model(37, 4), np.random.default_rng(0)
    tables = [w for w in model.trainable_weights if 37 in w.shape]
    assert len(tables) == 1, f"expected one weight with a row for each of 37 words, got {len(tables)}: embed the words once"
    for w in model.trainable_weights:
        w.assign_add(rng.normal(size=w.shape) * 0.3)
    take = lambda outputs: dict(outputs) if isinstance(outputs, dict) else dict(zip(model.output_names, outputs))
    posts = rng.integers(1, 18, (8, 5))
    before = take(model(posts))
    for word in range(5):
        other = posts.copy()
        other[:, word] += 18
        for name, values in take(model(other)).items():
            assert np.abs(np.asarray(values) - np.asarray(before[name])).max() > 1e-6, f"another word in place {word + 1} of 5 leaves the {name} as it was"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **See it.** Your graph, trained on 800 posts, and what it says about 200 others. The squared error of an age is hundreds of times larger than a cross-entropy; a weight of 0.01 brings
# them to one size.

# %% tags=["demo"]
with picture("build_profile_model"):
    keras.utils.set_random_seed(5)
    guesser = build_profile_model(len(profiles["words"]), len(profiles["income_names"]))
    draw_graph(guesser, "your model")
    plt.show()
    fitting = {"age": "mse", "income": "sparse_categorical_crossentropy", "gender": "binary_crossentropy"}
    guesser.compile(keras.optimizers.Adam(0.01), loss=fitting, loss_weights={"age": 0.01, "income": 1, "gender": 1})
    truth = {"age": profiles["age"].astype("float32")[:, None], "income": profiles["income"], "gender": profiles["gender"].astype("float32")[:, None]}
    guesser.fit(profiles["posts"][:800], {name: values[:800] for name, values in truth.items()}, epochs=30, batch_size=32, verbose=0)
    guesses = guesser.predict(profiles["posts"][800:], verbose=0)
    guesses = guesses if isinstance(guesses, dict) else dict(zip(guesser.output_names, guesses))
    age = truth["age"][800:, 0]
    print(f"mean error of the age: {np.abs(guesses['age'][:, 0] - age).mean():.1f} years; of one guess for all: {np.abs(age - age.mean()).mean():.1f}")
    print(f"income group right:    {(guesses['income'].argmax(axis=1) == truth['income'][800:]).mean():.1%}")
    print(f"gender right:          {((guesses['gender'] > 0.5) == truth['gender'][800:]).mean():.1%}")
    plt.figure(figsize=(4.2, 4))
    plt.scatter(age, guesses["age"][:, 0], s=14, alpha=0.7)
    plt.plot([16, 80], [16, 80], color="black")
    plt.xlabel("age of the writer (years)")
    plt.ylabel("guessed age (years)")

# %% [markdown]
# ## Put together
#
# Your router, compiled by your function, fed from your dataset: by name from end to end. Beside it three networks that see one input only; the others are blanked out with zeros. How much does each input tell
# about a ticket, and what do you gain by reading all three?


# %% tags=["demo"]
def trained_router(shown, epochs=12):
    """Train a router on tickets of which only the inputs in `shown` can be seen; held-out shares right of both outputs."""
    keras.utils.set_random_seed(6)
    visible = {name: values if name in shown else np.zeros_like(values) for name, values in TICKET_INPUTS.items()}
    router = build_ticket_router(len(tickets["words"]), len(tickets["tag_names"]), len(tickets["department_names"]))
    compile_ticket_router(router, 1.0, 1.0)
    router.fit(make_dataset(part(visible, 0, 800), part(TICKET_TARGETS, 0, 800), 32, seed=0), epochs=epochs, shuffle=False, verbose=0)
    outputs = router(part(visible, 800, 1000))
    outputs = outputs if isinstance(outputs, dict) else dict(zip(router.output_names, outputs))
    outputs = {name: np.asarray(values) for name, values in outputs.items()}
    urgent = (outputs["priority"] > 0) == TICKET_TARGETS["priority"][800:]
    sent = outputs["department"].argmax(axis=1) == TICKET_TARGETS["department"][800:]
    return urgent.mean(), sent.mean()


with picture("every question"):
    readers = {"title": ["title"], "body": ["body"], "tags": ["tags"], "all three": ["title", "body", "tags"]}
    shares = np.array([trained_router(shown) for shown in readers.values()])
    print(dict(zip(readers, shares.round(3).tolist())))
    place = np.arange(4)
    plt.figure(figsize=(6, 3.4))
    plt.bar(place - 0.2, shares[:, 0], 0.38, color="#E69F00", hatch="//", edgecolor="white", label="priority")
    plt.bar(place + 0.2, shares[:, 1], 0.38, color="#0072B2", label="department")
    plt.xticks(place, readers)
    plt.xlabel("what the router can see")
    plt.ylabel("share of held-out tickets that is right")
    plt.ylim(0, 1)
    plt.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2)

# %% [markdown]
# **A knob to turn.** Train the router above with a department's weight of 0 and look at both shares. Nothing trains the department's
# layer then, but the layers below it learn all the same, for the priority. Is that of any use to the department?
#
# ## What you can do now
#
# You can write any model without loops as a graph: several inputs, several outputs, layers that are shared and branches that meet. You can tell by perturbation which output depends on which input, weigh losses against each other, and
# feed all of it by name.
#
# **Three things to try.** Ask the reader of question 2 about a story with two people in it: after the join there is one Dense layer, which only adds what the text says to what the question says, so why can it not tell whom you mean? Give the router an LSTM for the body and see whether the order of words helps. Take
# the trunk of the profile model as a model of its own, and look for two posts whose outputs of the trunk are close.
#
# **What the hidden tests look at.** The same conventions as in the docstrings, on other numbers: other sizes, texts of one word and of many, drawn weights; which output moves when one word, tag or input changes, and that no other example's does; the network of
# question 2 against one written out in NumPy; losses for large logits and weights of zero, for models that list their outputs in either order or as a dict, with data by name, by order and as a dataset; the order of shuffled rows over many seeds, odd sizes and types; and
# a real training of each model.
#
# **To hand in**: save this notebook (`functional_api.ipynb`) and upload it.
