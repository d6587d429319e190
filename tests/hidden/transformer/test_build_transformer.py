"""Doubles stand in for the three layers, so what the models do is foreseen by calling the doubles one after another."""

import numpy as np
import pytest

from gradetape.suite import as_array, assert_between, assert_close, assert_differs, assert_equal, assert_shape, check, get, question, visible, weight

from .unseen_dates import translations

pytestmark = question("build_transformer")

LONGEST, SOURCE_VOCAB, TARGET_VOCAB, E, D, H = SIZES = [9, 13, 7, 4, 10, 3]
ONCE = "Each layer is made once, and all three models are built of the same layers."
SOURCE = np.array([[3, 12, 5, 1, 8, 0, 0], [2, 4, 6, 10, 12, 9, 7], [11, 1, 0, 0, 0, 0, 0]])
TOKENS = np.array([[1, 6, 3, 2, 0], [1, 5, 5, 4, 6], [1, 2, 0, 0, 0]])


def made(student, sizes=SIZES):
    return student.transformer_made(sizes)


def runs(student, *cases, training=False):
    """For each case, what the three models return."""
    got = student.transformer_runs(SIZES, cases, training)
    return [{name: as_array(get(run, name), what=name) for name in ("transformer", "encoder", "decoder")} for run in got]


@visible
@weight(2)
def test_inputs_and_outputs(student):
    """Three models in their order, with named inputs of any length, and outputs of the right shapes."""
    for sizes in (SIZES, [6, 8, 11, 5, 7, 2]):
        _, _, vocab, e, *_ = sizes
        got = made(student, sizes)
        source, tokens = {"encoder_inputs": [None, None]}, {"decoder_inputs": [None, None]}
        inputs = {"transformer": source | tokens, "encoder": source, "decoder": tokens | {"encoder_outputs": [None, None, e]}}
        outputs = {"transformer": [[None, None, vocab]], "encoder": [[None, None, e]], "decoder": [[None, None, vocab]]}
        for name in inputs:
            seen = get(got["inputs"], name)
            hint = "Return (transformer, encoder, decoder). Name each keras.Input as the docstring says, and leave its length open: (None,)."
            assert_equal({key: shape for key, (_, *shape) in seen.items()}, inputs[name], hint=hint, what=f"inputs of the {name}")
            check(got["order"][name] in (None, list(inputs[name])), hint="Inputs are listed in the docstring's order.", what=f"order of the inputs of the {name}")
            are_tokens = {key: "int" in dtype for key, (dtype, *_) in seen.items()}
            expected = {key: key != "encoder_outputs" for key in inputs[name]}
            hint = "Tokens are integers, which keras.Input has to be told; what the encoder returns is not."
            assert_equal(are_tokens, expected, hint=hint, what=f"whether the inputs of the {name} are integers")
            hint = "embed_dim numbers for each position of the source; target_vocab logits for each position of the target."
            assert_equal(get(got["outputs"], name), outputs[name], hint=hint, what=f"outputs of the {name}")


def test_sizes(student):
    """Two embeddings, each for its own vocabulary, one encoder and one decoder are made, of the sizes asked for."""
    expected = [["DecoderDouble", E, D, H], ["EmbeddingDouble", LONGEST, TARGET_VOCAB, E], ["EmbeddingDouble", LONGEST, SOURCE_VOCAB, E], ["EncoderDouble", E, D, H]]
    hint = ONCE + " Their arguments are those of the docstrings, in their order; source and target have different vocabularies."
    assert_equal(made(student)["doubles"], expected, hint=hint, what="layers that were made")


@weight(2)
def test_path_of_the_tokens(student):
    """The source goes through its embedding and the encoder, the target through its own embedding and the decoder, then through one Dense layer."""
    got = student.transformer_inside(SIZES, SOURCE, TOKENS)
    hint = "PositionalEmbedding, then the block, on each side; the decoder is given its own embedded tokens first, then the encoder's outputs."
    real = SOURCE > 0
    encoder, expected = (as_array(get(got, name, hint=hint), what=name) for name in ("encoder", "encoded"))
    assert_shape(encoder, expected.shape, hint=hint, what="output of the encoder")
    assert_close(encoder[real], expected[real], rtol=1e-3, atol=1e-4, hint=hint, what="output of the encoder")
    kernel, bias = dense(got)
    expected = as_array(got["hidden"]) @ kernel + bias
    for name in ("transformer", "decoder"):
        hint = "The decoder's last layer is Dense(target_vocab) without activation: logits. " + hint
        assert_close(got[name], expected, rtol=1e-3, atol=1e-3, hint=hint, what=f"logits of the {name}")


