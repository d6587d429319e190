"""What the suite asks of a student's transformer. Runs in the worker: it measures and returns, and knows no answer."""

import contextlib
import inspect

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

from doubles import remembered


def floats(values):
    return tf.constant(np.asarray(values, "float32"))


def integers(values):
    return tf.constant(np.asarray(values, "int32"))


# scaled_dot_product_attention


def attentions(student, cases):
    """What is returned for each case: q, k, v, and a mask where there is one."""
    return [student.scaled_dot_product_attention(*map(floats, case[:3]), *map(tf.constant, case[3:])) for case in cases]


def attentions_in_a_graph(student, q, k, v, mask):
    """The same inside tf.function, without the mask and with it."""
    q, k, v = floats(q), floats(k), floats(v)
    traced = tf.function(lambda *inputs: student.scaled_dot_product_attention(*inputs))
    return [traced(q, k, v), traced(q, k, v, tf.constant(mask))]


def attention_gradients(student, q, k, v, mask, upstream):
    """The gradients of Σ upstream · output for q, k and v."""
    inputs = [floats(q), floats(k), floats(v)]
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        total = tf.reduce_sum(floats(upstream) * student.scaled_dot_product_attention(*inputs, tf.constant(mask))[0])
    return tape.gradient(total, inputs, unconnected_gradients="zero")


# causal_mask


def causal_masks(student, lengths):
    return [student.causal_mask(length) for length in lengths]


# PositionalEmbedding


class MaskSeen(layers.Layer):
    """Gives back the mask that reaches it, 1 for true and 0 for false; -1 everywhere if there is none."""

    supports_masking = True  # or else Keras warns that it goes no further

    def call(self, inputs, mask=None):
        return ops.zeros_like(inputs[..., 0]) - 1.0 if mask is None else ops.cast(mask, "float32")


def new_embedding(student, tables, **settings):
    (vocab_size, embed_dim), sequence_length = np.shape(tables["token"]), len(tables["position"])
    layer = student.PositionalEmbedding(sequence_length, vocab_size, embed_dim, **settings)
    layer(integers([[0]]))
    return layer


def tables_of(layer, tables):
    """The layer's weights by the names of the tables of these shapes, or None where they do not pair off one to one."""
    found = {name: [w for w in layer.trainable_weights if tuple(w.shape) == np.shape(table)] for name, table in tables.items()}
    return {name: weights[0] for name, weights in found.items()} if all(len(weights) == 1 for weights in found.values()) else None


def embedding_with(student, tables):
    """A layer with these tables as its weights, or None."""
    layer = new_embedding(student, tables)
    weights = tables_of(layer, tables)
    for name in weights or ():
        weights[name].assign(tables[name])
    return layer if weights else None


def embedding_made(student, tables, **settings):
    """Of a layer of these sizes: the shapes of its weights, and its name."""
    layer = new_embedding(student, tables, **settings)
    shapes = [sorted([int(n) for n in weight.shape] for weight in weights) for weights in (layer.trainable_weights, layer.weights)]
    return {"trainable": shapes[0], "all": shapes[1], "name": str(layer.name)}


def embedding_starts(student, tables):
    """The weights of two fresh layers."""
    return [tables_of(new_embedding(student, tables), tables) for _ in range(2)]


def embedded(student, tables, batches):
    """One layer, called on each batch of tokens in turn."""
    layer = embedding_with(student, tables)
    return layer and [layer(integers(batch)) for batch in batches]


def embedding_masks(student, tables, batches):
    """compute_mask for each batch, and the mask that reaches the next layer."""
    layer, seen = embedding_with(student, tables), MaskSeen()
    return layer and {
        "computed": [layer.compute_mask(integers(batch)) for batch in batches],
        "seen": [seen(layer(integers(batch))) for batch in batches],
    }


@remembered
def embedded_in_a_model(student, tables, batches):
    """Inside a functional model of unknown length, called, traced as a graph and in training: outputs, and masks that reach the next layer."""
    layer = embedding_with(student, tables)
    if layer is None:
        return None
    symbolic = keras.Input((None,), dtype="int32")
    vectors = layer(symbolic)
    model = keras.Model(symbolic, {"outputs": vectors, "masks": MaskSeen()(vectors)})
    traced = tf.function(model, input_signature=[tf.TensorSpec((None, None), tf.int32)])
    return {
        "called": [model(integers(batch)) for batch in batches],
        "traced": [traced(integers(batch)) for batch in batches],
        "in training": [model(integers(batch), training=True) for batch in batches],
    }


