"""Where attacks are made: a grader with secrets and open doors, a neighbour at work, and locked workers to attack from.

In the tests' own process, or in a process of another user that `serve`s it.
"""

from __future__ import annotations

import contextlib
import inspect
import os
import secrets
import signal
import socket
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from pathlib import Path

import attacks
from gradetape.config import Limits, find_course
from gradetape.grade_report import GradeReport
from gradetape.grading import Grader
from gradetape.sandbox.client import StudentCrash, StudentError, StudentTimeout, Worker, Zygote
from toy_course import write_course, write_notebook

LIMITS = {"probe_seconds": 10, "submission_seconds": 60, "memory_mb": 1024, "disk_mb": 16, "processes": 40}

PROBES = """
import errno, os, tempfile

def attempt(student, name, *args):
    os.chdir(tempfile.mkdtemp(dir=os.environ["HOME"]))  # what one attack leaves is not in the way of the next
    try:
        return {"got": getattr(student, name)(*args)}
    except OSError as error:
        return {"refused": errno.errorcode.get(error.errno, str(error))}
"""

NEIGHBOUR = """
import os
secret = '{secret}'
with open('secret', 'w') as file:
    file.write(secret)
os.chmod('.', 0o777)
os.chmod('secret', 0o666)
"""


@dataclass(frozen=True)
class Attempt:
    """What came of an attack. At most one of `got`, `refused` and `ended` is set."""

    got: object = None
    refused: str = ""
    """name of the OSError that stopped it"""
    ended: str = ""
    """name of the StudentError that it ended as"""
    message: str = ""
    output: str = ""
    memory_mb: float = 0.0
    left: tuple[int, ...] = ()
    """processes that the worker started and that outlived the attack"""


@dataclass(frozen=True)
class Targets:
    """What there is to attack."""

    secret: str
    """stands in every file and memory that is out of bounds"""
    course: str
    suite: str
    solution: str
    cached: str
    """an answer of the reference"""
    elsewhere: str
    """a file outside the worker's folder that any user may read and write, in a folder like that"""
    home: str
    grader: int
    zygote: int
    supervisor: int
    neighbour: int
    neighbours_file: str
    door: str
    log: str
    tcp: int
    udp: int
    stream: str
    """a unix socket's file that any user may connect to"""
    datagrams: str
    abstract_stream: str
    abstract_datagrams: str


