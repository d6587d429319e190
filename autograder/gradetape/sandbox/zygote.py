"""The warm process: imports TensorFlow once, runs none of it, and gets a locked worker forked for each connection.

Run as `python -m gradetape.sandbox.zygote SOCKET_FD FOLDER PARENT cpu|gpu`. A fork after TensorFlow's runtime has started
hangs, so nothing here may run an operation or build a model.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys

from gradetape.sandbox import folders, lockdown, seccomp, shell as shells, supervisor, worker
from gradetape.sandbox.deadlines import Deadlines
from gradetape.sandbox.supervisors import Supervisors

_MAX_REQUEST = 1 << 16


def main(listener_fd: int, folder: str, parent: int, gpu: bool) -> None:
    lockdown.die_with_parent(parent)
    lockdown.hide_memory()
    listener = socket.socket(fileno=listener_fd)
    shell = _warm_up()
    supervisors = Supervisors(lambda control: _supervise(control, folder, shell, gpu))
    signal.signal(signal.SIGTERM, lambda *_: _end(supervisors))
    while True:
        connection, _ = listener.accept()
        message, descriptors, _, _ = socket.recv_fds(connection, _MAX_REQUEST, 4)
        if message:  # else it was only asked whether the door is open
            _assert_forkable()
            supervisors.hand(message, [connection.fileno(), *descriptors])
        connection.close()
        for descriptor in descriptors:
            os.close(descriptor)


def _end(supervisors: Supervisors) -> None:
    supervisors.end()
    os._exit(0)


def _warm_up() -> shells.Shell:
    import keras  # noqa: F401
    import matplotlib
    import tensorflow  # noqa: F401

    matplotlib.use("Agg")
    import matplotlib.pyplot  # noqa: F401

    if seccomp.available():
        seccomp.program(own_uid=lockdown.private_uid(os.getpid()) is None)
    shells.stand_in_for_otter()
    shell = shells.make_shell()
    gc.collect()
    gc.freeze()  # a child that never touches these objects shares their pages
    sys.stdout.flush()
    sys.stderr.flush()
    return shell


def _assert_forkable() -> None:
    from tensorflow.python.eager import context

    if getattr(context._context, "_initialized", False):
        raise RuntimeError("TensorFlow's runtime has started in the zygote: a fork would hang")


def _supervise(control: socket.socket, base: str, shell, gpu: bool) -> None:
    """Fork and watch one worker after another, as requests come on `control`."""
    supervisor.become_supervisor()
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, _MAX_REQUEST, 8)
        if not message:  # the zygote has ended
            return
        _watch_one(json.loads(message), descriptors, base, shell, gpu)
        control.send(b"free")


def _watch_one(request: dict, descriptors: list[int], base: str, shell, gpu: bool) -> None:
    connection, output, status_fd, deadlines_fd, *data = descriptors
    me = os.getpid()
    pid = os.fork()
    if pid == 0:
        try:
            _work(connection, output, data[0] if data else None, request, base, me, shell, gpu)
        except BaseException as error:
            os.write(2, f"worker: {error!r}\n".encode())
        finally:
            os._exit(72)
    for descriptor in (connection, output, *data):
        os.close(descriptor)
    folder, deadlines = _folder(base, pid), Deadlines(deadlines_fd)
    with socket.socket(fileno=status_fd) as status:
        status.send(str(pid).encode())
        supervisor.watch(pid, status, deadlines, folder, request["limits"], lockdown.private_uid(pid))
        folders.remove(folder)
        deadlines.close()
        os.close(deadlines_fd)  # the status closes last: whoever sees its end knows that all is cleared up


def _folder(base: str, pid: int) -> str:
    return os.path.join(base, f"work-{pid}")


def _work(connection: int, output: int, data: int | None, request: dict, base: str, parent: int, shell, gpu: bool) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    limits, uid, folder = request["limits"], lockdown.private_uid(os.getpid()), _folder(base, os.getpid())
    worker.redirect_streams(output)
    folders.make(folder, data, request["data"], uid)
    shells.leave_environment(folder)
    kernel = {"seconds": limits["submission_seconds"], **{k: limits[k] for k in ("memory_mb", "processes", "disk_mb")}}
    held = lockdown.lock(folder=folder, uid=uid, keep=[connection], supervisor=parent, limits=kernel, gpu=gpu)
    worker.serve(connection, worker.Service(shell, held))
    os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4] == "gpu")
