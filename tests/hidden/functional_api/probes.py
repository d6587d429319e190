"""What the suite asks of a submission. Runs in the worker, beside the student's names; it holds no expected value."""

import functools
import itertools
import pickle

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops


_built = {}


def remembered(probe):
    """Answer a call as an earlier one with equal arguments was answered: several tests look at one run from different sides."""
    answers = {}

    @functools.wraps(probe)
    def ask(student, *args, **kwargs):
        key = pickle.dumps((args, kwargs))
        if key not in answers:
            answers[key] = probe(student, *args, **kwargs)
        return answers[key]

    return ask


def built(build, *arguments):
    """The model that a function builds from these arguments, as it was built.

    Each is built once, since building takes longer than all that a test does with it; the seed and the values put back make the tests'
    order irrelevant.
    """
    key = build.__name__, arguments
    if key not in _built or _built[key][0] is not build:
        keras.utils.set_random_seed(0)
        model = build(*arguments)
        _built[key] = build, model, [np.array(variable) for variable in model.variables]
    _, model, values = _built[key]
    for variable, value in zip(model.variables, values):
        variable.assign(value)
    return model


def draw_weights(model, vocabularies=(), scale=1.0, seed=5):
    """New trainable weights for a model as it was built, the same for the same seed: tables of words near one, kernels in proportion to their fan-in.

    One-dimensional weights are moved a little from where they start, since a gain of 1 or a forget bias of 1 is there for a reason.
    """
    generator = np.random.default_rng(seed)
    for weight in model.trainable_weights:
        noise = generator.normal(size=weight.shape)
        if len(weight.shape) < 2:
            weight.assign(np.asarray(weight) + 0.2 * scale * noise)
        elif weight.shape[0] in vocabularies:
            weight.assign(noise)
        else:
            weight.assign(1.2 * scale / np.sqrt(np.prod(weight.shape[:-1])) * noise)


def under_many_weights(build, sizes, inputs, scale, draws):
    """Outputs by name under so many draws of weights, one after the other along the first axis."""
    found = []
    for seed in range(draws):
        model = built(build, *sizes)
        draw_weights(model, sizes[:1], scale, seed)
        found.append(named(model, model(inputs)))
    return {name: np.concatenate([np.asarray(outputs[name]) for outputs in found]) for name in found[0]}


def named(model, outputs):
    """Outputs by name, whether the model gives them as a dict, a list or alone."""
    if isinstance(outputs, dict):
        return dict(outputs)
    outputs = outputs if isinstance(outputs, (list, tuple)) else [outputs]
    return dict(zip(model.output_names, outputs))


def rows(inputs, wanted):
    """Some of the examples of a dict of inputs."""
    return {name: values[wanted] for name, values in inputs.items()}


# build_classifier


def classifier(student, input_dim, num_classes):
    """Shapes of the weights, how many of them train, the shapes at both ends, and whether it is a Sequential."""
    model = student.build_classifier(input_dim, num_classes)
    return {
        "weights": [list(weight.shape) for weight in model.weights],
        "trainable": len(model.trainable_weights),
        "inputs": [list(tensor.shape) for tensor in model.inputs],
        "outputs": [list(tensor.shape) for tensor in model.outputs],
        "sequential": isinstance(model, keras.Sequential),
    }


def classify(student, weights, x):
    """Outputs with these weights, for all rows and for the second alone."""
    model = built(student.build_classifier, len(x[0]), len(weights[-1]))
    model.set_weights(weights)
    x = np.float32(x)
    return {"together": model(x), "alone": model(x[1:2])}


def two_classifiers(student, input_dim, num_classes):
    """Weights of two models, and of the first again after the second has been changed."""
    one, other = (student.build_classifier(input_dim, num_classes) for _ in range(2))
    before, others = one.get_weights(), other.get_weights()
    other.set_weights([weight + 1 for weight in others])
    return {"one": before, "other": others, "one again": one.get_weights()}


# build_qa_model


