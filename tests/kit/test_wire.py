"""The wire: what goes in comes out, and nothing but data, or a Violation, ever comes out of foreign bytes."""

import math
import struct
import tracemalloc

import msgpack
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from gradetape.sandbox import wire

settings.register_profile("kit", deadline=None, database=None)  # a busy machine is no failure
settings.load_profile("kit")

NONCE = bytes(range(16))
DTYPES = ["<f2", "<f4", "<f8", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", "|b1", "<c8", "<c16"]

arrays = hnp.arrays(st.sampled_from(DTYPES), hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
scalars = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text() | arrays
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5), max_leaves=12)


def frame(structure, array_bytes=b"", nonce=NONCE):
    """A frame with a structure of one's own, packed by msgpack or given as bytes."""
    packed = structure if isinstance(structure, bytes) else msgpack.packb(structure)
    return wire.HEADER.pack(nonce, len(packed), len(array_bytes)) + packed + array_bytes


def array_reference(dtype="<f8", shape=(2,), offset=0):
    return msgpack.ExtType(1, msgpack.packb([dtype, list(shape), offset]))


def same(a, b):
    if isinstance(a, np.ndarray):
        return isinstance(b, np.ndarray) and a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, (list, tuple)):
        return isinstance(b, list) and len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return isinstance(b, dict) and a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if isinstance(a, float):
        return isinstance(b, float) and (a == b or math.isnan(a) and math.isnan(b))
    return type(a) is type(b) and a == b


def is_data(value):
    """Whether a value is made of what the protocol has forms for, and nothing else."""
    if isinstance(value, list):
        return all(map(is_data, value))
    if isinstance(value, dict):
        return all(type(key) is str for key in value) and all(map(is_data, value.values()))
    if type(value) is np.ndarray:
        return value.dtype.str in DTYPES and not value.flags.writeable
    return value is None or type(value) in (bool, int, float, str)


@given(values)
def test_what_goes_in_comes_out(value):
    packed = wire.pack(value, NONCE)
    assert wire.read_header(packed[: wire.HEADER.size], NONCE) == len(packed) - wire.HEADER.size
    assert same(value, wire.unpack(packed))


@pytest.mark.parametrize(
    ("given_value", "arrives"),
    [
        ((1, (2, 3)), [1, [2, 3]]),
        (np.float32(1.5), np.array(1.5, "<f4")),
        (np.float64(1.5), 1.5),
        (np.arange(6, dtype=">i4").reshape(2, 3), np.arange(6, dtype="<i4").reshape(2, 3)),
        (np.arange(12.0).reshape(3, 4).T, np.arange(12.0).reshape(3, 4).T),
        (np.arange(10.0)[::3], np.arange(10.0)[::3]),
        ([np.zeros((0, 3)), np.ones(2)], [np.zeros((0, 3)), np.ones(2)]),
    ],
    ids=["tuples", "float32 scalar", "float64 scalar", "big-endian", "transposed", "strided", "empty"],
)
def test_other_forms_of_data_arrive_as_plain_ones(given_value, arrives):
    got = wire.unpack(wire.pack(given_value, NONCE))
    assert same(np.ascontiguousarray(arrives) if isinstance(arrives, np.ndarray) and arrives.ndim else arrives, got)


@pytest.mark.parametrize(
    "value",
    [object(), {1, 2}, np.array([object()]), np.array(["a"]), np.zeros(1, "M8[s]"), np.zeros(1, np.longdouble), 2**64, lambda: 0, 1j],
)
def test_what_is_no_data_is_not_packed(value):
    with pytest.raises(wire.NotData):
        wire.pack([value], NONCE)


def test_nesting_without_end_is_not_packed():
    value = []
    value.append(value)
    with pytest.raises(wire.NotData):
        wire.pack(value, NONCE)


def test_too_much_is_not_packed():
    with pytest.raises(wire.Violation, match="more than a frame may hold"):
        wire.pack("x" * (wire.MAX_STRUCTURE + 1), NONCE)
    with pytest.raises(wire.Violation, match="more than a frame may hold"):
        wire.pack(np.zeros(wire.MAX_ARRAYS + 1, np.uint8), NONCE)


# From here on a student's code has written the bytes.


@settings(max_examples=400)
@given(st.binary(max_size=300), st.binary(max_size=100))
@example(b"\x81\xa1a" * 90 + b"\x80", b"")
@example(b"\xdd\xff\xff\xff\xff", b"")
@example(b"\xc7\x00\x01", b"")
def test_any_structure_is_data_or_a_violation(structure, array_bytes):
    try:
        value = wire.unpack(frame(structure, array_bytes))
    except wire.Violation:
        return
    assert is_data(value)


@settings(max_examples=200)
@given(
    st.lists(st.tuples(st.sampled_from([*DTYPES, "|O", "<M8[s]", "|V8", "x", 7]), st.lists(st.integers(-3, 2**41), max_size=4), st.integers(-9, 99))),
    st.binary(max_size=100),
)
def test_any_references_are_data_or_a_violation(references, array_bytes):
    try:
        value = wire.unpack(frame([msgpack.ExtType(1, msgpack.packb(list(r))) for r in references], array_bytes))
    except wire.Violation:
        return
    assert is_data(value)
    assert sum(array.nbytes for array in value) <= len(array_bytes)