def embedding_gradients(student, tables, tokens, upstream):
    """The gradient of Σ upstream · output for each table."""
    layer = embedding_with(student, tables)
    if layer is None:
        return None
    weights = tables_of(layer, tables)
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(floats(upstream) * layer(integers(tokens)))
    found = tape.gradient(total, weights, unconnected_gradients="zero")
    return {name: tf.convert_to_tensor(gradient) for name, gradient in found.items()}


# format_dataset


def formatted(student, source, target, as_tensors):
    """What is returned for NumPy arrays or for tensors, and what these hold afterwards."""
    pair = [tf.constant(array) if as_tensors else np.array(array) for array in (source, target)]
    return {"returned": student.format_dataset(*pair), "given": pair}


def formatted_in_a_pipeline(student, source, target, batch_size):
    """What comes out of tf.data, batch by batch."""
    rows = tf.data.Dataset.from_tensor_slices((source, target))
    return list(rows.batch(batch_size).map(student.format_dataset))


# decode_sequence


class Script(layers.Layer):
    """Logits `table[state]`, where a position's state is a sum over the source and over the tokens up to it, modulo the table's length.

    Each column of the source and each position has a factor of its own. In training the logits have the other sign. Counts its calls, and keeps the
    longest row of tokens.
    """

    def __init__(self, table, source_factors, factors):
        super().__init__()
        self.table, self.source_factors, self.factors = floats(table), integers(source_factors), integers(factors)
        self.calls, self.longest = (self.add_weight(shape=(), dtype="int32", initializer="zeros", trainable=False) for _ in range(2))

    def call(self, source, tokens, training=False):
        length = tf.shape(tokens)[1]
        self.calls.assign_add(1)
        self.longest.assign(tf.maximum(self.longest, length))
        read = tf.reduce_sum(source * self.source_factors, axis=1, keepdims=True)
        state = (read + tf.cumsum((tokens + 1) * self.factors[:length], axis=1)) % len(self.table)
        logits = tf.gather(self.table, state)
        return -logits if training else logits

    def compute_output_spec(self, source, tokens, training=False):  # spares Keras a trial run, which would count
        return keras.KerasTensor((*tokens.shape, self.table.shape[1]))


@remembered
def decoded(student, script, source, start, end, max_length):
    """The tokens that come out, how often the transformer was called, and its longest row of decoder inputs."""
    inputs = [keras.Input((None,), dtype="int32", name=name) for name in ("encoder_inputs", "decoder_inputs")]
    scripted = Script(**script)
    transformer = keras.Model(inputs, scripted(*inputs))
    tokens = student.decode_sequence(transformer, np.array(source), start, end, max_length)
    return {"tokens": np.asarray(tokens), "calls": int(scripted.calls), "longest": int(scripted.longest)}


# TransformerEncoder and TransformerDecoder. `inputs` are x and, for a decoder, encoder_outputs; `keep` their padding masks, 1 where a token is


class Padded(layers.Layer):
    """Hands an input on, with this padding mask."""

    def call(self, inputs):
        return inputs[0] + 0.0  # a tensor of its own: MultiHeadAttention takes the mask off what it is given

    def compute_mask(self, inputs, mask=None):
        return ops.cast(inputs[1], "bool")


def in_two_arguments(block):
    """Whether encoder_outputs is an argument of its own, and does not come in one with x."""
    parameters = [p for p in inspect.signature(block.call).parameters.values() if p.name not in ("mask", "training") and p.kind != p.VAR_KEYWORD]
    return len(parameters) > 1 or parameters[0].kind == inspect.Parameter.VAR_POSITIONAL


def applied(block, inputs, **settings):
    """The block on x, or on x and encoder_outputs in the form that its `call` asks for."""
    return block(*inputs, **settings) if len(inputs) == 1 or in_two_arguments(block) else block(list(inputs), **settings)


@contextlib.contextmanager
def right_causal_mask(student, lower):
    """`lower` stands in for causal_mask, as the kind of array that the student's own returns."""
    own = None
    with contextlib.suppress(Exception):  # not defined
        own = student.causal_mask

    def double(length):
        table, like = np.asarray(lower, bool), None
        with contextlib.suppress(Exception):  # whatever is wrong with theirs
            like = own(2)
            table = table.astype(keras.backend.standardize_dtype(like.dtype))
        return (table if isinstance(like, np.ndarray) else tf.constant(table))[:length, :length]

    with student.replacing(causal_mask=double):
        yield


