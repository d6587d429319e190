"""What a locked worker does: run the cells of a notebook, then answer probes. Student code runs here."""

from __future__ import annotations

import contextlib
import linecache
import marshal
import os
import re
import sys
import tempfile
import types
from collections.abc import Iterator

import numpy as np

from gradetape.sandbox import wire

_MAX_TEXT = 4000
_FOREIGN_FRAME = re.compile(r'^ *File "(?!<(?:released )?cell)[^"]*", line \d+.*\n(?:(?! *File ).*\n)?', re.MULTILINE)


class MissingName(Exception):
    """The student's notebook does not define a name that a probe needs."""


class Student:
    """The student's names, as a probe sees them: `student.Sampling` is the notebook's `Sampling`."""

    def __init__(self, namespace: dict):
        self._namespace = namespace

    def __getattr__(self, name: str):
        try:
            return self._namespace[name]
        except KeyError:
            raise MissingName(name) from None

    @contextlib.contextmanager
    def replacing(self, **doubles) -> Iterator[None]:
        """Put doubles under names of the notebook for the length of the block."""
        before = {name: self._namespace[name] for name in doubles if name in self._namespace}
        self._namespace.update(doubles)
        try:
            yield
        finally:
            for name in doubles:
                self._namespace.pop(name, None)
            self._namespace.update(before)


class Service:
    """Answers the grader's requests, one at a time."""

    def __init__(self, shell, held: dict):
        self.shell, self.held = shell, held
        self.probes: types.ModuleType | None = None

    def answer(self, request: dict):
        match request:
            case {"op": "hello"}:
                return {"value": self.held}
            case {"op": "module", "name": name, "source": source, "code": code}:
                self.probes = _load_module(name, source, marshal.loads(code.tobytes()))
                return {"value": None}
            case {"op": "cell", "source": source, "name": name}:
                error = self.shell.run(source, name)
                return {"value": None} if error is None else _describe(error)
            case {"op": "probe"}:
                return self._probe(**request)

    def _probe(self, op: str, name: str, args: list, kwargs: dict, seed: int):
        import keras

        keras.utils.set_random_seed(seed)
        try:
            value = getattr(self.probes, name)(Student(self.shell.user_ns), *args, **kwargs)
            return {"value": as_data(value)}
        except BaseException as error:  # SystemExit and the like are answers too
            return _describe(error)


def _load_module(name: str, source: str, code: types.CodeType) -> types.ModuleType:
    """A module from its compiled text, importable by its name, and its lines there for AutoGraph to read."""
    filename = code.co_filename
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    module = types.ModuleType(name)
    module.__file__ = filename
    sys.modules[name] = module
    exec(code, module.__dict__)
    return module


def as_data(value):
    """A probe's result as the wire carries it: tensors and variables as arrays, containers item by item."""
    match value:
        case None | bool() | str():
            return value
        case int():
            return int(value)
        case float():
            return float(value)
        case dict():
            return {str(key): as_data(item) for key, item in value.items()}
        case list() | tuple():
            return [as_data(item) for item in value]
    array = np.asarray(value)
    if array.dtype.kind in "OSU":
        return [as_data(item.decode() if isinstance(item, bytes) else item) for item in array.tolist()] if array.ndim else _refuse(value)
    if array.dtype.kind not in "biufc":  # bfloat16 and other types that NumPy does not know by itself
        array = array.astype(np.float32)
    return array


def _refuse(value):
    raise TypeError(f"expected arrays or numbers, got {type(value).__name__}")


def _describe(error: BaseException) -> dict:
    """An exception as plain text, with the frames of the notebook's own cells and no others."""
    frames, traceback = [], error.__traceback__
    while traceback:
        code = traceback.tb_frame.f_code
        if re.match(r"<(released )?cell", code.co_filename):
            line = linecache.getline(code.co_filename, traceback.tb_lineno).strip()
            frames.append(f"{code.co_filename[1:-1]}, line {traceback.tb_lineno}, in {code.co_name}\n    {line}")
        traceback = traceback.tb_next
    if isinstance(error, SyntaxError):
        frames.append(f"{(error.filename or '').strip('<>')}, line {error.lineno}\n    {(error.text or '').strip()}")
    try:
        message = str(error)
    except Exception:
        message = "(an exception whose message cannot be shown)"
    message = _FOREIGN_FRAME.sub("", message)[:_MAX_TEXT]
    summary = f"{type(error).__name__}: {message}"
    missing = isinstance(error, (MissingName, NotImplementedError))
    return {
        "error": summary,
        "traceback": "\n".join([*frames[-12:], summary])[-_MAX_TEXT:],
        "missing": str(error) if isinstance(error, MissingName) else missing,
    }


def serve(connection: int, service: Service) -> None:
    """Answer requests until the grader closes the connection."""
    while True:
        try:
            header = wire.read_exactly(connection, wire.HEADER.size)
        except EOFError:
            return
        nonce = header[: wire.NONCE_BYTES]
        body = wire.read_exactly(connection, wire.read_header(header, nonce))
        reply = service.answer(wire.unpack(header + body))
        sys.stdout.flush()
        sys.stderr.flush()
        try:
            frame = wire.pack(reply, nonce)
        except (wire.NotData, wire.Violation) as error:
            frame = wire.pack(_describe(TypeError(f"the result cannot be sent: {error}")), nonce)
        wire.write_all(connection, frame)


def redirect_streams(output: int) -> None:
    """Read nothing, and print into the grader's pipe."""
    null = os.open("/dev/null", os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    tempfile.tempdir = None  # found again from the worker's own TMPDIR
