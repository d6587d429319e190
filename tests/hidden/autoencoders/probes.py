"""What the suite asks of a submission. Runs in the worker, beside the student's names; it holds no expected value."""

import functools

import keras
import numpy as np
import tensorflow as tf
from doubles import remembered
from keras import ops


_made = {}


def tensor(values):
    """What a Keras model would hand over: float32, whatever the wire brought."""
    return tf.constant(values, tf.float32)


def made(build, variables_of, *arguments):
    """What a student's function builds from these arguments, with the same weights in every test.

    It is built once, since building takes longer than all that a test does with it. The weights are the initial ones, shaken a little, for a
    layer that starts at zero is a right choice too. `variables_of` finds the variables in what was built.
    """
    key = build, arguments
    if key not in _made:
        keras.utils.set_random_seed(0)
        result = build(*arguments)
        for variable in variables_of(result):
            if variable.trainable:
                variable.assign_add(keras.random.normal(variable.shape, stddev=0.1))
        _made[key] = result, [np.array(variable) for variable in variables_of(result)]
    result, values = _made[key]
    for variable, value in zip(variables_of(result), values):
        variable.assign(value)
    keras.utils.set_random_seed(1)
    return result


def only(result):
    """What a model puts out; one that was built with a list of one output puts out such a list."""
    return result[0] if isinstance(result, list) and len(result) == 1 else result


def shapes_of(model):
    """The shapes a functional model was built with; no shapes for any other kind."""
    inputs, outputs = getattr(model, "inputs", None), getattr(model, "outputs", None)
    return {"inputs": [list(t.shape) for t in inputs or []], "outputs": [list(t.shape) for t in outputs or []]}


def largest(gradients):
    """The largest magnitude in each gradient; 0 where there is none."""
    return [0.0 if gradient is None else float(ops.max(ops.abs(gradient))) for gradient in gradients]


def connected(gradient, source):
    """A gradient, or zeros where there is no way from the source to the result."""
    return ops.zeros_like(source) if gradient is None else gradient


# build_autoencoder


def numbers_of(three):
    """The variables of autoencoder, encoder and decoder, each once, but for the states of random generators."""
    variables = {id(variable): variable for model in three for variable in model.variables if "float" in str(variable.dtype)}
    return list(variables.values())


def three_models(student, input_dim, latent_dim):
    """The student's autoencoder, encoder and decoder."""
    return made(student.build_autoencoder, numbers_of, input_dim, latent_dim)


def autoencoder_shapes(student, input_dim, latent_dim):
    """The shapes of each of the models that were returned."""
    return [shapes_of(model) for model in three_models(student, input_dim, latent_dim)]


@remembered
def copies(student, images, latent_dim):
    """Codes and copies of images: by the autoencoder, by one half after the other, and of the second image alone."""
    images = tensor(images)
    autoencoder, encoder, decoder = three_models(student, images.shape[1], latent_dim)
    codes = only(encoder(images))
    return {"codes": codes, "whole": only(autoencoder(images)), "halves": only(decoder(codes)), "alone": only(autoencoder(images[1:2]))}


def copies_after_a_step(student, images, latent_dim, learning_rate):
    """Codes and copies before and after a step of gradient descent on the autoencoder's own weights."""
    images = tensor(images)
    autoencoder, encoder, decoder = three_models(student, images.shape[1], latent_dim)
    codes = only(encoder(images))
    before = {"codes": codes, "decoded": only(decoder(codes))}
    with tf.GradientTape() as tape:
        loss = ops.mean(ops.square(only(autoencoder(images, training=True)) - images))
    for weight, gradient in zip(autoencoder.trainable_weights, tape.gradient(loss, autoencoder.trainable_weights)):
        if gradient is not None:
            weight.assign(weight - learning_rate * gradient)
    after = {"codes": only(encoder(images)), "decoded": only(decoder(codes)), "whole": only(autoencoder(images))}
    return {"before": before, "after": {**after, "halves": only(decoder(after["codes"]))}}


def ranges(student, images, codes, factor):
    """Codes of images and pixels of codes, after each trainable weight was multiplied by a factor."""
    images, codes = tensor(images), tensor(codes)
    three = three_models(student, images.shape[1], codes.shape[1])
    for variable in numbers_of(three):
        if variable.trainable:
            variable.assign(variable * factor)
    return {"codes": only(three[1](images)), "pixels": only(three[2](codes))}


@remembered
def influence(student, images, latent_dim, direction):
    """How a weighted sum of the copies depends on each pixel that goes in, and on the trainable weights of either half (largest gradients)."""
    images = tensor(images)
    autoencoder, encoder, decoder = three_models(student, images.shape[1], latent_dim)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(images)
        total = ops.sum(only(autoencoder(images)) * tensor(direction))
    to_images = tape.gradient(total, images)
    halves = [largest(tape.gradient(total, half.trainable_weights)) for half in (encoder, decoder)]
    return {"pixels": connected(to_images, images), "encoder": halves[0], "decoder": halves[1]}


def code_influence(student, codes, input_dim, direction):
    """How a weighted sum of the decoder's pixels depends on each number of the codes."""
    codes = tensor(codes)
    decoder = three_models(student, input_dim, codes.shape[1])[2]
    with tf.GradientTape() as tape:
        tape.watch(codes)
        total = ops.sum(only(decoder(codes)) * tensor(direction))
    return connected(tape.gradient(total, codes), codes)