_blocks = {}


def block_with(student, name, settings, weights=()):
    """The student's block, made and called once; each test finds it with its first weights, then those in `weights` that are not None."""
    key = name, tuple(settings)
    if key not in _blocks:
        keras.utils.set_random_seed(0)
        block = getattr(student, name)(*settings)
        applied(block, [tf.zeros((1, length, settings[0])) for length in (3, 4)[: 1 + (name == "TransformerDecoder")]])
        _blocks[key] = block, [np.array(variable) for variable in block.weights]
    block, first = _blocks[key]
    for variable, value in zip(block.weights, first):
        variable.assign(value)
    for variable, value in zip(block.weights, weights):
        if value is not None:
            variable.assign(value)
    return block


def block_weights(student, name, settings, lower):
    """The shapes of a block's weights, which of them start as ones, and how many are trainable."""
    with right_causal_mask(student, lower):
        block = block_with(student, name, settings)
    shapes = [[int(n) for n in variable.shape] for variable in block.weights]
    return {"shapes": shapes, "ones": [bool(np.all(np.array(v) == 1)) for v in block.weights], "trainable": len(block.trainable_weights)}


def block_name(student, name, settings, given):
    """The name of a block that is given one."""
    return str(getattr(student, name)(*settings, name=given).name)


@remembered
def block_outputs(student, name, settings, runs, lower, weights=()):
    """For each run, the block's outputs and the mask that the next layer sees.

    A run holds `inputs`, and may hold `keep`, with None for an input without a mask, and `training`.
    """
    found = []
    with right_causal_mask(student, lower):
        block = block_with(student, name, settings, weights)
        for run in runs:
            inputs = [floats(each) for each in run["inputs"]]
            for i, keep in enumerate(run.get("keep", [])):
                inputs[i] = inputs[i] if keep is None else Padded()([inputs[i], floats(keep)])
            outputs = applied(block, inputs, training=run.get("training", False))
            found.append({"outputs": outputs, "mask": MaskSeen()(outputs)})
    return found


def block_in_a_model(student, name, settings, runs, lower):
    """The same inside a functional model that knows no lengths, traced as a graph. Each run has a mask for each input."""
    with right_causal_mask(student, lower):
        block = block_with(student, name, settings)
        inputs = [keras.Input((None, settings[0])) for _ in runs[0]["inputs"]]
        keep = [keras.Input((None,)) for _ in inputs]
        outputs = applied(block, [Padded()(pair) for pair in zip(inputs, keep)])
        model = keras.Model([*inputs, *keep], {"outputs": outputs, "mask": MaskSeen()(outputs)})
        unknown = [tf.TensorSpec((None, None, settings[0])) for _ in inputs] + [tf.TensorSpec((None, None)) for _ in keep]
        traced = tf.function(lambda *tensors: model(list(tensors)), input_signature=unknown)
        return [traced(*map(floats, [*run["inputs"], *run["keep"]])) for run in runs]


def largest(gradients):
    """The largest magnitude in each gradient; 0 where there is none."""
    return [0.0 if each is None else float(tf.reduce_max(tf.abs(tf.convert_to_tensor(each)))) for each in gradients]


def block_gradients(student, name, settings, inputs, lower):
    """The largest gradient of a weighted sum of the outputs for each of the block's weights; 0 for one that is not trained."""
    with right_causal_mask(student, lower):
        block = block_with(student, name, settings)
        with tf.GradientTape() as tape:
            outputs = applied(block, [floats(each) for each in inputs])
            total = tf.reduce_sum(outputs * keras.random.normal(outputs.shape))
    return largest(each if weight.trainable else None for each, weight in zip(tape.gradient(total, block.weights), block.weights))


# build_transformer, with doubles for the three layers. They normalise before they add, and count their weights otherwise


class Double(layers.Layer):
    """Remembers which sizes it was asked for."""

    made = []

    def __init__(self, *sizes, **kwargs):
        super().__init__(**kwargs)
        self.sizes = sizes
        Double.made.append(self)


class EmbeddingDouble(Double):
    """One table for positions and tokens; padding is masked as the contract has it."""

    def __init__(self, sequence_length, vocab_size, embed_dim, **kwargs):
        super().__init__(sequence_length, vocab_size, embed_dim, **kwargs)
        self.table = self.add_weight(shape=(sequence_length + vocab_size, embed_dim), initializer=keras.initializers.RandomNormal(stddev=0.3))

    def call(self, tokens):
        steps = ops.shape(tokens)[1]
        return self.table[:steps] + ops.take(self.table, ops.cast(tokens, "int32") + self.sizes[0], axis=0)

    def compute_mask(self, tokens, mask=None):
        return tokens > 0


