"""The repaired network is compared, weight by weight, with an LSTM written out in NumPy.

No word number 0 is used except where lengths are compared with the reference: whether padding is masked is left open.
"""

from pathlib import Path

import numpy as np
import pytest

from gradetape.suite import as_array, assert_between, assert_close, assert_close_any, assert_differs, assert_equal, assert_shape, check, get, question, visible, weight

pytestmark = question("qa_model")

SIZES = (83, 71, 6)  # words of the text, words of the question, answers: both vocabularies larger than their embeddings
SHAPES = [[83, 64], [71, 32], [64, 128], [32, 128], [128], [32, 128], [32, 128], [128], [64, 6], [6]]


def words(rng, count, length, vocabulary):
    return rng.integers(1, vocabulary, size=(count, length)).astype("int32")


def asked(rng, count, text_length, question_length):
    return words(rng, count, text_length, SIZES[0]), words(rng, count, question_length, SIZES[1])


TEXT, QUESTION = asked(np.random.default_rng(0), 4, 6, 4)


@visible
def test_one_answer_for_each_question(student):
    """Each pair of text and question gets one row of probabilities, under the name `answer`."""
    got = get(student.answers(SIZES, TEXT, QUESTION), "by name")
    assert_equal(sorted(got), ["answer"], hint="The layer that makes the output is called answer.", what="names of the outputs")
    hint = "As many rows out as in: two vectors of one question are joined side by side, not one below the other."
    assert_shape(got["answer"], (4, 6), hint=hint, what="probabilities")
    assert_between(got["answer"], 0, 1, hint="A softmax over the answers.", what="probabilities")
    assert_close(as_array(got["answer"]).sum(axis=1), np.ones(4), hint="A softmax over the answers: each row adds up to one.", what="sums of the rows")


def test_whole_vocabularies(student):
    """Every word of either vocabulary is known, and has an effect of its own."""
    text, question = np.arange(1, 83, dtype="int32")[:, None], np.arange(1, 71, dtype="int32")[:, None]
    got = student.answers_by_name(SIZES, [(text, np.ones((82, 1), "int32")), (np.ones((70, 1), "int32"), question)])
    hint = "The first argument of an Embedding says how many words there are, and each input has a vocabulary of its own."
    for part, count in zip(got, (82, 70)):
        answer = as_array(get(part, "answer"), what="probabilities")
        assert_shape(answer, (count, 6), hint=hint, what="probabilities")
        assert_equal(len(np.unique(answer.round(7), axis=0)), count, hint=hint, what="number of words that differ in their effect")


@weight(2)
def test_sizes(student):
    """The weights have the sizes of the colleague's plan: embeddings of 64 and 32, LSTMs of 32 units, one joined vector of 64."""
    got = student.qa_shapes(SIZES)
    hint = "Embeddings of 64 numbers for the text and 32 for the question, an LSTM of 32 units for each, both joined to 64 numbers."
    assert_equal(sorted(get(got, "weights")), sorted(SHAPES), hint=hint, what="shapes of the weights")
    assert_equal(get(got, "inputs"), ["question", "text"], hint="The inputs are called text and question.", what="names of the inputs")


def changed_words():
    """The four questions, and after them the third one with one word changed: each word of its text, then each word of its question."""
    text, question = np.repeat(TEXT[[2]], 10, axis=0), np.repeat(QUESTION[[2]], 10, axis=0)
    for row in range(10):
        array, position = (text, row) if row < 6 else (question, row - 6)
        array[row, position] = array[row, position] % 50 + 7
    return np.concatenate([TEXT, text]), np.concatenate([QUESTION, question])


@weight(2)
def test_both_inputs_count(student):
    """A word changed in a text or in a question moves the answer to that question, and no other."""
    before = as_array(get(get(student.answers(SIZES, TEXT, QUESTION), "by name"), "answer"), what="probabilities")
    assert_shape(before, (4, 6), hint="One row of probabilities for each question.", what="probabilities")
    after = as_array(get(student.answers_by_name(SIZES, [changed_words()])[0], "answer"), what="probabilities")
    assert_shape(after, (14, 6), hint="One row of probabilities for each question.", what="probabilities")
    hint = "Other questions in the batch must not reach an answer: where are the two vectors joined?"
    assert_close(after[:4], before, hint=hint, what="answers to four questions, with ten others in the batch")
    for row in range(10):
        name, position = ("text", row) if row < 6 else ("question", row - 6)
        hint = f"Every word of the {name} must reach the answer."
        assert_differs(after[4 + row], before[2], at_least=1e-5, hint=hint, what=f"answer after word {position} of the {name} changed")