def train_autoencoder(student, images, held_out, latent_dim, epochs):
    """Copies of held-out images after a real training: by the autoencoder, and by one half after the other."""
    autoencoder, encoder, decoder = student.build_autoencoder(images.shape[1], latent_dim)
    autoencoder.compile(optimizer=keras.optimizers.Adam(3e-3), loss="binary_crossentropy", jit_compile=False)
    autoencoder.fit(tensor(images), tensor(images), epochs=epochs, batch_size=64, verbose=0)
    return {"whole": only(autoencoder(tensor(held_out))), "halves": only(decoder(only(encoder(tensor(held_out)))))}


# total_r2


def r2(student, returns, predicted):
    """What `total_r2` says, and whether it left its arguments as they were."""
    arguments = np.array(returns), np.array(predicted)
    value = student.total_r2(*arguments)
    return {"value": value, "untouched": bool(np.array_equal(arguments[0], returns) and np.array_equal(arguments[1], predicted))}


# build_conditional_autoencoder


def all_of(pair):
    """The variables of a model that stands first in a pair."""
    return [variable for variable in pair[0].variables if "float" in str(variable.dtype)]


def with_its_parts(build):
    """A builder of the student's model together with one that also shows betas and factors."""

    @functools.cache
    def both(*sizes):
        model = build(*sizes)
        parts = [model.get_layer(name).output for name in ("output_beta", "output_factor")]
        return model, keras.Model(model.inputs, [*parts, model.outputs[0]])

    return both


_builders = {}


def factor_model(student, sizes):
    """The student's model of these sizes (N, P, hidden units, K), and the same with betas and factors as outputs too."""
    build = student.build_conditional_autoencoder
    if build not in _builders:
        _builders[build] = with_its_parts(build)
    return made(_builders[build], all_of, *sizes)


def factor_model_shapes(student, sizes):
    """Shapes by the names of inputs and layers, and those of the outputs."""
    model, parts = factor_model(student, sizes)
    named = {tensor.name: list(tensor.shape) for tensor in model.inputs}
    return {"inputs": named, "betas": list(parts.outputs[0].shape), "factors": list(parts.outputs[1].shape), "outputs": shapes_of(model)["outputs"]}


@remembered
def explain(student, sizes, characteristics, returns, training=False, calls=1):
    """Betas, factors and explained returns of each of several calls, and the stored numbers of the model before and after them."""
    model, parts = factor_model(student, sizes)
    stored = [np.array(variable) for variable in model.non_trainable_variables]
    months = {"input_beta": tensor(characteristics), "input_factor": tensor(returns)}
    found = [dict(zip(["betas", "factors", "explained"], parts(months, training=training))) for _ in range(calls)]
    still = all(np.array_equal(old, new) for old, new in zip(stored, model.non_trainable_variables))
    return {"calls": found, "stored_numbers": len(stored), "stored_numbers_stay": still}


def sizes_of_parts(student, many_sizes):
    """For each (N, P, hidden units, K): the number of all weights behind the betas, behind the factors and in the model, and how many of them train."""
    counts = []
    for sizes in many_sizes:
        model, parts = factor_model(student, sizes)
        inputs = {tensor.name: tensor for tensor in model.inputs}
        left, right = keras.Model(inputs["input_beta"], parts.outputs[0]), keras.Model(inputs["input_factor"], parts.outputs[1])
        trained = sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)
        counts.append({"betas": left.count_params(), "factors": right.count_params(), "model": model.count_params(), "trained": trained})
    return counts


def factor_model_gradients(student, sizes, characteristics, returns, direction):
    """The largest gradient of a weighted sum of explained returns for each trainable weight."""
    model, _ = factor_model(student, sizes)
    with tf.GradientTape() as tape:
        explained = only(model({"input_beta": tensor(characteristics), "input_factor": tensor(returns)}))
        total = ops.sum(ops.square(explained - tensor(direction)))
    return largest(tape.gradient(total, model.trainable_weights))


_in_training = []


def train_factor_model(student, characteristics, returns, training_months, hidden_units, num_factors, epochs, of_epochs):
    """The returns of all months as the student's model explains them after some more epochs on the first months, of so many in all.

    In several calls: with one operation for each ticker, as `TimeDistributed` has it, a whole training takes longer than one call may.
    """
    months = {"input_beta": tensor(characteristics), "input_factor": tensor(returns)}
    if not _in_training:
        model = student.build_conditional_autoencoder(*characteristics.shape[1:], hidden_units, num_factors)
        falling = keras.optimizers.schedules.CosineDecay(0.04, of_epochs * -(-training_months // 16))
        model.compile(optimizer=keras.optimizers.Adam(falling), loss="mse", jit_compile=False)
        _in_training.append(model)
    model = _in_training[0]
    past = {name: values[:training_months] for name, values in months.items()}
    model.fit(past, past["input_factor"], epochs=epochs, batch_size=16, verbose=0)
    return only(model(months, training=False))


# forecast_returns


def forecast(student, betas, factors, window):
    """The forecasts, and whether the function left its arguments as they were."""
    arguments = np.array(betas), np.array(factors)
    made_of = student.forecast_returns(*arguments, window)
    return {"forecasts": made_of, "untouched": bool(np.array_equal(arguments[0], betas) and np.array_equal(arguments[1], factors))}
