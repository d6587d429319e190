"""The zygote's supervisors, each the parent of one worker at a time.

They stay when their worker ends: to fork all that TensorFlow has loaded takes longer than many a test.
"""

from __future__ import annotations

import os
import select
import socket
from collections.abc import Callable, Sequence

from gradetape.sandbox import lockdown

_ABOUT_TO_BE_FREE = 1  # seconds


class Supervisors:
    """Forks of this process that run `supervise(control)`: it takes requests from `control`, and says there when it is free again."""

    def __init__(self, supervise: Callable[[socket.socket], None]):
        self._supervise = supervise
        self._free: dict[int, socket.socket] = {}
        self._busy: dict[int, socket.socket] = {}

    def hand(self, request: bytes, descriptors: Sequence[int]) -> None:
        """Have a request, with descriptors that go along, carried out by a supervisor that is free, or a new one.

        Where that has ended too, nobody holds the descriptors: the grader sees them close.
        """
        self._look_who_is_free()
        while self._free:
            if self._give(*self._free.popitem(), request, descriptors):
                return
        self._give(*self._fork(), request, descriptors)

    def _give(self, pid: int, control: socket.socket, request: bytes, descriptors: Sequence[int]) -> bool:
        try:
            socket.send_fds(control, [request], descriptors)
        except OSError:  # it has been killed
            control.close()
            return False
        self._busy[pid] = control
        return True

    def _look_who_is_free(self) -> None:
        for pid, control in list(self._busy.items()):
            try:
                said = control.recv(8, socket.MSG_DONTWAIT)
            except BlockingIOError:
                continue
            except OSError:
                said = b""
            del self._busy[pid]
            if said:
                self._free[pid] = control
            else:
                control.close()
        self._reap()

    def _fork(self) -> tuple[int, socket.socket]:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        pid = os.fork()
        if pid == 0:
            try:
                lockdown.close_all_but([theirs.fileno()])  # held open here, a door would seem open whose keeper is gone
                self._supervise(theirs)
            except BaseException as error:
                os.write(2, f"supervisor: {error!r}\n".encode())
            finally:
                os._exit(71)  # a forked branch never falls through into the zygote's loop
        theirs.close()
        return pid, ours

    @staticmethod
    def _reap() -> None:
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            pass

    def end(self) -> None:
        """Let those go that are free, or about to be, and wait for them: what they and their workers used then counts as this process's own."""
        for control in self._busy.values():
            select.select([control], [], [], _ABOUT_TO_BE_FREE)
        self._look_who_is_free()
        for pid, control in self._free.items():
            control.close()
            try:
                os.waitpid(pid, 0)
            except ChildProcessError:
                pass
