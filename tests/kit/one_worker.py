"""Cells and probes for tests that need no more than a worker."""

import pytest

from gradetape.sandbox.client import StudentError

DOUBLES = """
def ten(*_):
    return 10
"""

PROBES = """
from doubles import ten

def run(student, name, *args, **kwargs):
    return getattr(student, name)(*args, **kwargs)

def with_ten(student, name, replaced, *args):
    with student.replacing(**{replaced: ten}):
        return getattr(student, name)(*args)

def draw(student):
    import keras, numpy as np, random, tensorflow as tf
    return [keras.random.normal((3,)), tf.random.normal((3,)), np.random.rand(3), random.random()]
"""


def prepared(worker):
    worker.install("doubles", DOUBLES)
    worker.install("probes", PROBES)
    return worker


def run(worker, source, name="f", *args, **kwargs):
    """Define `name` in a cell, call it by a probe, and return what arrives."""
    worker.run_cell(source, "<cell 4>")
    return worker.call("run", (name, *args), kwargs, 7)


def error_of(worker, source):
    with pytest.raises(StudentError) as raised:
        run(worker, source)
    return raised.value
