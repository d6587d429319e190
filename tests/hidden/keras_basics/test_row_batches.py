"""Files of uneven length against the rows laid end to end, for ever."""

import numpy as np

from gradetape.suite import as_array, assert_between, assert_close, assert_equal, get, question, visible, weight

pytestmark = question("row_batches")


def tables(rng, lengths):
    return [rng.normal(scale=3, size=(length, 11)).astype("float32") for length in lengths]


def expected(files, batch_size, count):
    """The first batches' rows: shape (count, batch_size, 11)."""
    table = np.concatenate(files)
    rows = np.arange(count * batch_size) % len(table)
    return table[rows].reshape(count, batch_size, 11)


def assert_batches(got, files, batch_size, count, hint):
    wanted = expected(files, batch_size, count)
    X = get(got, "X", what="batches")
    assert_equal(len(X), count, hint="A generator for fit never ends.", what="number of batches")
    for number in range(count):
        assert_close(X[number], wanted[number, :, :10], hint=hint, what=f"X of batch {number + 1}")
        assert_close(get(got, "y")[number], wanted[number, :, 10], hint=hint, what=f"y of batch {number + 1}")


@visible
def test_inside_one_file(student, rng):
    """The first batches of a long file are its first rows, features and target apart."""
    files = tables(rng, [12])
    hint = "Ten features, then the target; the header is no row."
    assert_batches(student.batches(files, 4, 2), files, 4, 2, hint)


@weight(2)
def test_over_the_ends_of_files(student, rng):
    """What is left at the end of a file goes into the next batch, and no row is lost or read twice."""
    files = tables(rng, [5, 2, 4])
    hint = "Keep what is left when a file ends, and complete it from the next file."
    assert_batches(student.batches(files, 3, 3), files, 3, 3, hint)


@weight(2)
def test_over_the_last_file(student, rng):
    """After the last file the first follows, and the rows left over go into the batch that it completes."""
    files = tables(rng, [5, 2, 4])
    hint = "The files form a ring: the rows left at the end of the last one are followed by the first row of the first one."
    assert_batches(student.batches(files, 3, 12), files, 3, 12, hint)


def test_batch_larger_than_everything(student, rng):
    """A batch may be larger than all files together."""
    files = tables(rng, [2, 3])
    hint = "A batch may need more than one round through all files; it is full all the same."
    assert_batches(student.batches(files, 7, 3), files, 7, 3, hint)


def test_batch_of_one(student, rng):
    """Batches of a single row keep their axes."""
    files = tables(rng, [2, 1])
    assert_batches(student.batches(files, 1, 4), files, 1, 4, "X has shape (B, 10) and y has shape (B,), for B = 1 too.")


def test_float32_arrays(student, rng):
    """Both parts are NumPy arrays of float32."""
    got = student.batches(tables(rng, [5]), 2, 2)
    assert_equal(get(got, "types"), ["ndarray of float32"], hint="fit works in float32: convert once, when the batch is made.", what="types of X and y")


def test_files_are_closed(student, rng):
    """At most one file is open at a time, and none once the generator is closed."""
    got = student.batches(tables(rng, [3, 2, 4, 2]), 2, 9)
    opened = as_array(get(got, "open"), what="open files")
    assert_between(opened, 0, 1, hint="Close each file before you open the next: a with block does it by itself.", what="open files after each batch")
    assert_equal(get(got, "open at the end"), 0, hint="No file may stay open when the generator is closed.", what="open files at the end")


def test_generators_are_independent(student, rng):
    """A second generator starts at the first row and does not disturb the first."""
    files = tables(rng, [4, 3])
    got = student.two_generators(files, 3)
    rows = np.concatenate(files)[:, 10]
    hint = "Keep what is left over inside the generator, in a local variable."
    for part, wanted, what in zip(got, [rows[:3], rows[:3], rows[3:6]], ["first batch", "other generator's first", "second batch"]):
        assert_close(part, wanted, hint=hint, what=what)
