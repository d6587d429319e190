"""What the suite asks of a student's loops. Runs in the worker: it measures and returns, and holds no expected value."""

import contextlib
from unittest import mock

import keras
import numpy as np
import tensorflow as tf
from keras import layers


def tensor(values):
    """What `fit` would hand over: float32, whatever the wire brought."""
    return tf.constant(values, tf.float32)


# sgd_numpy


def fitted(student, X, y, epochs, batch_size, learning_rate):
    """What the student's loop returns, and the data afterwards."""
    X, y = np.array(X), np.array(y)
    answer = student.sgd_numpy(X, y, epochs, batch_size, learning_rate)
    return {"answer": answer, "X": X, "y": y}


# huber


def losses(student, y_true, y_pred, delta):
    return student.huber(tensor(y_true), tensor(y_pred), delta)


def losses_in_a_graph(student, y_true, y_pred, delta, upstream):
    """Losses, and the gradient of Σ upstream · losses, in a graph that does not know the batch's size."""
    unknown_batch = tf.TensorSpec([None, np.shape(y_pred)[1]])

    @tf.function(input_signature=[unknown_batch, unknown_batch], autograph=False)
    def run(y_true, y_pred):
        with tf.GradientTape() as tape:
            tape.watch(y_pred)
            found = student.huber(y_true, y_pred, delta)
            total = tf.reduce_sum(found * tensor(upstream))
        return found, tape.gradient(total, y_pred, unconnected_gradients="zero")

    found, gradient = run(tensor(y_true), tensor(y_pred))
    return {"losses": found, "gradient": gradient}


def weighted_loss(student, y_true, y_pred, delta, sample_weight):
    """The one number that a compiled model makes of the losses and the examples' weights."""
    model = keras.Sequential([keras.Input(np.shape(y_pred)[1:])])
    model.compile(loss=lambda y_true, y_pred: student.huber(y_true, y_pred, delta))
    return model.compute_loss(y=tensor(y_true), y_pred=tensor(y_pred), sample_weight=tensor(sample_weight))


# balanced_weights


def example_weights(student, labels):
    return student.balanced_weights(np.array(labels))


# CustomModel. The same probes also drive a plain `keras.Model`, so that Keras' own steps can be measured: `whose` is "student" or "keras".


def linear(inputs):
    return layers.Dense(2, name="output")(inputs)


def two_layers(inputs):
    return layers.Dense(2, name="output")(layers.Dense(3, "tanh", name="hidden")(inputs))


def penalized(inputs):
    hidden = layers.Dense(3, "tanh", kernel_regularizer=keras.regularizers.L2(0.1), name="hidden")(inputs)
    return layers.Dense(2, activity_regularizer=keras.regularizers.L1(0.1), name="output")(hidden)


def noisy(inputs):
    hidden = layers.BatchNormalization(momentum=0.8, name="normalization")(layers.Dense(6, name="hidden")(inputs))
    return layers.Dense(2, name="output")(layers.Dropout(0.4, seed=5)(hidden))


NETWORKS = {"linear": linear, "two_layers": two_layers, "penalized": penalized, "noisy": noisy}


@contextlib.contextmanager
def switched_off(whose, step):
    """Keras' own step gives no result while the student's is measured."""

    def raises(self, data):
        raise NotImplementedError(f"CustomModel.{step} is not written yet")

    if whose == "keras":
        yield
    else:
        with mock.patch.object(keras.Model, step, raises):
            yield


def compiled(student, whose, network, compile_with, optimizer=None, weights=None, frozen=()):
    """A model of `x` `(B, 4)`, with the same weights for whoever asks: those given, or random ones."""
    inputs = keras.Input((4,))
    kind = keras.Model if whose == "keras" else student.CustomModel
    model = kind(inputs, NETWORKS[network](inputs))
    random = np.random.default_rng(3)
    drawn = [random.uniform(0.5, 1.5, w.shape) * (1 if "variance" in w.name else random.choice([-1, 1], w.shape)) for w in model.weights]
    model.set_weights(drawn if weights is None else weights)
    for name in frozen:
        model.get_layer(name).trainable = False
    optimizer = keras.optimizers.get(optimizer or {"class_name": "SGD", "config": {"learning_rate": 0.1}})
    model.compile(optimizer, **compile_with, jit_compile=False)
    return model


def flat(logs):
    """Results by name; the official examples return the metrics as a dict within the dict."""
    if not isinstance(logs, dict):
        return logs
    found = {}
    for name, value in logs.items():
        found.update(flat(value) if isinstance(value, dict) else {name: np.asarray(value)})
    return found


def train_steps(student, whose, network, batches, compile_with, **how):
    """Eager steps on the batches, one after another: the weights before and after, and what the last step returned."""
    with switched_off(whose, "train_step"):
        model = compiled(student, whose, network, compile_with, **how)
        before = [np.array(w) for w in model.weights]
        for batch in batches:
            logs = model.train_step(tuple(tensor(part) for part in batch))
    return {
        "names": [w.path.split("/", 1)[-1] for w in model.weights],
        "before": before,
        "weights": [np.array(w) for w in model.weights],
        "updates": int(model.optimizer.iterations),
        "logs": flat(logs),
    }