class Stage:
    """Secrets and doors in `folder`, a grader that is this process, its zygote and a neighbour worker."""

    def __init__(self, folder: Path, zygote: Zygote):
        self._folder = folder
        self._closing = contextlib.ExitStack()
        self._door = zygote.path
        self._workers: dict[str, Worker] = {}
        self._listeners: list[socket.socket] = []
        self.secret = secrets.token_hex(16)
        os.environ["GRADER_TOKEN"] = self.secret
        self.targets = self._set_up(folder)

    def _set_up(self, folder: Path) -> Targets:
        course = write_course(folder / "course")
        suite = course.suite("toy") / "test_double.py"
        suite.write_text(f"EXPECTED = '{self.secret}'\n{suite.read_text()}")
        solution = write_notebook(course.solution("toy"), last=f"secret = '{self.secret}'")
        solution.chmod(0o600)
        cached = course.cache() / "reference" / "toy" / "answer"
        cached.parent.mkdir(parents=True)
        cached.write_text(self.secret)
        elsewhere = folder / "elsewhere" / "file"
        elsewhere.parent.mkdir()
        elsewhere.write_text(self.secret)
        elsewhere.parent.chmod(0o777)
        elsewhere.chmod(0o666)
        neighbour = self._closing.enter_context(Worker(self._door, Limits(**LIMITS)))
        neighbour.run_cell(NEIGHBOUR.format(secret=self.secret), "<cell 1>")
        supervisor = parent_of(neighbour.pid)
        return Targets(
            secret=self.secret,
            course=str(course.root),
            suite=str(suite),
            solution=str(solution),
            cached=str(cached),
            elsewhere=str(elsewhere),
            home=str(Path.home()),
            grader=os.getpid(),
            zygote=parent_of(supervisor),
            supervisor=supervisor,
            neighbour=neighbour.pid,
            neighbours_file=str(Path(self._door).parent / f"work-{supervisor}" / "secret"),
            door=self._door,
            log=str(Path(self._door).parent / "log"),
            tcp=self._listen(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)),
            udp=self._listen(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0)),
            stream=self._listen(socket.AF_UNIX, socket.SOCK_STREAM, str(folder / "stream")),
            datagrams=self._listen(socket.AF_UNIX, socket.SOCK_DGRAM, str(folder / "datagrams")),
            abstract_stream=self._listen(socket.AF_UNIX, socket.SOCK_STREAM, f"\0{self.secret[:8]}-stream"),
            abstract_datagrams=self._listen(socket.AF_UNIX, socket.SOCK_DGRAM, f"\0{self.secret[:8]}-datagrams"),
        )

    def _listen(self, family: int, kind: int, address):
        made = self._closing.enter_context(socket.socket(family, kind))
        made.bind(address)
        made.setblocking(False)
        if kind == socket.SOCK_STREAM:
            made.listen(8)
        self._listeners.append(made)
        if family == socket.AF_INET:
            return made.getsockname()[1]
        if not address.startswith("\0"):
            os.chmod(address, 0o666)
        return address

    def attempt(self, module: str, name: str, args: tuple) -> Attempt:
        """Call a function of an attack module, given as text, in a locked worker that serves for the module's attacks."""
        if module not in self._workers:
            self._workers[module] = self._start(module, {})
        worker = self._workers[module]
        owner = uid_of(worker.pid)
        before = processes_of(owner)
        found = self._call(worker, name, args, LIMITS["probe_seconds"])
        left = tuple(pid for pid in processes_of(owner) - before if owner and pid != worker.pid)
        if found.get("ended") in ("StudentCrash", "StudentTimeout"):
            self._workers.pop(module).close()
        return Attempt(**found, left=left)

    def attempt_alone(self, module: str, name: str, args: tuple, seconds: float, limits: dict) -> Attempt:
        """The same in a worker of its own, with limits of its own, until all of it has gone."""
        with self._start(module, limits) as worker:
            status = worker._status.dup()
            owner = uid_of(worker.pid)
            before = processes_of(owner)
            found = self._call(worker, name, args, seconds)
        with status:
            while status.recv(1024):  # until its supervisor has cleared up
                pass
        left = tuple(processes_of(owner) - before) if owner else ()
        return Attempt(**found, output=worker.output, memory_mb=worker.memory_mb, left=left)

    def _start(self, module: str, limits: dict) -> Worker:
        worker = Worker(self._door, Limits(**LIMITS | limits))
        worker.install("attacks", inspect.getsource(attacks))
        worker.install("probes", PROBES)
        worker.run_cell(module, "<cell 1>")
        return worker

    @staticmethod
    def _call(worker: Worker, name: str, args: tuple, seconds: float) -> dict:
        try:
            return worker.call("attempt", (name, *args), {}, 0, seconds)
        except (StudentCrash, StudentTimeout, StudentError) as error:
            return {"ended": type(error).__name__, "message": f"{error}\n{error.traceback}"}

    def grade(self, cells: dict[str, str]) -> GradeReport:
        """Grade a hand-in with these cells, as `write_notebook` takes them."""
        hand_in = write_notebook(self._folder / "hand-in.ipynb", **cells)
        return Grader(find_course(Path(self.targets.course)), "toy", self._door).grade_file(hand_in)

    def unlocked(self, module: str, name: str, args: tuple) -> object:
        """Call the same function in a child of the grader that no lock holds: shows that the attack is a real one."""
        reader, writer = Pipe(duplex=False)
        child = os.fork()
        if child == 0:
            try:
                os.chdir(Path(self.targets.elsewhere).parent)
                namespace: dict = {}
                exec(compile(module, "<attack>", "exec"), namespace)
                writer.send(namespace[name](*args))
            except OSError as error:
                writer.send(repr(error))
            finally:
                os._exit(0)
        writer.close()
        try:
            return reader.recv()
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)

    def heard(self) -> int:
        """How many have connected, or sent something, to the open doors since last asked."""
        count = 0
        for listener in self._listeners:
            with contextlib.suppress(BlockingIOError):
                if listener.type == socket.SOCK_STREAM:
                    listener.accept()[0].close()
                else:
                    listener.recv(100)
                count += 1
        return count

    def close(self) -> None:
        for worker in self._workers.values():
            worker.close()
        self._closing.close()


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def state_of(pid: int) -> str:
    """R, S and the like; Z or nothing for a process that has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def uid_of(pid: int | str) -> int:
    """A process's uid; the owner of its folder is root where its memory is hidden."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("\nUid:")[2].split()[0])


def processes_of(uid: int) -> set[int]:
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError):  # it ended meanwhile
            if uid_of(process.name) == uid:
                found.add(int(process.name))
    return found


def serve(descriptor: int, folder: str) -> None:
    """Be a stage for another user's tests: method calls come in, what they return goes out."""
    connection = Connection(descriptor)
    with Zygote() as zygote:
        stage = Stage(Path(folder), zygote)
        connection.send(stage.targets)
        with contextlib.suppress(EOFError):
            while True:
                method, arguments = connection.recv()
                try:
                    connection.send((getattr(stage, method)(*arguments), None))
                except Exception as error:
                    connection.send((None, repr(error)))
        stage.close()
