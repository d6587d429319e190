"""A batch on a Dask cluster: nothing is lost whatever dies, and what travels arrives as it was. No grading but at the end."""

import logging
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import dask
import pytest
from distributed import Client, LocalCluster

from fake_dask import CannotBeSetUp, FakePlugin
from gradetape.batch.dask_run import _connected, _prepared, parcel, spread
from gradetape.batch.hand_ins import HandIn
from gradetape.batch.pool import BrokenGrader, Fault
from gradetape.batch.zygote_host import SharedZygote
from gradetape.config import Limits, find_course
from gradetape.gradescope.bundle import course_files
from gradetape.grading import graded_with
from gradetape.sandbox.client import Worker
from gradetape.submission import UnreadableSubmission, read_submission
from toy_course import write_course, write_notebook


@pytest.fixture(scope="module")
def client():
    """Two worker processes."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", memory_limit=0, silence_logs=logging.CRITICAL) as cluster:
        with Client(cluster, set_as_default=False) as connected:
            yield connected


def graded(client, plugin, names, tmp_path, resources={}, say=print):
    results = {}

    def keep(hand_in, result):
        results.setdefault(hand_in.student, []).append(result.said if isinstance(result, Fault) else result)

    for name in names:
        (tmp_path / name).write_text(name)
    with _prepared(client, plugin):
        spread(client, plugin.name, [HandIn(tmp_path / name, name) for name in names], keep, say, resources)
    return results


def test_every_hand_in_gets_one_result_and_only_those_that_kill_twice_are_set_aside(client, tmp_path):
    names = ["a", "killed 1", "b", "once", "c", "killed 2", "raise", "d", "e"]
    results = graded(client, FakePlugin(tmp_path), names, tmp_path)
    assert {name: len(found) for name, found in results.items()} == dict.fromkeys(names, 1)
    for name in ("a", "b", "c", "d", "e", "once"):
        assert results[name] == [f"graded {name}: {name.encode()!r}"]
    assert results["raise"] == ["RuntimeError: the zygote is gone"]
    for name in ("killed 1", "killed 2"):
        assert results[name][0].startswith("2 of the cluster's workers ended while they were at it, the last at tcp://")


def test_a_file_that_cannot_be_read_is_the_kits_fault(client, tmp_path):
    results = []
    hand_ins = [HandIn(tmp_path / "gone", "gone"), HandIn(tmp_path / "there", "there")]
    (tmp_path / "there").touch()
    with _prepared(client, FakePlugin(tmp_path)):
        spread(client, "fake", hand_ins, lambda hand_in, result: results.append(result), print, {})
    assert isinstance(results[0], Fault) and "No such file" in results[0].said and results[1].startswith("graded there")


def test_a_worker_that_cannot_be_made_a_grader_ends_the_batch(client, tmp_path):
    with pytest.raises(BrokenGrader, match="tcp://.*: RuntimeError: no suite"):
        graded(client, FakePlugin(tmp_path, broken=True), ["a"], tmp_path)


def test_workers_that_cannot_be_prepared_end_the_batch(client, tmp_path):
    with pytest.raises(BrokenGrader, match="cannot be prepared .OSError: .*No space left.*install this version"):
        graded(client, CannotBeSetUp(), ["a"], tmp_path)


def test_the_gpu_tier_waits_for_a_worker_that_names_the_gpu(client, tmp_path):
    joined, said = [], []

    def join(text):
        said.append(text)
        command = [sys.executable, "-m", "distributed.cli.dask_worker", client.scheduler.address, "--resources", "GPU=1", "--nthreads", "1", "--no-dashboard"]
        environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
        joined.append(subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment, cwd=tmp_path))

    try:
        results = graded(client, FakePlugin(tmp_path), ["a", "b"], tmp_path, {"GPU": 1}, join)
    finally:
        for worker in joined:
            worker.terminate()
            worker.wait()
    assert results.keys() == {"a", "b"} and said == ["waiting for a worker with the resource GPU to join the cluster"]


def test_a_scheduler_that_goes_away_is_told(tmp_path):
    cluster = LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address="127.0.0.1:0", memory_limit=0, silence_logs=logging.CRITICAL)
    with cluster, Client(cluster, set_as_default=False) as connected:
        hand_ins = [HandIn(tmp_path / name, name) for name in "ab"]
        for hand_in in hand_ins:
            hand_in.path.touch()
        with pytest.raises(BrokenGrader, match="scheduler is gone .*run the same command again"), _prepared(connected, FakePlugin(tmp_path)):
            spread(connected, "fake", hand_ins, lambda *_: cluster.close(), print, {})


@pytest.mark.parametrize(
    "address, said",
    [
        ("local:", "say how many processes, as in local:2"),
        ("local:0", "say how many"),
        ("tcp://127.0.0.1:9", "no Dask scheduler answers there"),
        ("nonsense", "no Dask scheduler"),
    ],
)
def test_an_address_that_is_none_is_told(address, said):
    with dask.config.set({"distributed.comm.timeouts.connect": "1s"}), pytest.raises(BrokenGrader, match=said):
        with _connected(address, gpu=False, unlocked=True):
            pass


def test_an_address_where_something_else_answers_is_told():
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with dask.config.set({"distributed.comm.timeouts.connect": "1s"}), pytest.raises(BrokenGrader, match="no Dask scheduler answers there"):
            with _connected(f"tcp://127.0.0.1:{server.server_port}", gpu=False, unlocked=True):
                pass
        server.shutdown()


def test_an_address_that_is_none_leaves_no_client_behind():
    """An unconnected Client that is collected while another is made blocks both for ever."""
    before = set(threading.enumerate())
    with dask.config.set({"distributed.comm.timeouts.connect": "100ms"}), pytest.raises(BrokenGrader):
        with _connected("tcp://127.0.0.1:9", gpu=False, unlocked=True):
            pass
    assert "IO loop" not in [thread.name for thread in threading.enumerate() if thread not in before]


class TestParcels:
    def arrived(self, folder, path):
        """A hand-in as the other side reads it."""
        sent = parcel(path)
        target = folder / sent.name
        if "" not in sent.files:
            target.mkdir(parents=True)
        for place, content in sent.files.items():
            (target / place).parent.mkdir(parents=True, exist_ok=True)
            (target / place if place else target).write_bytes(content)
        return target

    def test_a_file_and_a_folder_are_read_there_as_here(self, tmp_path):
        write_notebook(tmp_path / "ana.ipynb")
        write_notebook(tmp_path / "bùi" / "work" / "toy.ipynb")
        (tmp_path / "bùi" / "large.npz").write_bytes(bytes(10**6))
        for name in ("ana.ipynb", "bùi"):
            assert read_submission(self.arrived(tmp_path / "there", tmp_path / name)) == read_submission(tmp_path / name)
        assert list(parcel(tmp_path / "bùi").files) == ["work/toy.ipynb"]

    def test_what_cannot_be_read_has_the_same_reason_there(self, tmp_path):
        for name in ("one.ipynb", "two.ipynb"):
            write_notebook(tmp_path / "bùi" / name)
        (tmp_path / "zoë").mkdir()
        (tmp_path / "empty.ipynb").touch()
        for name in ("bùi", "zoë", "empty.ipynb"):
            reasons = []
            for path in (tmp_path / name, self.arrived(tmp_path / "there", tmp_path / name)):
                with pytest.raises(UnreadableSubmission) as caught:
                    read_submission(path)
                reasons.append(str(caught.value))
            assert reasons[0] == reasons[1]

    def test_a_link_in_a_folder_does_not_travel(self, tmp_path):
        (tmp_path / "solution.ipynb").write_text("secret")
        (tmp_path / "bùi").mkdir()
        (tmp_path / "bùi" / "toy.ipynb").symlink_to(tmp_path / "solution.ipynb")
        assert parcel(tmp_path / "bùi").files == {}


def test_the_course_that_travels_gives_the_same_grades_versions(course, tmp_path):
    files = course_files(course, "vae", course.solution("vae"), course.student_folder("vae"))
    for place, content in files.items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_bytes(content)
    assert graded_with(find_course(tmp_path), "vae") == graded_with(course, "vae")
    assert not any("answers" in place for place in files)


def hosts():
    """Children of this process that keep a zygote."""
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    return [int(pid) for pid in children if b"zygote_host" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def test_one_zygote_serves_a_machine_and_ends_with_its_last_share():
    key = os.urandom(8).hex()
    first, second = SharedZygote(key), SharedZygote(key)
    assert first.path == second.path
    (host,) = hosts()
    first.close()
    with Worker(second.path, Limits()) as worker:
        worker.run_cell("print('still there')", "<cell 1>")
        assert worker.output == "still there\n"
    second.close()
    os.waitid(os.P_PID, host, os.WEXITED | os.WNOWAIT)
    assert not Path(second.path).exists()
    third = SharedZygote(key)
    assert third.path != first.path and len(hosts()) == 1
    (host,) = hosts()
    third.close()
    os.waitid(os.P_PID, host, os.WEXITED | os.WNOWAIT)


def test_a_class_graded_on_dask_is_graded_as_on_this_machine(tmp_path):
    toys = write_course(tmp_path / "toys").root
    for name in ("ana", "bùi", "zoë"):
        write_notebook(toys / "in" / f"{name}.ipynb")
    write_notebook(toys / "in" / "dmitrij" / "toy.ipynb", double="def double(x):\n    return 3 * x")
    write_notebook(toys / "in" / "łukasz.ipynb", square="def square(x):\n    import os\n    os._exit(1)")
    (toys / "in" / "essay.ipynb").write_bytes(b"%PDF-1.7\n")
    (toys / "in" / "link.ipynb").symlink_to(toys / "in" / "ana.ipynb")
    for out, where in (("pool", ["--workers", "2"]), ("dask", ["--dask", "local:2"])):
        command = [str(Path(sys.executable).with_name("gradetape")), "grade", "toy", "in", "--out", out, *where]
        ended = subprocess.run(command, cwd=toys, capture_output=True, text=True)
        assert ended.returncode == 0, ended.stderr
    assert (toys / "dask" / "grades.csv").read_bytes() == (toys / "pool" / "grades.csv").read_bytes()
    assert not [line for line in ended.stderr.splitlines() if not line.startswith(("[", "Graded", "7 hand-ins", "  link: "))]
