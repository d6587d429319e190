"""The data-only protocol between the grader and a worker.

A frame is a header (nonce, length of the structure, length of the arrays' bytes), the structure in
msgpack, and the arrays' bytes one after another. The structure refers to an array by dtype, shape and
offset. Reading a frame runs nothing, and takes no more memory than a small multiple of its length:
the structure is bounded on its own, and an array is a view of bytes that really arrived and are no other
array's.
"""

from __future__ import annotations

import math
import os
import struct

import msgpack
import numpy as np

HEADER = struct.Struct("<16sII")
NONCE_BYTES = 16
MAX_STRUCTURE = 1 << 20
MAX_ARRAYS = 64 << 20
MAX_DEPTH = 32
_ARRAY = 1  # msgpack extension type of a reference to an array
_DTYPES = {"<f2", "<f4", "<f8", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", "|b1", "<c8", "<c16"}
_PLAIN = {type(None), bool, int, float, str, np.ndarray}


class Violation(Exception):
    """The other side sent something that is not data of this protocol."""


class NotData(TypeError):
    """A value that the protocol has no form for; the message names its type."""


def pack(value, nonce: bytes) -> bytes:
    """A frame of a value made of arrays, numbers, strings, None, lists, tuples and dicts with string keys.

    A tuple arrives as a list. Raises NotData for anything else and Violation for too much of it.
    """
    arrays: list[bytes] = []
    size = 0

    def as_reference(item):
        nonlocal size
        if not isinstance(item, (np.ndarray, np.generic)):
            raise NotData(type(item).__name__)
        array = np.ascontiguousarray(item).reshape(np.shape(item))
        array = array.astype(array.dtype.newbyteorder("<"), copy=False)
        if array.dtype.str not in _DTYPES:
            raise NotData(f"array of {array.dtype}")
        reference = msgpack.packb([array.dtype.str, list(array.shape), size])
        arrays.append(array.tobytes())
        size += array.nbytes
        return msgpack.ExtType(_ARRAY, reference)

    try:
        structure = msgpack.packb(value, default=as_reference, use_bin_type=True, unicode_errors="replace")
    except (OverflowError, ValueError) as error:  # an integer beyond 64 bits, nesting without end
        raise NotData(str(error)) from error
    if len(structure) > MAX_STRUCTURE or size > MAX_ARRAYS:
        raise Violation(f"{len(structure)} bytes of structure and {size} of arrays are more than a frame may hold")
    return HEADER.pack(nonce, len(structure), size) + structure + b"".join(arrays)


def read_header(header: bytes, nonce: bytes) -> int:
    """Bytes that follow this header. Raises Violation for a foreign nonce or an oversized frame."""
    got, structure, arrays = HEADER.unpack(header)
    if got != nonce:
        raise Violation("a reply without the request's nonce")
    if structure > MAX_STRUCTURE or arrays > MAX_ARRAYS:
        raise Violation(f"a reply of {structure + arrays} bytes announced")
    return structure + arrays


def unpack(frame: bytes):
    """The value of a whole frame, arrays as read-only views. Raises Violation for whatever pack does not make."""
    if len(frame) < HEADER.size:
        raise Violation("a frame without a header")
    _, structure_bytes, array_bytes = HEADER.unpack_from(frame)
    start = HEADER.size + structure_bytes
    if len(frame) != start + array_bytes:
        raise Violation("a frame of another length than its header says")
    arrays = memoryview(frame)[start:]
    used = 0

    def as_array(code, reference):
        nonlocal used
        if code != _ARRAY:
            raise Violation("unknown extension")
        array = _array(arrays, used, msgpack.unpackb(reference))
        used += array.nbytes
        return array

    try:
        value = msgpack.unpackb(memoryview(frame)[HEADER.size : start], raw=False, strict_map_key=True, ext_hook=as_array)
    except Violation:
        raise
    except Exception as error:  # msgpack raises a dozen kinds for malformed input
        raise Violation(f"undecodable: {type(error).__name__}") from error
    _check(value)
    return value


def _array(arrays: memoryview, start: int, reference) -> np.ndarray:
    """The array that a reference tells of; it begins where the one before it ended."""
    match reference:
        case [str(dtype), list(shape), int(offset)] if dtype in _DTYPES and len(shape) <= 16:
            pass
        case _:
            raise Violation("malformed array")
    if not all(type(n) is int and 0 <= n < 1 << 40 for n in shape):
        raise Violation("malformed shape")
    count = math.prod(shape)
    size = count * np.dtype(dtype).itemsize
    if offset != start or offset + size > len(arrays):
        raise Violation("an array beyond the bytes that came, or over another's")
    return np.frombuffer(arrays[offset : offset + size], dtype).reshape(shape)


def _check(value, depth: int = 0) -> None:
    """Raise Violation for what msgpack can say and this protocol does not: bytes, times, keys that are no strings."""
    if type(value) in _PLAIN:
        return
    if depth > MAX_DEPTH:
        raise Violation("nested too deeply")
    if type(value) is dict and all(type(key) is str for key in value):
        value = value.values()
    elif type(value) is not list:
        raise Violation(f"{type(value).__name__} is not data")
    for item in value:
        _check(item, depth + 1)


def read_exactly(fd: int, count: int) -> bytes:
    """Blocking read of `count` bytes; raises EOFError where the other side has gone."""
    chunks = bytearray()
    while len(chunks) < count:
        chunk = os.read(fd, min(count - len(chunks), 1 << 20))
        if not chunk:
            raise EOFError
        chunks += chunk
    return bytes(chunks)


def write_all(fd: int, data: bytes) -> None:
    """Blocking write of all of `data`."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]
