"""What each output may be and what it depends on, under drawn weights. Which layers make up the trunk is left open."""

from pathlib import Path

import numpy as np
import pytest

from gradetape.suite import as_array, assert_between, assert_close, assert_equal, assert_shape, check, get, question, visible, weight

pytestmark = question("profile_model")

SIZES = (37, 4)  # words, income groups
WIDTHS = {"age": 1, "income": 4, "gender": 1}
LENGTH = 6
SOME = np.random.default_rng(0).integers(1, SIZES[0], size=(8, LENGTH)).astype("int32")


def under_large_weights(student):
    """Outputs for some posts under 22 draws of large weights.

    A right head is as likely to point up as down in each draw: never down in all 22 once in 2^22 = 4e6 times.
    """
    return student.profile_under_many_weights(SIZES, SOME, scale=8.0, draws=22)


def posts(rng, count, length=LENGTH):
    return rng.integers(1, SIZES[0], size=(count, length)).astype("int32")


@visible
def test_three_outputs_by_name(student, rng):
    """Each post gets an age, an income group's probabilities and a gender's probability, by name."""
    got = student.profile(SIZES, posts(rng, 5))
    assert_equal(sorted(got), sorted(WIDTHS), hint="The layers that make the outputs are called age, income and gender.", what="names of the outputs")
    for name, width in WIDTHS.items():
        assert_shape(got[name], (5, width), hint="One number for age and gender, one for each income group.", what=name)


@weight(2)
def test_age_is_any_number(student):
    """The age is a number without bounds."""
    age = as_array(get(under_large_weights(student), "age"), what="age")
    hint = "A quantity needs a linear output."
    assert_between(age.min(), -np.inf, -1.5, hint=hint, what="smallest age under large weights")
    assert_between(age.max(), 1.5, np.inf, hint=hint, what="largest age under large weights")


@weight(2)
def test_income_is_a_distribution(student):
    """The income groups exclude one another: probabilities that add up to one, each of which may come near 0 and 1."""
    hint = "One of several groups, so a softmax over them."
    income = as_array(get(under_large_weights(student), "income"), what="income")
    assert_shape(income, (22 * 8, 4), hint="One probability for each group.", what="income")
    assert_between(income, 0, 1 + 1e-6, hint=hint, what="probabilities of the income groups")
    assert_close(income.sum(axis=1), np.ones(22 * 8), rtol=1e-3, hint=hint, what="sums over the income groups")
    assert_between(income.max(), 0.9, 1 + 1e-6, hint=hint, what="largest probability under large weights")


@weight(2)
def test_gender_is_a_probability(student):
    """The gender is one probability, which may come near 0 and near 1."""
    gender = as_array(get(under_large_weights(student), "gender"), what="gender")
    hint = "Yes or no, so a sigmoid, and nothing before it that cuts its values off."
    assert_between(gender, 0, 1, hint=hint, what="probabilities")
    assert_between(gender.min(), 0, 0.1, hint=hint, what="smallest probability under large weights")
    assert_between(gender.max(), 0.9, 1, hint=hint, what="largest probability under large weights")


def test_every_word_reaches_every_output(student, rng):
    """A change of any word of a post moves its age, its income and its gender."""
    before = posts(rng, 12)
    blocks = [before]
    for position in range(LENGTH):
        other = before.copy()
        other[:, position] = before[:, position] % 36 + 1
        blocks.append(other)
    got = student.profile(SIZES, np.concatenate(blocks))
    for name, width in WIDTHS.items():
        values = as_array(get(got, name), what=name)
        assert_shape(values, (12 * (LENGTH + 1), width), hint="One row for each post.", what=name)
        moved = np.abs(values.reshape(LENGTH + 1, -1) - values[:12].reshape(1, -1)).max(axis=1)
        assert_between(moved[1:], 3e-5, np.inf, hint="All three outputs are made from all that was read.", what=f"how far each word moves {name}")


def test_one_trunk(student, rng):
    """The words are embedded once, and all three outputs read the same."""
    got = student.profile_gradients(SIZES, posts(rng, 8))
    shapes, gradients = get(got, "shapes"), get(got, "gradients")
    by_output = np.array([as_array(get(gradients, name), what="gradients") for name in WIDTHS])
    tables = [i for i, shape in enumerate(shapes) if SIZES[0] in shape]
    hint = "Read the post once; the three outputs branch off from what was read."
    assert_equal(len(tables), 1, hint="Embed the words once, in a table of vocab rows.", what="number of weights with a row for each word")
    assert_between(by_output[:, tables], 1e-9, np.inf, hint=hint, what="gradient of each output for the table of words")
    check(bool((by_output > 0).any(axis=0).all()), hint="Every layer is on the way from the post to an output.", what="every weight is reached by some output")


def test_any_length(student, rng):
    """Posts may have any length, from one word upward."""
    for length in (1, 3, 40):
        got = student.profile(SIZES, posts(rng, 2, length))
        for name, width in WIDTHS.items():
            assert_shape(get(got, name), (2, width), hint="Leave the number of words open.", what=name)


def test_each_post_by_itself(student, rng):
    """A post's outputs do not depend on what else is in the batch."""
    got = student.profile_alone(SIZES, posts(rng, 5))
    for name, width in WIDTHS.items():
        together, alone = (get(get(got, which), name) for which in ("together", "alone"))
        assert_shape(together, (5, width), hint="One row for each post.", what=name)
        assert_close(alone, together[1:2], hint="Nothing in the model may mix the posts of a batch.", what=f"{name} of a post alone")


@pytest.mark.gpu
@weight(2)
def test_learns_profiles(student):
    """After a real training it guesses what writers whom it has not read say of themselves."""
    with np.load(Path(__file__).parents[3] / "assignments" / "functional_api" / "data" / "profiles.npz") as data:
        read, sizes = data["posts"].astype("int32"), [len(data["words"]), len(data["income_names"])]
        truth = {"age": data["age"].astype("float32"), "income": data["income"].astype("int32"), "gender": data["gender"].astype("float32")}
    train = {name: values[:800, None] if name != "income" else values[:800] for name, values in truth.items()}
    got = student.profiles_trained(sizes, read[:800], train, read[800:], epochs=30)
    age, income, gender = (as_array(get(got, name), what=name) for name in WIDTHS)
    hint = "One trunk that reads all words, and three outputs of the right kind."
    spread = np.abs(truth["age"][800:] - truth["age"][:800].mean()).mean()
    assert_between(np.abs(age[:, 0] - truth["age"][800:]).mean() / spread, 0, 0.6, hint=hint, what="error of the age over that of the mean age")
    assert_between((income.argmax(axis=1) == truth["income"][800:]).mean(), 0.75, 1, hint=hint, what="share of held-out incomes guessed right")
    assert_between(((gender[:, 0] > 0.5) == truth["gender"][800:]).mean(), 0.75, 1, hint=hint, what="share of held-out genders guessed right")