@given(values, st.data())
def test_a_spoiled_frame_is_data_or_a_violation(value, data):
    """One byte of a good frame changed, behind the header."""
    packed = bytearray(wire.pack(value, NONCE))
    place = data.draw(st.integers(wire.HEADER.size, len(packed) - 1))
    packed[place] = data.draw(st.integers(0, 255))
    try:
        assert is_data(wire.unpack(bytes(packed)))
    except wire.Violation:
        pass


@given(st.binary(min_size=wire.HEADER.size, max_size=wire.HEADER.size))
def test_any_header_is_a_length_within_bounds_or_a_violation(header):
    for nonce in (NONCE, header[:16]):
        try:
            assert 0 <= wire.read_header(header, nonce) <= wire.MAX_STRUCTURE + wire.MAX_ARRAYS
        except wire.Violation:
            pass


@pytest.mark.parametrize(
    "forged",
    [
        frame({"value": array_reference()}, b"x" * 15),
        frame({"value": array_reference(shape=(2**39,))}, b"x" * 8),
        frame({"value": array_reference(shape=(2**20, 2**20, 2**20, 2**4))}, b"x" * 8),
        frame({"value": array_reference(shape=(-1,))}, b"x" * 8),
        frame({"value": array_reference(shape=(True, 2))}, b"x" * 16),
        frame({"value": array_reference(shape=[1] * 17)}, b"x" * 8),
        frame({"value": array_reference(offset=-8)}, b"x" * 16),
        frame({"value": array_reference(dtype="|O")}, b"x" * 16),
        frame({"value": array_reference(dtype="<f8,<f8")}, b"x" * 16),
        frame([array_reference(), array_reference()], b"x" * 16),
        frame([array_reference(offset=8), array_reference()], b"x" * 32),
        frame({"value": b"bytes"}),
        frame({b"value": 1}),
        frame({1: 1}),
        frame(msgpack.packb(msgpack.Timestamp(1))),
        frame(msgpack.ExtType(2, b"")),
        frame(b"\x91" * 100_000 + b"\xc0"),
        frame(b"\x91" * 40 + b"\xc0"),
        frame(b"\xdd\xff\xff\xff\xff"),
        frame(b"\xdb\xff\xff\xff\xff"),
        frame(b"\xa1\xff"),
        frame(b"\xc0\xc0"),
        frame(b""),
        frame(1)[:-1],
        frame(1)[:20],
        frame(1) + b"more",
    ],
    ids=[
        "fewer bytes than the shape",
        "a shape of terabytes",
        "a shape that overflows",
        "a negative side",
        "a truth value for a side",
        "too many dimensions",
        "a negative offset",
        "objects",
        "a structured type",
        "two arrays over the same bytes",
        "arrays out of order",
        "bytes",
        "a key of bytes",
        "a number for a key",
        "a time",
        "an unknown extension",
        "nested a hundred thousand deep",
        "nested forty deep",
        "four billion items announced",
        "four billion letters announced",
        "letters that are none",
        "two values",
        "nothing",
        "a truncated frame",
        "a truncated header",
        "bytes after the frame",
    ],
)
def test_a_forged_frame_is_a_violation(forged):
    with pytest.raises(wire.Violation):
        wire.unpack(forged)


def test_a_pickle_stays_bytes():
    pickled = b"\x80\x04\x95\x1c\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94\x8c\x06system\x94\x93\x94\x8c\x04true\x94\x85\x94R\x94."
    with pytest.raises(wire.Violation):
        wire.unpack(frame(pickled))


@pytest.mark.parametrize(
    ("header", "why"),
    [
        (struct.pack("<16sII", b"another's nonce!", 1, 0), "nonce"),
        (struct.pack("<16sII", NONCE, wire.MAX_STRUCTURE + 1, 0), "announced"),
        (struct.pack("<16sII", NONCE, 1, wire.MAX_ARRAYS + 1), "announced"),
        (struct.pack("<16sII", NONCE, 2**32 - 1, 2**32 - 1), "announced"),
    ],
)
def test_a_foreign_or_oversized_header_is_a_violation(header, why):
    with pytest.raises(wire.Violation, match=why):
        wire.read_header(header, NONCE)


@pytest.mark.parametrize(
    "item",
    [b"\xc0", b"\x80", b"\x81\xa0\x80", b"\xd7\x01\x93\xa3|b1\x91\x00\x00"],
    ids=["nothing", "empty dicts", "dicts of dicts", "empty arrays"],
)
def test_memory_stays_a_small_multiple_of_the_frame(item):
    count = 100_000 // len(item)
    structure = b"\xdd" + struct.pack(">I", count) + item * count
    tracemalloc.start()
    try:
        wire.unpack(frame(structure))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 100 * len(structure)


def test_arrays_are_views_of_the_frame_and_cannot_be_written():
    array = wire.unpack(wire.pack(np.arange(5.0), NONCE))
    assert not array.flags.owndata
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1