def attention_double(embed_dim, num_heads):
    return layers.MultiHeadAttention(num_heads, embed_dim, use_bias=False)


def wide_double(embed_dim, width):
    return keras.Sequential([layers.LayerNormalization(), layers.Dense(width, "gelu"), layers.Dense(embed_dim)])


class EncoderDouble(Double):
    """Ignores padding, and hands its mask on."""

    def __init__(self, embed_dim, dense_dim, num_heads, **kwargs):
        super().__init__(embed_dim, dense_dim, num_heads, **kwargs)
        self.before, self.look, self.wide = layers.LayerNormalization(), attention_double(embed_dim, num_heads), wide_double(embed_dim, dense_dim)

    def call(self, x):
        normal = self.before(x)
        x = x + self.look(normal, normal)
        return x + self.wide(x)

    def compute_mask(self, x, mask=None):
        return mask


class DecoderDouble(Double):
    """Takes `double(x, encoder_outputs)` and `double([x, encoder_outputs])`."""

    def __init__(self, embed_dim, latent_dim, num_heads, **kwargs):
        super().__init__(embed_dim, latent_dim, num_heads, **kwargs)
        self.before = [layers.LayerNormalization() for _ in range(2)]
        self.look = [attention_double(embed_dim, num_heads) for _ in range(2)]
        self.wide = wide_double(embed_dim, latent_dim)

    def call(self, x, encoder_outputs=None):
        x, source = x if encoder_outputs is None else (x, encoder_outputs)
        normal = self.before[0](x)
        x = x + self.look[0](normal, normal, use_causal_mask=True)
        x = x + self.look[1](self.before[1](x), source)
        return x + self.wide(x)

    def compute_mask(self, x, mask=None):
        return mask[0] if isinstance(mask, (list, tuple)) else mask


_models = {}


def build(student, sizes):
    """The student's three models of the doubles, and the doubles; built anew."""
    keras.utils.set_random_seed(0)
    Double.made.clear()
    with student.replacing(PositionalEmbedding=EmbeddingDouble, TransformerEncoder=EncoderDouble, TransformerDecoder=DecoderDouble):
        models = student.build_transformer(*sizes)
    return dict(zip(["transformer", "encoder", "decoder"], models, strict=True)), list(Double.made)


def models_of(student, sizes):
    """The same, built once; each test finds them with their first weights, shaken, since some of these are zero and copies may be equal."""
    key = tuple(sizes)
    if key not in _models:
        models, doubles = build(student, sizes)
        variables = {id(variable): variable for model in models.values() for variable in model.weights}.values()
        for variable in variables:
            variable.assign_add(keras.random.normal(variable.shape, stddev=0.2))
        _models[key] = models, doubles, [(variable, np.array(variable)) for variable in variables]
    models, doubles, first = _models[key]
    for variable, value in first:
        variable.assign(value)
    return models, doubles


def run_of(models, source, tokens, training=False):
    """What each model returns, the decoder for what the encoder returns."""
    source, tokens = integers(source), integers(tokens)
    encoded = models["encoder"](source, training=training)
    return {
        "transformer": models["transformer"]({"encoder_inputs": source, "decoder_inputs": tokens}, training=training),
        "encoder": encoded,
        "decoder": models["decoder"]({"decoder_inputs": tokens, "encoder_outputs": encoded}, training=training),
    }


def named(inputs):
    """A model's inputs by the names that they are given by."""
    return inputs if isinstance(inputs, dict) else {each.name: each for each in keras.tree.flatten(inputs)}


def transformer_made(student, sizes):
    """Of each model: type and shape of its inputs by name, their order where it takes a list, shapes of outputs and weights. And the doubles' sizes."""
    models, doubles = models_of(student, sizes)
    return {
        "inputs": {name: {key: [each.dtype, *each.shape] for key, each in named(model.input).items()} for name, model in models.items()},
        "order": {name: None if isinstance(model.input, dict) else [each.name for each in model.inputs] for name, model in models.items()},
        "outputs": {name: [list(each.shape) for each in model.outputs] for name, model in models.items()},
        "weights": {name: [[int(n) for n in weight.shape] for weight in model.weights] for name, model in models.items()},
        "trainable": {name: len(model.trainable_weights) for name, model in models.items()},
        "doubles": sorted([type(double).__name__, *map(int, double.sizes)] for double in doubles),
    }


