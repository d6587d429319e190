import numpy as np

from gradetape.suite import as_array, assert_close, assert_shape, question, visible

pytestmark = question("masked_mean")


def some_sequences(rng, batch=4, steps=5, numbers=3):
    """Sizes that are all different, and masks that differ from sequence to sequence, none of them empty."""
    lengths = np.array([2, 5, 1, 3])[:batch]
    return rng.normal(loc=1, size=(batch, steps, numbers)), np.arange(steps) < lengths[:, None]


def expected_mean(values, mask):
    return np.stack([v[m].mean(axis=0) for v, m in zip(values, mask, strict=True)])


@visible
def test_shape(student, rng):
    """One mean for each sequence and each of its numbers."""
    values, mask = some_sequences(rng)
    assert_shape(student.mean(values, mask), (4, 3), hint="Only the axis of the steps goes away.")


def test_mean_of_the_steps_that_count(student, rng):
    """Each sequence's mean is over its own steps."""
    values, mask = some_sequences(rng)
    got = student.mean(values, mask)
    assert_close(got, expected_mean(values, mask), hint="Divide by the number of steps that count, in each sequence its own.")


def test_padding_does_not_matter(student, rng):
    """Changing what stands in the padding changes nothing."""
    values, mask = some_sequences(rng)
    other = np.where(mask[:, :, None], values, 1000.0)
    before, after = as_array(student.mean(values, mask)), as_array(student.mean(other, mask))
    assert_close(after, before, hint="A step whose mask is false must not reach the sum.")


def test_a_sequence_without_steps(student, rng):
    """Where no step counts the mean is 0, and the other sequences' means stay."""
    values, mask = some_sequences(rng)
    mask[1] = False
    got = as_array(student.mean(values, mask))
    assert_shape(got, (4, 3), hint="Only the axis of the steps goes away.")
    assert_close(got[1], np.zeros(3), hint="The formula's maximum keeps you from dividing by 0.")


def test_in_graph_mode(student, rng):
    """It works where batch size and length are not known beforehand."""
    values, mask = some_sequences(rng)
    got = student.mean_in_graph_mode(values, mask)
    assert_close(got, expected_mean(values, mask), hint="Do not take lengths from `values.shape`: they may be None.")
