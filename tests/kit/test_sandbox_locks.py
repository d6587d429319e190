"""Which rights a worker is left with under each kind of user, what the locks say of themselves, and the parts of locking."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import textwrap

import pytest

from attacks import files, kernel, resources
from gradetape.config import Limits
from gradetape.sandbox import folders, lockdown, locks, supervisor
from gradetape.sandbox.client import SandboxError, Worker, Zygote

READ_ANY_FILE = 1 << 2
SETS = ("CapInh", "CapPrm", "CapEff", "CapAmb")
root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a worker a uid of its own")
keeps_reading = pytest.mark.skipif(
    os.geteuid() != 0 or not lockdown.interpreter_is_private() or lockdown.private_uid(os.getpid()) is None,
    reason="this interpreter is one that all may read, or root lacks the right to read any file",
)


def capabilities(arena):
    found = arena.attempt(kernel.capabilities).got
    return {name: found[name] for name in SETS}


@keeps_reading
def test_root_with_a_private_interpreter_keeps_the_right_to_read_and_no_other(arenas):
    assert capabilities(arenas.of("root")) == {"CapInh": 0, "CapPrm": READ_ANY_FILE, "CapEff": READ_ANY_FILE, "CapAmb": 0}


@pytest.mark.parametrize("user", ["ordinary", "container", "public"])
def test_everyone_else_keeps_no_right(arenas, user):
    assert not any(capabilities(arenas.of(user)).values())


@keeps_reading
def test_the_kept_right_does_not_reach_beyond_the_list(arenas):
    """It opens what the file's mode closes, and only there where Landlock lets read at all."""
    arena = arenas.of("root")
    for path in ("/etc/shadow", arena.targets.solution, os.path.expanduser("~"), "/proc/1/environ", "/dev/kmsg"):
        arena.refuses(files.read if path != os.path.expanduser("~") else files.listing, path)


@root_only
def test_a_worker_with_a_public_interpreter_loses_root(arenas):
    arena = arenas.of("public")
    arena.refuses(files.read, arena.targets.suite)
    arena.refuses(files.read, arena.targets.solution)
    arena.refuses(files.write, arena.targets.elsewhere)


def test_threads_end(arena):
    """Under a uid of its own the kernel refuses another thread; under one that is shared the supervisor ends the worker."""
    attempt = arena.attempt_alone(resources.start_threads, 200)
    assert ("can't start new thread" in attempt.message) or ("more than 40 threads" in attempt.message)


def test_what_holds_is_said_in_words():
    assert locks.in_words({"uid": True, "landlock": 7, "seccomp": True}) == "locked by limits, own user, landlock, seccomp"
    assert locks.in_words({"uid": False, "landlock": 0, "seccomp": True}) == "locked by limits, seccomp; without own user, landlock"


@pytest.mark.parametrize(
    ("gone", "needed"),
    [
        ({"seccomp.available": False}, ["seccomp"]),
        ({"landlock.version": 0, "lockdown.private_uid": None}, ["landlock"]),
        ({"landlock.version": 0, "lockdown.private_uid": 61200}, []),
        ({"landlock.version": 3, "lockdown.private_uid": None}, []),
    ],
)
def test_grading_is_refused_where_a_needed_lock_is_missing(monkeypatch, gone, needed):
    for name, value in gone.items():
        monkeypatch.setattr(f"gradetape.sandbox.{name}", lambda *_, value=value: value)
    assert [lock.name for lock in locks.missing()] == needed
    if needed:
        with pytest.raises(locks.LocksMissing, match=needed[0]):
            Zygote()
    locks.require(unlocked=True)