def dense(got):
    """Kernel and bias of the last layer."""
    others = sorted((as_array(each) for each in get(got, "others")), key=lambda each: -each.ndim)
    hint = "Besides your three layers there is one with weights: Dense(target_vocab)."
    assert_equal([list(each.shape) for each in others], [[E, TARGET_VOCAB], [TARGET_VOCAB]], hint=hint, what="other weights")
    return others


@weight(2)
def test_decoder_on_encoder(student):
    """The transformer's logits are the decoder's for what the encoder returns, for sources and targets of several lengths."""
    for run in runs(student, (SOURCE, TOKENS), (SOURCE[:, :3], TOKENS[:, :1]), (np.tile(SOURCE, 2)[:, :LONGEST], np.tile(TOKENS, 2)[:, :LONGEST])):
        assert_close(run["transformer"], run["decoder"], rtol=1e-3, atol=1e-4, hint=ONCE, what="transformer beside decoder(tokens, encoder(source))")


@weight(2)
def test_shared_weights(student):
    """What one model learns the others know: new weights in one change the others."""
    got = student.transformer_changed(SIZES, SOURCE, TOKENS)
    before = get(got, "nothing")
    for changed in ("transformer", "encoder", "decoder"):
        after = get(got, changed)
        assert_close(after["transformer"], as_array(after["decoder"]), rtol=1e-3, atol=1e-3, hint=ONCE, what=f"logits after the weights of the {changed} changed")
        for name in {"transformer": ["transformer", "encoder"], "encoder": ["encoder", "transformer"], "decoder": ["transformer"]}[changed]:
            assert_differs(after[name], before[name], at_least=1e-2, hint=ONCE, what=f"the {name} before and after the weights of the {changed} changed")
    counts = {name: sorted(shapes) for name, shapes in get(made(student), "weights").items()}
    hint = ONCE + " The transformer has the weights of both halves, and no others."
    assert_equal(counts["transformer"], sorted(counts["encoder"] + counts["decoder"]), hint=hint, what="shapes of the weights")


@weight(2)
def test_source_padding(student):
    """Padding behind the source moves no logit, and every other token of the source moves them."""
    longer = np.concatenate([SOURCE, np.zeros((3, 2), int)], axis=1)
    short, plain, more = runs(student, (SOURCE[2:, :2], TOKENS[2:]), (SOURCE, TOKENS), (longer, TOKENS))
    hint = "The padding mask comes from PositionalEmbedding and must reach the encoder and, behind it, the decoder: leave nothing between them that drops it."
    for name in ("transformer", "decoder"):
        assert_close(more[name], plain[name], rtol=1e-3, atol=1e-4, hint=hint, what=f"logits of the {name} with two more tokens of padding")
        assert_close(plain[name][2:], short[name], rtol=1e-3, atol=1e-4, hint=hint, what=f"logits of the {name} beside those without padding")
    changed = np.repeat(SOURCE[1:2], 7, axis=0)
    changed[np.arange(7), np.arange(7)] = 1
    (moved,) = runs(student, (changed, np.repeat(TOKENS[1:2], 7, axis=0)))
    influence = np.abs(moved["transformer"] - plain["transformer"][1]).max(axis=-1)
    assert_between(influence, 1e-4, np.inf, hint="Every token of the source counts for every logit.", what="influence of the source's tokens")


def test_same_in_training(student):
    """Training and use give the same outputs: there is no dropout."""
    (used,), (trained,) = (runs(student, (SOURCE, TOKENS), training=training) for training in (False, True))
    for name in used:
        assert_close(trained[name], used[name], hint="Add no Dropout layer.", what=f"output of the {name} in training")


def test_all_weights_learn(student):
    """Every weight of the encoder and of the decoder has a gradient from the transformer's logits."""
    got = student.transformer_gradients(SIZES, SOURCE, TOKENS)
    count = made(student)["trainable"]
    for name in ("encoder", "decoder"):
        values = as_array(get(got, name), what="gradients")
        check(values.size > 3, hint="The layers' weights are the models'.", what=f"weights of the {name}")
        assert_between(values, 1e-9, np.inf, hint="Both halves are on the way from the inputs to the logits.", what=f"gradients of the {name}")
    hint = "Both halves are on the way from the inputs to the logits, and everything is trained."
    assert_equal(count["transformer"], count["encoder"] + count["decoder"], hint=hint, what="trainable weights")


@pytest.mark.gpu
@weight(2)
def test_translates_unseen_dates(student):
    """Trained, it translates dates that it has never seen, nearly all without a mistake."""
    got, truth = translations(student, "build_transformer")
    got = as_array(got, what="translations")
    assert_shape(got, truth.shape, hint="One translation for each date.", what="translations")
    hint = "Source and target must both reach the logits, and all weights must learn."
    assert_between((got == truth).all(axis=1).mean(), 0.99, 1, hint=hint, what="share of unseen dates translated exactly")