def transformer_runs(student, sizes, cases, training=False):
    """What the models return for each pair of a source and tokens."""
    models, _ = models_of(student, sizes)
    return [run_of(models, *case, training) for case in cases]


def transformer_inside(student, sizes, source, tokens):
    """The same for one pair; what the doubles make of it, called one after another; and the weights that are not theirs. None if a double is missing."""
    models, doubles = models_of(student, sizes)
    embeddings = {double.sizes[1]: double for double in doubles if isinstance(double, EmbeddingDouble)}
    blocks = {type(double): double for double in doubles}
    if not ({*sizes[1:3]} <= {*embeddings} and {EncoderDouble, DecoderDouble} <= {*blocks}):
        return None
    encoded = blocks[EncoderDouble](embeddings[sizes[1]](integers(source)))
    hidden = blocks[DecoderDouble](embeddings[sizes[2]](integers(tokens)), encoded)
    theirs = {id(weight) for double in doubles for weight in double.weights}
    others = [weight for weight in models["transformer"].weights if id(weight) not in theirs]
    return run_of(models, source, tokens) | {"encoded": encoded, "hidden": hidden, "others": others}


def transformer_changed(student, sizes, source, tokens):
    """What the models return at first, and after the weights of each of them have changed."""
    models, _ = models_of(student, sizes)
    found = {"nothing": run_of(models, source, tokens)}
    for name in models:
        models_of(student, sizes)
        for weight in models[name].trainable_weights:
            weight.assign_add(keras.random.normal(weight.shape, stddev=0.3))
        found[name] = run_of(models, source, tokens)
    return found


def transformer_gradients(student, sizes, source, tokens):
    """The largest gradient of a weighted sum of the logits for each weight of the encoder and of the decoder."""
    models, _ = models_of(student, sizes)
    with tf.GradientTape() as tape:
        logits = run_of(models, source, tokens)["transformer"]
        total = tf.reduce_sum(logits * keras.random.normal(logits.shape))
    weights = {name: models[name].trainable_weights for name in ("encoder", "decoder")}
    return {name: largest(gradients) for name, gradients in tape.gradient(total, weights).items()}


# A training for real


class Translator(keras.Model):
    """A transformer around the student's block, from doubles otherwise."""

    def __init__(self, student, sizes):
        super().__init__()
        sequence_length, source_vocab, target_vocab, *block_sizes = sizes
        self.source = EmbeddingDouble(sequence_length, source_vocab, block_sizes[0])
        self.target = EmbeddingDouble(sequence_length, target_vocab, block_sizes[0])
        self.reader, self.writer = EncoderDouble(*block_sizes), student.TransformerDecoder(*block_sizes)
        self.last = layers.Dense(target_vocab)

    def call(self, inputs):
        encoded = self.reader(self.source(inputs["encoder_inputs"]))
        return self.last(applied(self.writer, [self.target(inputs["decoder_inputs"]), encoded]))


_trainings = {}


def trained(student, question, sizes, sources, targets, epochs, of_all, lower):
    """Trains a transformer with the student's answer to this question for some epochs, or goes on with it: no call takes long."""
    inputs = {"encoder_inputs": integers(sources), "decoder_inputs": integers(targets[:, :-1])}
    with right_causal_mask(student, lower):
        if question not in _trainings:
            keras.utils.set_random_seed(0)
            model = build(student, sizes)[0]["transformer"] if question == "build_transformer" else Translator(student, sizes)
            rate = keras.optimizers.schedules.CosineDecay(0.005, of_all * -(-len(sources) // 64))
            model.compile(keras.optimizers.Adam(rate), keras.losses.SparseCategoricalCrossentropy(from_logits=True), jit_compile=False)
            _trainings[question] = model
        _trainings[question].fit(inputs, integers(targets[:, 1:]), batch_size=64, epochs=epochs, verbose=0)


def translated(student, question, sources, start, length, lower):
    """What the transformer that was trained makes of these sources, in so many tokens after `start`, the likeliest each time."""
    said = np.zeros((len(sources), 1 + length), "int32")
    said[:, 0] = start
    with right_causal_mask(student, lower):
        for step in range(length):
            logits = _trainings[question].predict({"encoder_inputs": integers(sources), "decoder_inputs": integers(said[:, :-1])}, batch_size=256, verbose=0)
            said[:, step + 1] = logits[:, step].argmax(axis=-1)
    return said[:, 1:]
