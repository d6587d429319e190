"""Grading a batch on a Dask cluster: this process gives out hand-ins one by one and takes the grades in as they come."""

from __future__ import annotations

import asyncio
import logging
import uuid
import warnings
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue

from dask import config as dask_config
from dask.utils import parse_timedelta
from distributed import Client, Future, LocalCluster, Security
from distributed.comm import connect
from distributed.scheduler import KilledWorker

from gradetape.config import Course
from gradetape.grade_report import GradeReport
from gradetape.gradescope.bundle import course_files
from gradetape.sandbox import locks
from gradetape.submission import UnreadableSubmission
from gradetape.submission.archive import find_in_folder, open_regular
from gradetape.submission.read import MAX_BYTES

from .dask_worker import GradingPlugin, Parcel, Undisturbed, grade
from .hand_ins import HandIn
from .pool import BrokenGrader, Fault
from .reporting import as_report, report_unopened

LOCAL = "local:"
_LOST_WORKERS = 2
"""how many workers a hand-in may take along before it is set aside"""
_CLOSE_SECONDS = 2
_FETCH_SECONDS = 60
_LOOK_SECONDS = 1.0
"""how long a lost or a new worker may go unnoticed while nothing else happens"""


def grade_all(
    course: Course,
    name: str,
    hand_ins: Sequence[HandIn],
    *,
    dask: str,
    on_report: Callable[[GradeReport], None],
    say: Callable[[str], None],
    tier: str = "cpu",
    gpu: bool = False,
    unlocked: bool = False,
) -> None:
    """Grade every hand-in on the cluster at the address `dask`, or `local:N` for N processes of this machine.

    Each worker grades one hand-in at a time; with `gpu`, only workers that have the resource GPU. What a worker was at
    when it was lost is tried on another. `say` is told what a person should know meanwhile. A report's `fault`
    and what is raised are as in `local.grade_all`; BrokenGrader also where there is no cluster, or not any longer.
    """

    def report(hand_in: HandIn, result: GradeReport | Fault) -> None:
        on_report(as_report(course, name, tier, hand_in, result))

    sound = report_unopened(course, name, tier, hand_ins, on_report)
    files = course_files(course, name, course.solution(name), course.student_folder(name))
    plugin = GradingPlugin(uuid.uuid4().hex, name, files, tier=tier, gpu=gpu, unlocked=unlocked)
    if not sound:
        return
    with _connected(dask, gpu, unlocked) as client, _prepared(client, plugin):
        spread(client, plugin.name, sound, report, say, {"GPU": 1} if gpu else {})


@contextmanager
def _connected(dask: str, gpu: bool, unlocked: bool) -> Iterator[Client]:
    """A client of the cluster, which for `local:N` is started and ended here."""
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # that the scheduler is gone is told by us
    if not dask.startswith(LOCAL):
        try:
            asyncio.run(_knock(dask))
            client = Client(dask, set_as_default=False)
        except (OSError, ValueError) as error:
            raise BrokenGrader(f"--dask {dask}: no Dask scheduler answers there ({error}); start one, or grade with --dask local:2") from error
        try:
            yield client
        finally:
            client.close(_CLOSE_SECONDS)
        return
    locks.require(unlocked)
    count = dask.removeprefix(LOCAL)
    if not count.isdecimal() or int(count) < 1:
        raise BrokenGrader(f"--dask {dask}: say how many processes, as in local:2")
    cluster = LocalCluster(
        n_workers=int(count),
        threads_per_worker=1,
        dashboard_address="127.0.0.1:0",
        security=True,  # encrypted, with keys of its own: whoever else is on this machine cannot give it work
        memory_limit=0,  # what student code takes is bounded elsewhere
        resources={"GPU": 1} if gpu else {},
        silence_logs=logging.CRITICAL,  # and so is a worker that dies
    )
    with cluster, Client(cluster, set_as_default=False) as client:
        client.register_plugin(Undisturbed())
        yield client


async def _knock(address: str) -> None:
    """Raises OSError or ValueError where nobody answers at a scheduler's address.

    Asked before a Client is made: one that cannot connect is never closed, and if it happens to be collected while the
    next is being made, both wait for one lock for ever.
    """
    seconds = parse_timedelta(dask_config.get("distributed.comm.timeouts.connect"))
    comm = await asyncio.wait_for(connect(address, **Security().get_connection_args("client")), seconds)
    await comm.close()


@contextmanager
def _prepared(client: Client, plugin: GradingPlugin) -> Iterator[None]:
    """A cluster whose workers, those that join later as well, can grade."""
    try:
        client.register_plugin(plugin)
    except Exception as error:
        raise BrokenGrader(f"the cluster's workers cannot be prepared ({type(error).__name__}: {error}); install this version of the kit on each") from error
    try:
        yield
    finally:
        if client.status == "running":
            with suppress(Exception):  # where the scheduler is gone, that has been said
                client.unregister_worker_plugin(plugin.name)