def test_any_length(student, rng):
    """Texts and questions may have any length, each its own, from one word upward."""
    pairs = [asked(rng, 3, *lengths) for lengths in [(1, 1), (8, 2), (2, 5)]]
    for got in student.answers_by_name(SIZES, pairs):
        assert_shape(get(got, "answer"), (3, 6), hint="Leave the length of both inputs open.", what="probabilities")


def test_by_name_by_order_and_alone(student):
    """Inputs may come as a dict or as the list [text, question], and a question may come alone."""
    got = student.answers(SIZES, TEXT, QUESTION)
    by_name, by_order, alone = (get(get(got, way), "answer") for way in ("by name", "by order", "alone"))
    assert_shape(by_name, (4, 6), hint="One row of probabilities for each question.", what="probabilities")
    assert_close(by_order, by_name, hint="The model's inputs are a list: the text first, then the question.", what="answers to a list of inputs")
    assert_close(alone, by_name[2:3], hint="Nothing in the model may mix the questions of a batch.", what="answer to a question alone")


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def last_state(x, kernel, recurrent, bias):
    """The last output of an LSTM with Keras' gates (input, forget, cell, output) for a batch of sequences `(B, T, d)`."""
    state = memory = np.zeros((len(x), len(recurrent)))
    for step in range(x.shape[1]):
        gate_in, forget, cell, out = np.split(x[:, step] @ kernel + state @ recurrent + bias, 4, axis=1)
        memory = sigmoid(forget) * memory + sigmoid(gate_in) * np.tanh(cell)
        state = sigmoid(out) * np.tanh(memory)
    return state


def find(weights, *shapes):
    """Neighbours among the weights that have these shapes: the weights of one layer."""
    for i in range(len(weights)):
        if [w.shape for w in weights[i : i + len(shapes)]] == list(shapes):
            return weights[i : i + len(shapes)]
    check(False, hint="Embeddings of 64 and 32 numbers, an LSTM of 32 units on each, one Dense layer on both.", what=f"a layer with weights of shapes {shapes}")
    return None


def joined(order, text, question):
    return np.concatenate([text, question] if order == "text first" else [question, text], axis=1)


@weight(2)
def test_same_as_written_out(student):
    """With the same weights it computes what the plan says: embed, read with an LSTM, join, softmax."""
    got = student.answers(SIZES, TEXT, QUESTION)
    weights = [as_array(w, what="weight") for w in get(got, "weights")]
    (text_table,), (question_table,) = find(weights, (83, 64)), find(weights, (71, 32))
    text_lstm, question_lstm = find(weights, (64, 128), (32, 128), (128,)), find(weights, (32, 128), (32, 128), (128,))
    kernel, bias = find(weights, (64, 6), (6,))
    read_text, read_question = last_state(text_table[TEXT], *text_lstm), last_state(question_table[QUESTION], *question_lstm)
    expected = []
    for order in ("text first", "question first"):
        scores = np.exp(joined(order, read_text, read_question) @ kernel + bias)
        expected.append(scores / scores.sum(axis=1, keepdims=True))
    hint = "Each LSTM reads its own embedded words and hands on its last state; softmax over the answers comes right after the join."
    assert_close_any(get(get(got, "by name"), "answer"), expected, rtol=1e-3, hint=hint, what="probabilities")


@pytest.mark.gpu
@weight(2)
def test_learns_stories(student):
    """After a real training it answers most questions about stories that it has not read."""
    with np.load(Path(__file__).parents[3] / "assignments" / "functional_api" / "data" / "qa.npz") as data:
        parts = {name: data[name].astype("int32") for name in ("text", "question", "answer")}
        sizes = [len(data[name]) for name in ("text_words", "question_words", "answer_words")]
    train, held_out = ({name: values[part] for name, values in parts.items()} for part in (slice(1200), slice(1200, None)))
    got = student.qa_trained(sizes, train, {name: held_out[name] for name in ("text", "question")}, epochs=20)
    right = as_array(get(got, "answer"), what="probabilities").argmax(axis=1) == held_out["answer"]
    hint = "Both the text and the question must reach the answer, and be trained."
    assert_between(right.mean(), 0.7, 1, hint=hint, what="share of held-out questions answered right")
