"""One zygote for all grading processes of a machine that belong to one batch, however they were started.

The first to want it starts the host, a process that keeps the zygote for as long as anyone holds a connection to it. The
host is found by an abstract socket's name, which the kernel gives to one process at a time and takes back when it ends.

Run as `python -m gradetape.batch.zygote_host LISTENER_FD cpu|gpu locked|unlocked`.
"""

from __future__ import annotations

import os
import selectors
import socket
import struct
import subprocess
import sys
import time

from gradetape.sandbox.client import Zygote
from gradetape.sandbox.errors import SandboxError

_TRIES = 5
_LONGEST_PATH = 4096


class SharedZygote:
    """A share in this machine's zygote for the batch `key`; `path` is its door. Whoever holds the last share ends it.

    `key` must be unguessable. Raises SandboxError if there is no zygote to be had.
    """

    def __init__(self, key: str, *, unlocked: bool = False, gpu: bool = False):
        address = f"\0gradetape-{key}"
        for _ in range(_TRIES):
            self._share = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                self._share.connect(address)
                if _user(self._share) != os.geteuid():
                    raise SandboxError("another user's process answers in the zygote's place")
                self.path = self._share.recv(_LONGEST_PATH).decode()
            except ConnectionError:
                self.path = ""
            if self.path:
                return
            self._share.close()
            _start_host(address, unlocked, gpu)
        raise SandboxError("the process that keeps the zygote cannot be started on this machine")

    def close(self) -> None:
        self._share.close()


def _user(connection: socket.socket) -> int:
    _, uid, _ = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
    return uid


def _start_host(address: str, unlocked: bool, gpu: bool) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        try:
            listener.bind(address)
        except OSError:  # another process was quicker; give it time to listen
            time.sleep(0.05)
            return
        listener.listen(256)  # those who come before it is up wait here
        mode = ["gpu" if gpu else "cpu", "unlocked" if unlocked else "locked"]
        subprocess.Popen(
            [sys.executable, "-m", "gradetape.batch.zygote_host", str(listener.fileno()), *mode],
            pass_fds=[listener.fileno()],
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # it outlives whoever started it while others hold a share
        )


def main(listener: socket.socket, gpu: bool, unlocked: bool) -> None:
    """Keep a zygote until nobody holds a share in it."""
    with Zygote(unlocked, gpu) as zygote, selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)
        shares = 0
        while True:
            for key, _ in selector.select():
                if key.fileobj is listener:
                    share, _ = listener.accept()
                    share.send(zygote.path.encode())
                    selector.register(share, selectors.EVENT_READ)
                    shares += 1
                elif not key.fileobj.recv(1):
                    selector.unregister(key.fileobj)
                    key.fileobj.close()
                    shares -= 1
            if not shares:
                return


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])), sys.argv[2] == "gpu", sys.argv[3] == "unlocked")