def fit(student, whose, network, x, y, sample_weight, compile_with, batch_size, epochs):
    """`fit` in graph mode: the weights afterwards, and each epoch's results."""
    with switched_off(whose, "train_step"):
        model = compiled(student, whose, network, compile_with)
        history = model.fit(tensor(x), tensor(y), sample_weight=tensor(sample_weight), batch_size=batch_size, epochs=epochs, shuffle=False, verbose=0)
    return {"weights": [np.array(w) for w in model.weights], "history": history.history}


def digits_scored(student, images, labels, sample_weight, new_images):
    """A real training with dropout and batch normalization; then the ten scores of each of the new images."""
    keras.utils.set_random_seed(11)
    inputs = keras.Input((64,))
    hidden = layers.BatchNormalization(momentum=0.9)(layers.Dense(32, "relu")(inputs))
    with switched_off("student", "train_step"):
        model = student.CustomModel(inputs, layers.Dense(10)(layers.Dropout(0.5, seed=1)(hidden)))
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        model.compile(keras.optimizers.Adam(3e-3), loss, jit_compile=False)
        model.fit(tensor(images), np.array(labels), sample_weight=tensor(sample_weight), batch_size=64, epochs=15, verbose=0)
    return model(tensor(new_images))


def evaluation_steps(student, whose, network, batches, compile_with):
    """Eager evaluation of the batches: the weights before and after, and what each step returned."""
    with switched_off(whose, "test_step"):
        model = compiled(student, whose, network, compile_with)
        before = [np.array(w) for w in model.weights]
        logs = [flat(model.test_step(tuple(tensor(part) for part in batch))) for batch in batches]
    return {"before": before, "weights": [np.array(w) for w in model.weights], "updates": int(model.optimizer.iterations), "logs": logs}


def evaluate(student, whose, network, x, y, sample_weight, compile_with, batch_size):
    """`evaluate` in graph mode."""
    with switched_off(whose, "test_step"):
        model = compiled(student, whose, network, compile_with)
        return model.evaluate(tensor(x), tensor(y), sample_weight=tensor(sample_weight), batch_size=batch_size, return_dict=True, verbose=0)


# EarlyStopper


_watched = []


def watched_model():
    """A small model whose weights are not all trained; made once, since each fit sets all its weights anew."""
    if not _watched:
        _watched.append(keras.Sequential([keras.Input((3,)), layers.Dense(2, use_bias=False), layers.BatchNormalization(scale=False)]))
    return _watched[0]


def scripted(stopper, losses, train):
    """What `fit` would do with the callback where validation gives these losses, and the training loss falls; returns the epochs that ran."""
    model = watched_model()
    callbacks = keras.callbacks.CallbackList([stopper], model=model)
    model.stop_training = False
    callbacks.on_train_begin()
    for epoch, val_loss in enumerate(losses):
        callbacks.on_epoch_begin(epoch)
        train(model, epoch)
        logs = {"loss": 1 / (epoch + 1), "val_loss": val_loss}
        callbacks.on_epoch_end(epoch, logs)
        if model.stop_training:
            break
    callbacks.on_train_end(logs)
    return epoch + 1


def epochs_run(student, patience, losses):
    return scripted(student.EarlyStopper(patience), losses, train=lambda model, epoch: None)


def scripted_fits(student, patience, fits):
    """For each list of validation losses in `fits`, all with one callback: how many epochs it ran, and the weights' values afterwards.

    "Training" sets every weight to 100 · (number of the fit) + (number of the epoch), both from 1.
    """
    stopper = student.EarlyStopper(patience)
    found = []
    for number, losses_of_fit in enumerate(fits, 1):

        def train(model, epoch, number=number):
            for weight in model.weights:
                weight.assign(np.full(weight.shape, 100 * number + epoch + 1, "float32"))

        epochs = scripted(stopper, losses_of_fit, train)
        found.append({"epochs": epochs, "weights": [np.array(weight) for weight in watched_model().weights]})
    return found


def patients_fitted(student, patience, x, y, new_x, new_y):
    """A real training of a network that is too large: its history, and its validation loss afterwards."""
    keras.utils.set_random_seed(11)
    model = keras.Sequential([keras.Input((10,)), layers.Dense(64, "relu"), layers.Dense(64, "relu"), layers.Dense(1)])
    model.compile(keras.optimizers.Adam(1e-3), "mse", jit_compile=False)
    validation = tensor(new_x), tensor(new_y)
    history = model.fit(
        tensor(x), tensor(y), validation_data=validation, epochs=60, batch_size=32, callbacks=[student.EarlyStopper(patience)], verbose=0
    )
    return {"val_loss": history.history["val_loss"], "afterwards": model.evaluate(*validation, verbose=0)}
