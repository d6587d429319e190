"""The warm process: imports TensorFlow once, runs none of it, and forks a locked worker for each connection.

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

_MAX_REQUEST = 1 << 16


def main(listener_fd: int, folder: str, parent: int, gpu: bool) -> None:
    lockdown.die_with_parent(parent)
    lockdown.hide_memory()
    listener = socket.socket(fileno=listener_fd)
    shell = _warm_up()
    signal.signal(signal.SIGTERM, _end)
    while True:
        _reap()
        connection, _ = listener.accept()
        message, descriptors, _, _ = socket.recv_fds(connection, _MAX_REQUEST, 4)
        if not message:  # only asked whether the door is open
            connection.close()
            continue
        _assert_forkable()
        if os.fork() == 0:
            try:
                listener.close()
                _supervise(connection, json.loads(message), descriptors, folder, shell, gpu)
            except BaseException as error:
                os.write(2, f"supervisor: {error!r}\n".encode())
            finally:
                os._exit(71)  # a forked branch never falls through into the zygote's loop
        connection.close()
        for descriptor in descriptors:
            os.close(descriptor)


def _reap() -> None:
    """Take in supervisors that have ended; what they and their workers used then counts as this process's own."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _end(*_) -> None:
    _reap()
    os._exit(0)


def _warm_up() -> shells.Shell:
    import keras  # noqa: F401
    import matplotlib
    import tensorflow  # noqa: F401

    matplotlib.use("Agg")
    import matplotlib.pyplot  # noqa: F401

    seccomp.available()  # loads libseccomp, which each worker needs
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


def _supervise(connection: socket.socket, request: dict, descriptors: list[int], base: str, shell, gpu: bool) -> None:
    output, status_fd, deadlines_fd, *data = descriptors
    status = socket.socket(fileno=status_fd)
    supervisor.become_supervisor()
    limits, uid = request["limits"], lockdown.private_uid()
    folder = os.path.join(base, f"work-{os.getpid()}")
    folders.make(folder, data[0] if data else None, request["data"], uid)
    me = os.getpid()
    pid = os.fork()
    if pid == 0:
        try:
            _work(connection.fileno(), output, folder, uid, me, limits, shell, gpu)
        except BaseException as error:
            os.write(2, f"worker: {error!r}\n".encode())
        finally:
            os._exit(72)
    connection.close()
    os.close(output)
    status.send(str(pid).encode())
    supervisor.watch(pid, status, Deadlines(deadlines_fd), folder, limits, uid)
    folders.remove(folder)
    os._exit(0)


def _work(connection: int, output: int, folder: str, uid, parent: int, limits: dict, shell, gpu: bool) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    worker.redirect_streams(output)
    shells.leave_environment(folder)
    kernel = {"seconds": limits["submission_seconds"], **{k: limits[k] for k in ("memory_mb", "processes", "disk_mb")}}
    held = lockdown.lock(folder=folder, uid=uid, keep=[connection], supervisor=parent, limits=kernel, gpu=gpu)
    worker.serve(connection, worker.Service(shell, held))
    os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4] == "gpu")