def spread(
    client: Client,
    plugin: str,
    hand_ins: Iterable[HandIn],
    on_result: Callable[[HandIn, GradeReport | Fault], None],
    say: Callable[[str], None],
    resources: dict[str, int],
) -> None:
    """Give each worker that has `resources` one hand-in at a time, until all have their result.

    Tasks are tied to their worker: so it is known what was running on one that is lost, and nothing that only stood in
    its queue is blamed. Raises BrokenGrader where a worker cannot be made a grader, or the scheduler is gone.
    """
    waiting, lost, ended = deque(hand_ins), Counter[HandIn](), SimpleQueue()
    at: dict[str, tuple[HandIn, Future]] = {}
    standing_still = False

    def lose(hand_in: HandIn, worker: str) -> None:
        lost[hand_in] += 1
        if lost[hand_in] < _LOST_WORKERS:
            waiting.appendleft(hand_in)
        else:
            on_result(hand_in, Fault(f"{_LOST_WORKERS} of the cluster's workers ended while they were at it, the last at {worker}"))

    while waiting or at:
        there = _workers(client, resources)
        for worker in at.keys() - there:
            hand_in, future = at.pop(worker)
            future.cancel()
            lose(hand_in, worker)
        for worker in sorted(there - at.keys())[: len(waiting)]:
            hand_in = waiting.popleft()
            try:
                future = _submit(client, plugin, hand_in, worker, resources)
            except OSError as error:
                on_result(hand_in, Fault(str(error)))
                continue
            at[worker] = hand_in, future
            future.add_done_callback(lambda future, worker=worker: ended.put((worker, future)))
        if not there and not standing_still:
            say(f"waiting for a worker{' with the resource GPU' if resources else ''} to join the cluster")
        standing_still = not there
        if there and not at:
            continue  # none of those just given out could be read
        try:
            worker, future = ended.get(timeout=_LOOK_SECONDS)
        except Empty:
            continue
        if worker not in at or at[worker][1] is not future:
            continue  # cancelled above
        hand_in, _ = at.pop(worker)
        result = _result(future, worker)
        if result is None:
            lose(hand_in, worker)
        else:
            on_result(hand_in, result)


def _workers(client: Client, resources: dict[str, int]) -> set[str]:
    """The addresses of the workers that are there and have what is needed."""
    # Not the client's own `scheduler_info`: that keeps to what it knew last where the scheduler does not answer.
    if client.status != "running":
        raise _gone(f"the connection is {client.status}")
    try:
        workers = client.sync(client.scheduler.identity, n_workers=-1)["workers"]
    except Exception as error:  # of many kinds, by what was under way
        raise _gone(str(error) or type(error).__name__) from error
    return {address for address, worker in workers.items() if all(worker["resources"].get(name, 0) >= n for name, n in resources.items())}


def _gone(why: str) -> BrokenGrader:
    return BrokenGrader(f"the cluster's scheduler is gone ({why}); start it, and run the same command again: it goes on")


def _submit(client: Client, plugin: str, hand_in: HandIn, worker: str, resources: dict[str, int]) -> Future:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sending large graph")  # a notebook full of pictures
        return client.submit(grade, plugin, parcel(hand_in.path), workers=[worker], allow_other_workers=False, resources=resources, pure=False)


def _result(future: Future, worker: str) -> GradeReport | Fault | None:
    """What came of a task; None where its worker was lost."""
    if future.status == "finished":
        try:
            said, value = future.result(timeout=_FETCH_SECONDS)
        except CancelledError as error:
            raise _gone("the connection is lost") from error
        except TimeoutError:  # lost with its result: nothing tied to it is ever done again
            future.cancel()
            return None
        if said == "broken":
            raise BrokenGrader(f"{worker}: {value.said}")
        return value
    if future.status == "cancelled":  # by the client, when it loses the scheduler
        raise _gone("the connection is lost")
    error = future.exception()
    if isinstance(error, KilledWorker):
        return None
    raise BrokenGrader(f"{worker}: {type(error).__name__}: {error}; install this version of the kit there")


def parcel(path: Path) -> Parcel:
    """A hand-in to be sent: its file, or of a folder the one file that would be read; else only the names of what is in it.

    Raises OSError.
    """
    if not path.is_dir():
        return Parcel(path.name, {"": _content(path, follow=True)})
    try:
        found = find_in_folder(path)
        return Parcel(path.name, {found.relative_to(path).as_posix(): _content(found, follow=False)})
    except UnreadableSubmission:
        return Parcel(path.name, {p.relative_to(path).as_posix(): b"" for p in path.rglob("*") if p.is_file() and not p.is_symlink()})


def _content(path: Path, follow: bool) -> bytes:
    """A file's bytes: one more than a hand-in may have, at most, so that grading says that it is too large."""
    with open_regular(path, follow=follow) as file:
        return file.read(MAX_BYTES + 1)
