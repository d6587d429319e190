"""The grader's side: start a zygote, get locked workers from it, ask them, and believe nothing but data."""

from __future__ import annotations

import json
import marshal
import os
import select
import socket
import subprocess
import sys
import tempfile
import time
from functools import lru_cache
from pathlib import Path

import numpy as np

from gradetape.config import Limits
from gradetape.sandbox import folders, locks, lockdown, wire
from gradetape.sandbox.deadlines import Deadlines, make as make_deadlines
from gradetape.sandbox.errors import SandboxError, StudentCrash, StudentError, StudentMissing, StudentTimeout, how_it_ended
from gradetape.sandbox.supervisor import cpu_seconds

__all__ = ["SandboxError", "StudentCrash", "StudentError", "StudentMissing", "StudentTimeout", "Worker", "Zygote"]

_END_REPORT_SECONDS = 30
_START_SECONDS = 180
_END_SECONDS = 5
_LOAD_SECONDS = 60
_CELL_LIKE = 4000  # characters of any text from a worker that are kept


@lru_cache(maxsize=8)
def _compiled(name: str, source: str) -> np.ndarray:
    """A module's bytecode, so that no worker spends time on what each of them would compile. Raises SandboxError if it does not parse."""
    try:
        code = compile(source, f"<{name}>", "exec")
    except SyntaxError as error:
        raise SandboxError(f"{name}, line {error.lineno}: {error.msg}") from error
    return np.frombuffer(marshal.dumps(code), np.uint8)