def qa(student, sizes):
    """The model with drawn weights; the last word of each vocabulary belongs to it as the others do."""
    model = built(student.build_qa_model, *sizes)
    draw_weights(model, sizes[:2])
    return model


def qa_shapes(student, sizes):
    """Names of the inputs and shapes of the weights, as built."""
    model = qa(student, sizes)
    return {
        "inputs": sorted(tensor.name for tensor in model.inputs),
        "weights": [list(weight.shape) for weight in model.trainable_weights],
    }


@remembered
def answers(student, sizes, text, question):
    """Outputs fed by name and by order, for the third example alone, and the weights that gave them."""
    model = qa(student, sizes)
    inputs = {"text": text, "question": question}
    return {
        "by name": named(model, model(inputs)),
        "by order": named(model, model([text, question])),
        "alone": named(model, model(rows(inputs, slice(2, 3)))),
        "weights": [np.array(weight) for weight in model.trainable_weights],
    }


def answers_by_name(student, sizes, questions):
    """Outputs for several pairs of a text and a question, each of its own length."""
    model = qa(student, sizes)
    return [named(model, model({"text": text, "question": question})) for text, question in questions]


def qa_trained(student, sizes, train, held_out, epochs):
    """Probabilities for held-out questions after a real training, by name."""
    model = student.build_qa_model(*sizes)
    model.compile(keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy")
    inputs = {name: train[name] for name in ("text", "question")}
    model.fit(inputs, train["answer"], batch_size=32, epochs=epochs, verbose=0)
    return named(model, model.predict(held_out, verbose=0))


# build_ticket_router


def router(student, sizes):
    """The model with drawn weights."""
    model = built(student.build_ticket_router, *sizes)
    draw_weights(model, sizes[:1])
    return model


@remembered
def route(student, sizes, tickets):
    """Outputs by name for a dict of inputs."""
    model = router(student, sizes)
    return named(model, model(tickets))


def route_under_many_weights(student, sizes, tickets, scale, draws):
    """Outputs by name under several draws of large weights."""
    return under_many_weights(student.build_ticket_router, sizes, tickets, scale, draws)


def route_in_two_ways(student, sizes, tickets):
    """Outputs fed by name and by order, and for the second ticket alone."""
    model = router(student, sizes)
    return {
        "by name": named(model, model(tickets)),
        "by order": named(model, model([tickets["title"], tickets["body"], tickets["tags"]])),
        "alone": named(model, model(rows(tickets, slice(1, 2)))),
    }


def router_evaluated(student, sizes, tickets, targets, batch_size):
    """The loss over a dataset of named inputs and targets, with a loss for each output by its name; and the outputs for the same rows."""
    model = router(student, sizes)
    model.compile("sgd", loss={"priority": "mse", "department": "mae"}, run_eagerly=True)
    dataset = tf.data.Dataset.from_tensor_slices((tickets, targets)).batch(batch_size)
    return {"loss": model.evaluate(dataset, verbose=0, return_dict=True)["loss"], "outputs": named(model, model(tickets))}


def router_trained(student, sizes, train, targets, held_out, epochs):
    """Outputs for held-out tickets after a real training, in graph mode and by name."""
    model = student.build_ticket_router(*sizes)
    from_logits = {
        "priority": lambda truth, logits: ops.binary_crossentropy(ops.reshape(truth, (-1, 1)), logits, from_logits=True),
        "department": lambda truth, logits: ops.sparse_categorical_crossentropy(ops.reshape(truth, (-1,)), logits, from_logits=True),
    }
    model.compile(keras.optimizers.Adam(0.01), loss=from_logits)
    model.fit(train, targets, batch_size=32, epochs=epochs, verbose=0)
    return named(model, model.predict(held_out, verbose=0))


# compile_ticket_router: around models that are made here


def small_router(kind, num_words, num_tags, num_departments):
    """A router of one linear layer to each output; `kind` says how it hands its outputs out: listed, reversed or as a dict.

    Only where outputs are listed do the names of their layers matter.
    """
    title, body, tags = keras.Input((None,), name="title"), keras.Input((None,), name="body"), keras.Input((num_tags,), name="tags")
    words = layers.Embedding(num_words, 6)
    read = layers.concatenate([ops.mean(words(title), axis=1), ops.mean(words(body), axis=1), tags])
    units = {"priority": 1, "department": num_departments}
    outputs = {name: layers.Dense(width, name=None if kind == "dict" else name)(read) for name, width in units.items()}
    listed = {"listed": list(outputs.values()), "reversed": list(outputs.values())[::-1], "dict": outputs}
    return keras.Model([title, body, tags], listed[kind])


def compiled(student, kind, sizes, priority_weight, department_weight):
    """A small router with drawn weights, compiled by the student's function."""
    model = built(small_router, kind, *sizes)
    draw_weights(model, sizes[:1])
    student.compile_ticket_router(model, priority_weight, department_weight)
    return model


def loss_of_logits(student, kind, weights, priority, department, targets):
    """The compiled loss for given logits and targets."""
    sizes = 11, 3, len(department[0])
    model = compiled(student, kind, sizes, *weights)
    outputs = {"priority": tf.constant(priority, "float32"), "department": tf.constant(department, "float32")}
    return model.compute_loss(y=targets, y_pred=outputs if kind == "dict" else [outputs[name] for name in model.output_names])


def losses_of_logits(student, kind, weights, priority, department, targets):
    """The same for several pairs of weights."""
    return [loss_of_logits(student, kind, pair, priority, department, targets) for pair in weights]


def evaluated(student, sizes, weights, tickets, targets, batch_size):
    """The loss over the same tickets, targets by name, by order and in a dataset, of a model that lists the department first; and its outputs."""
    model = compiled(student, "reversed", sizes, *weights)
    model.run_eagerly = True
    by_order = [tickets[name] for name in ("title", "body", "tags")], [targets["department"], targets["priority"]]
    dataset = tf.data.Dataset.from_tensor_slices((tickets, targets)).batch(batch_size)
    found = {
        "by name": model.evaluate(tickets, targets, batch_size=batch_size, verbose=0),
        "by order": model.evaluate(*by_order, batch_size=batch_size, verbose=0),
        "in a dataset": model.evaluate(dataset, verbose=0),
    }
    losses = {way: loss[0] if isinstance(loss, list) else loss for way, loss in found.items()}
    return {"losses": losses, "outputs": named(model, model(tickets))}


def updated(student, sizes, weights, tickets, targets, steps):
    """The loss before and after some updates by the model's own optimizer, and how far each head's kernel moved."""
    model = compiled(student, "listed", sizes, *weights)
    heads = {name: model.get_layer(name).kernel for name in ("priority", "department")}
    before = {name: np.array(kernel) for name, kernel in heads.items()}
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = model.compute_loss(y=targets, y_pred=model(tickets, training=True))
        losses.append(loss)
        model.optimizer.apply(tape.gradient(loss, model.trainable_weights), model.trainable_weights)
    losses.append(model.compute_loss(y=targets, y_pred=model(tickets)))
    moved = {name: float(np.abs(np.asarray(kernel) - before[name]).max()) for name, kernel in heads.items()}
    return {"losses": losses, "moved": moved}


def compiled_and_trained(student, sizes, weights, train, targets, held_out, epochs):
    """Outputs for held-out tickets after a real training of a small router, in graph mode."""
    model = small_router("listed", *sizes)
    student.compile_ticket_router(model, *weights)
    model.fit(train, targets, batch_size=32, epochs=epochs, verbose=0)
    return named(model, model.predict(held_out, verbose=0))


# make_dataset

_MOST_BATCHES = 400
"""so that a dataset without end has one here"""


def batches(student, inputs, targets, batch_size, seed):
    """All batches, as a student's model would get them, and what the dataset is."""
    dataset = student.make_dataset(inputs, targets, batch_size, seed)
    taken = list(itertools.islice(dataset, _MOST_BATCHES))
    return {
        "dataset": isinstance(dataset, tf.data.Dataset),
        "kinds": sorted({"/".join([type(batch).__name__, *(type(part).__name__ for part in batch)]) for batch in taken}),
        "inputs": [batch[0] for batch in taken],
        "targets": [batch[1] for batch in taken],
    }


@remembered
def orders(student, count, batch_size, seeds):
    """For each seed the numbers of the rows, batch by batch, in one pass over a dataset of so many rows."""
    number = np.arange(count, dtype="int32")
    found = []
    for seed in seeds:
        dataset = student.make_dataset({"number": number, "double": 2 * number}, {"half": number / 2}, batch_size, seed)
        found.append([batch[0]["number"] for batch in itertools.islice(dataset, _MOST_BATCHES)])
    return found


def two_passes(student, count, batch_size, seed):
    """The numbers of the rows in two passes over one dataset."""
    number = np.arange(count, dtype="int32")
    dataset = student.make_dataset({"number": number}, {"half": number / 2}, batch_size, seed)
    return [[batch[0]["number"] for batch in itertools.islice(dataset, _MOST_BATCHES)] for _ in range(2)]


def dataset_feeds_a_router(student, sizes, tickets, targets, batch_size, seed):
    """The loss of a small router over the student's dataset, and over the arrays in it."""
    model = built(small_router, "listed", *sizes)
    draw_weights(model, sizes[:1])
    model.compile("sgd", loss={"priority": "mse", "department": "mae"}, run_eagerly=True)
    dataset = student.make_dataset(tickets, targets, batch_size, seed)
    return {"loss": model.evaluate(dataset, verbose=0, return_dict=True)["loss"], "outputs": named(model, model(tickets))}


def unchanged_arrays(student, inputs, targets, batch_size, seed):
    """The arrays as they are after a dataset has been made of them and read."""
    for _ in itertools.islice(student.make_dataset(inputs, targets, batch_size, seed), 3):
        pass
    return {"inputs": inputs, "targets": targets}


# build_profile_model


def profile_model(student, sizes):
    """The model with drawn weights."""
    model = built(student.build_profile_model, *sizes)
    draw_weights(model, sizes[:1])
    return model


def profile(student, sizes, posts):
    """Outputs by name."""
    model = profile_model(student, sizes)
    return named(model, model(posts))


@remembered
def profile_under_many_weights(student, sizes, posts, scale, draws):
    """Outputs by name under several draws of large weights."""
    return under_many_weights(student.build_profile_model, sizes, posts, scale, draws)


def profile_alone(student, sizes, posts):
    """Outputs for all posts, and for the second post alone."""
    model = profile_model(student, sizes)
    return {"together": named(model, model(posts)), "alone": named(model, model(posts[1:2]))}


def gradients_by_output(model, inputs):
    """For each output, the largest gradient of a weighted sum of it for each trainable weight; 0 where there is none."""
    with tf.GradientTape(persistent=True) as tape:
        outputs = named(model, model(inputs))
        sums = {name: ops.sum(output * np.linspace(1, 2, output.shape[1])) for name, output in outputs.items()}
    found = {}
    for name, total in sums.items():
        gradients = tape.gradient(total, model.trainable_weights)
        found[name] = [0.0 if gradient is None else float(np.abs(ops.convert_to_numpy(gradient)).max()) for gradient in gradients]
    return found


def profile_gradients(student, sizes, posts):
    """For each output, the largest gradient that each trainable weight gets from it; and the weights' shapes."""
    model = profile_model(student, sizes)
    return {"gradients": gradients_by_output(model, posts), "shapes": [list(weight.shape) for weight in model.trainable_weights]}


def profiles_trained(student, sizes, posts, targets, held_out, epochs):
    """Outputs for held-out posts after a real training by name."""
    model = student.build_profile_model(*sizes)
    model.compile(
        keras.optimizers.Adam(0.01),
        loss={"age": "mse", "income": "sparse_categorical_crossentropy", "gender": "binary_crossentropy"},
        loss_weights={"age": 0.01, "income": 1.0, "gender": 1.0},
    )
    model.fit(posts, targets, batch_size=32, epochs=epochs, verbose=0)
    return named(model, model.predict(held_out, verbose=0))