def test_a_machine_without_linux_says_what_is_missing(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert [lock.name for lock in locks.missing()] == ["processes", "seccomp", "landlock"]


def test_readable_paths_are_not_all_of_sys_path(monkeypatch, tmp_path):
    """The first entry of sys.path may be the grader's own folder."""
    monkeypatch.syspath_prepend(str(tmp_path))
    assert str(tmp_path) not in lockdown.readable_paths()
    assert sys.prefix in lockdown.readable_paths()


def test_a_process_with_threads_is_not_locked():
    """A thread that runs already would keep what its process gives up."""
    code = """
        import threading, time
        from gradetape.sandbox import lockdown
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
        try:
            lockdown.lock(folder="/", uid=None, keep=[], supervisor=0, limits={})
        except RuntimeError as error:
            print(error)
    """
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True)
    assert "before it has threads" in ended.stdout


@pytest.mark.parametrize("uid", [pytest.param(61_000, marks=root_only), None], ids=["own uid", "shared uid"])
def test_the_whole_family_is_killed(uid):
    """Children, and daemons that left their session and lost their parent."""
    reader, writer = os.pipe()
    leader = os.fork()
    if leader == 0:
        try:
            supervisor.become_supervisor()
            _start_family(writer, uid)
            for _ in range(3):
                os.read(reader, 1)  # all three are there
            supervisor.kill_family(uid)
            os._exit(0)
        finally:
            os._exit(1)
    os.close(writer)
    assert os.waitpid(leader, 0)[1] == 0
    assert os.read(reader, 1) == b"", "someone still holds the other end"
    os.close(reader)


def _start_family(writer: int, uid: int | None) -> None:
    for is_daemon in (False, True, True):
        if os.fork() == 0:
            if uid is not None:
                os.setresuid(uid, uid, uid)
            if is_daemon:
                os.setsid()
                if os.fork():
                    os._exit(0)
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            os.write(writer, b"x")
            while True:
                signal.pause()
    os.close(writer)


def test_a_folder_of_thousands_of_files_counts_as_full(monkeypatch, tmp_path):
    monkeypatch.setattr(folders, "_MAX_FILES", 10)
    for number in range(12):
        (tmp_path / str(number)).touch()
    assert folders.size_mb(str(tmp_path)) == float("inf")


def test_a_folder_is_measured_with_what_lies_below_and_without_following_links(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "file").write_bytes(os.urandom(1 << 20))
    (tmp_path / "link").symlink_to("/usr")
    assert 1 <= folders.size_mb(str(tmp_path)) < 1.1


def test_a_folder_that_is_deep_shut_and_linked_is_removed(tmp_path):
    kept = tmp_path / "kept"
    kept.mkdir()
    folder = tmp_path / "work"
    (folder / "shut" / "inner").mkdir(parents=True)
    (folder / "link").symlink_to(kept, target_is_directory=True)
    (folder / "shut").chmod(0)
    here = os.getcwd()
    os.chdir(folder)
    for _ in range(1200):
        os.mkdir("d" * 100)
        os.chdir("d" * 100)
    os.chdir(here)
    folders.remove(str(folder))
    assert [entry.name for entry in tmp_path.iterdir()] == ["kept"]


def test_a_worker_that_cannot_be_locked_is_the_sandboxs_failure(zygote):
    """No limit can be set on a number of processes that is no number: the worker ends before any student code."""
    with pytest.raises(SandboxError, match="before any student code ran"):
        Worker(zygote.path, Limits.model_construct(**Limits().model_dump() | {"processes": -(1 << 70)}))


def test_probes_that_do_not_load_are_not_the_students_fault(worker):
    with pytest.raises(SandboxError, match="no_such_module"):
        worker.install("probes", "import no_such_module")


def test_a_zygote_that_is_gone_is_reported(tmp_path):
    with pytest.raises(SandboxError, match="does not answer"):
        Worker(str(tmp_path / "door"), Limits())


def test_nothing_is_left_of_a_zygote():
    with Zygote() as one:
        with Worker(one.path, Limits()) as worker:
            pid = worker.pid
        assert one.folder.exists()
    assert not one.folder.exists()
    with pytest.raises(OSError) as gone:
        os.kill(pid, 0)
    assert gone.value.errno == errno.ESRCH