class Zygote:
    """A running zygote; `path` is its door. Workers start as fast as it can fork, once it is warm.

    Workers see the machine's GPUs only with `gpu`. Raises LocksMissing where this machine cannot lock a worker in,
    unless `unlocked` accepts that.
    """

    def __init__(self, unlocked: bool = False, gpu: bool = False):
        self._gpu = gpu
        locks.require(unlocked)
        lockdown.hide_memory()
        self.folder = Path(tempfile.mkdtemp(prefix="gradetape-"))
        self.folder.chmod(0o711)  # workers of another uid pass through it to their own folders
        self.path = str(self.folder / "door")
        self._log = open(self.folder / "log", "w+b")
        os.fchmod(self._log.fileno(), 0o600)
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
            listener.bind(self.path)
            os.chmod(self.path, 0o600)
            listener.listen(64)  # connections wait here while TensorFlow is imported
            self._process = subprocess.Popen(
                [sys.executable, "-s", "-P", "-m", "gradetape.sandbox.zygote", *map(str, (listener.fileno(), self.folder, os.getpid(), "gpu" if gpu else "cpu"))],
                pass_fds=[listener.fileno()],
                env=self._environment(),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
            )

    def _environment(self) -> dict[str, str]:
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gradetape"
        try:
            (cache / "matplotlib").mkdir(parents=True, exist_ok=True)
        except OSError:  # a read-only home: matplotlib looks for its fonts anew
            cache = self.folder
        kept = {k: v for k, v in os.environ.items() if k.startswith(("CUDA_", "LD_LIBRARY_PATH", "PYTHONPYCACHEPREFIX"))}
        if not self._gpu:
            kept["CUDA_VISIBLE_DEVICES"] = "-1"
        return kept | {
            "HOME": str(self.folder),
            "KERAS_HOME": str(self.folder),
            "IPYTHONDIR": str(self.folder),
            "MPLCONFIGDIR": str(cache / "matplotlib"),
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "KERAS_BACKEND": "tensorflow",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "TF_ENABLE_ONEDNN_OPTS": "0",  # the same sums on every machine,
            "ONEDNN_MAX_CPU_ISA": "SSE41",  # whatever its processor has; and each worker compiles its kernels, fewer of them
            "TF_NUM_INTRAOP_THREADS": "1",  # several workers share the cores; one thread each wastes nothing
            "TF_NUM_INTEROP_THREADS": "1",
            "TF_FORCE_GPU_ALLOW_GROWTH": "true",
            "OPENBLAS_NUM_THREADS": "1",  # a thread pool does not survive the fork
            "PYTHONHASHSEED": "0",
        }

    def close(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()
        folders.remove(str(self.folder))

    def __enter__(self) -> Zygote:
        return self

    def __exit__(self, *_) -> None:
        self.close()


class Worker:
    """One locked interpreter. Its answers are data; how it ends is told by its supervisor, not by itself.

    `data` is a folder of which the worker finds a copy in its own, under the same name.
    """

    def __init__(self, door: str, limits: Limits, data: Path | None = None):
        self.limits = limits
        self.output = ""
        self.memory_mb = 0.0
        self._output_left = limits.output_kb << 10
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._status, status_far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._printed, printed_far = os.pipe()
        request = {"limits": limits.model_dump(), "data": data.name if data else ""}
        deadlines = make_deadlines()
        self._deadlines = Deadlines(deadlines)
        handed = [printed_far, status_far.detach(), deadlines]
        try:
            if data:  # as a descriptor: a path would stay in the worker's memory, and say where the course lies
                handed.append(os.open(data, os.O_RDONLY | os.O_DIRECTORY))
            self._socket.connect(door)
            socket.send_fds(self._socket, [json.dumps(request).encode()], handed)
        except OSError as error:
            raise SandboxError(f"the zygote does not answer: {error}; see its log beside {door}") from error
        finally:
            for descriptor in handed:
                os.close(descriptor)
        self._status.settimeout(_START_SECONDS)
        started = self._status.recv(64)
        if not started:
            raise SandboxError(f"the zygote could not start a worker:\n{self._zygote_log(door)}")
        self.pid = int(started)
        self._status.settimeout(_END_REPORT_SECONDS)
        os.set_blocking(self._printed, False)
        self._alive = True
        self.held = self._ask_before_student({"op": "hello"})

    @staticmethod
    def _zygote_log(door: str) -> str:
        try:
            return (Path(door).parent / "log").read_text(errors="replace")[-2000:]
        except OSError:
            return "(it is gone)"

    @property
    def seconds(self) -> float:
        """CPU seconds that the worker has used so far."""
        try:
            return cpu_seconds(self.pid) if self._alive else self._seconds
        except OSError:
            return 0.0

    def install(self, name: str, source: str) -> None:
        """Load a module of probes or doubles from its text, before any cell. Raises SandboxError if it does not load."""
        self._ask_before_student({"op": "module", "name": name, "source": source, "code": _compiled(name, source)})

    def run_cell(self, source: str, name: str, seconds: float | None = None) -> None:
        """Run a cell; raises StudentError and its kinds."""
        self._ask({"op": "cell", "source": source, "name": name}, seconds or self.limits.probe_seconds)

    def call(self, probe: str, args: tuple, kwargs: dict, seed: int, seconds: float | None = None):
        """What a probe measured, as plain data; raises StudentError and its kinds."""
        request = {"op": "probe", "name": probe, "args": list(args), "kwargs": kwargs, "seed": seed}
        return self._ask(request, seconds or self.limits.probe_seconds)

    def _ask_before_student(self, request: dict):
        try:
            return self._ask(request, _LOAD_SECONDS)
        except StudentError as error:
            self.close()
            raise SandboxError(f"a worker failed before any student code ran: {error}\n{self.output}") from error

    def _ask(self, request: dict, seconds: float):
        nonce = os.urandom(wire.NONCE_BYTES)
        self._allowed = seconds
        self._deadlines.set(self.seconds + seconds, time.monotonic() + seconds * self.limits.wall_factor)
        frame = self._exchange(wire.pack(request, nonce), nonce)
        self._deadlines.clear()
        try:
            reply = wire.unpack(frame)
        except wire.Violation as error:
            raise self._forged(error) from error
        match reply:
            case {"value": value}:
                return value
            case {"error": str(error), "traceback": str(traceback), "missing": str() | bool() as missing}:
                kind = StudentMissing if missing else StudentError
                message = f"`{missing}` is not defined" if isinstance(missing, str) else error
                raise kind(message[:_CELL_LIKE] or "an exception that says nothing", "" if isinstance(missing, str) else traceback[:_CELL_LIKE])
        raise self._forged("a reply of no known form")

    def _exchange(self, request: bytes, nonce: bytes) -> bytes:
        """Send a request, drain what the worker prints, and return the whole reply frame."""
        reply, need = bytearray(), wire.HEADER.size
        waiting = memoryview(request)
        self._socket.setblocking(False)
        poll = select.poll()
        poll.register(self._socket, select.POLLIN | select.POLLOUT)
        poll.register(self._printed, select.POLLIN)
        while len(reply) < need:
            for fd, event in poll.poll():
                if fd == self._printed:
                    if not self._drain() and event & select.POLLHUP:
                        poll.unregister(fd)
                    continue
                if waiting and event & select.POLLOUT:
                    try:
                        waiting = waiting[self._socket.send(waiting) :]
                    except OSError:
                        raise self._ended() from None
                    if not waiting:
                        poll.modify(self._socket, select.POLLIN)
                if event & (select.POLLIN | select.POLLHUP | select.POLLERR):
                    try:
                        chunk = self._socket.recv(1 << 20)
                    except BlockingIOError:
                        continue
                    except OSError:
                        chunk = b""
                    if not chunk:
                        raise self._ended()
                    reply += chunk
                    if need == wire.HEADER.size and len(reply) >= need:
                        try:
                            need += wire.read_header(bytes(reply[:need]), nonce)
                        except wire.Violation as error:
                            raise self._forged(error) from error
        if len(reply) > need:
            raise self._forged("bytes after the reply")
        self._drain()
        return bytes(reply)

    def _drain(self) -> int:
        """Read what the worker has printed; keep the first of it. Returns the bytes read."""
        try:
            printed = os.read(self._printed, 1 << 20)
        except OSError:
            return 0
        kept = printed[: self._output_left]
        self._output_left -= len(kept)
        self.output += kept.decode("utf-8", "replace")
        return len(printed)

    def _forged(self, why) -> StudentCrash:
        self.close()
        return StudentCrash(f"the worker's reply was not data that it could honestly send ({why})")

    def _ended(self) -> StudentError:
        """The exception that says how the worker died, from its supervisor's report."""
        self._drain()
        return how_it_ended(self._read_end(), self.limits, self._allowed)

    def _read_end(self) -> dict:
        self._alive = False
        self._seconds = 0.0
        try:
            end = json.loads(self._status.recv(1024) or b"{}")
        except (OSError, ValueError):
            end = {}
        self._seconds = end.get("cpu", 0.0)
        self.memory_mb = max(self.memory_mb, end.get("memory_mb", 0.0))
        return end

    def close(self) -> None:
        """End the worker and everything that it started."""
        if self._socket.fileno() < 0:
            return
        self._socket.close()
        os.close(self._printed)
        if self._alive:
            try:
                self._status.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            self._read_end()
        self._status.close()
        self._deadlines.close()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_) -> None:
        self.close()
