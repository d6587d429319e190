"""Landlock: a process gives up every file but those it names. See the kernel's `landlock(7)`."""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from collections.abc import Iterable

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446  # the same numbers on every architecture
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_MAKE_CHAR, _MAKE_BLOCK, _TRUNCATE, _IOCTL_DEV = 1 << 6, 1 << 11, 1 << 14, 1 << 15
_FILE_RIGHTS = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV
# Every right on files that a version of the interface knows; the last one stands for all later ones.
_ALL_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
_NET_TCP = 3  # bind and connect, since version 4
_SCOPES = 3  # abstract sockets and signals to outside, since version 6

_libc = ctypes.CDLL(None, use_errno=True)


def _syscall(*arguments) -> int:
    result = _libc.syscall(*arguments)
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result


def version() -> int:
    """The kernel's version of the interface, 0 where there is none."""
    try:
        return _syscall(_CREATE, None, ctypes.c_size_t(0), 1)
    except OSError:
        return 0


def restrict(read: Iterable[str], read_write: Iterable[str], devices: Iterable[str], controlled: Iterable[str] = ()) -> int:
    """Keep this process, for good, to reading `read`, using `read_write`, and reading and writing `devices`.

    `controlled` are devices, or folders of them, that it may send commands (`ioctl`) as well.

    Paths that do not exist are passed over. Needs `no_new_privs`. Returns the interface's version, 0 where the
    kernel has none and nothing was restricted.
    """
    abi = version()
    if not abi:
        return 0
    rights = _ALL_RIGHTS[min(abi, 5)]
    attributes = struct.pack("QQQ", rights, _NET_TCP if abi >= 4 else 0, _SCOPES if abi >= 6 else 0)
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    ruleset = _syscall(_CREATE, ctypes.create_string_buffer(attributes), ctypes.c_size_t(size), 0)
    try:
        for path in read:
            _allow(ruleset, path, rights & (_READ_FILE | _READ_DIR | _EXECUTE))
        for path in devices:
            _allow(ruleset, path, rights & (_READ_FILE | _WRITE_FILE))
        for path in controlled:
            _allow(ruleset, path, rights & (_READ_FILE | _READ_DIR | _WRITE_FILE | _IOCTL_DEV))
        for path in read_write:
            _allow(ruleset, path, rights & ~(_EXECUTE | _MAKE_CHAR | _MAKE_BLOCK))
        _syscall(_RESTRICT, ruleset, 0)
    finally:
        os.close(ruleset)
    return abi


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        target = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(target).st_mode):
            rights &= _FILE_RIGHTS
        rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, target))
        _syscall(_ADD_RULE, ruleset, 1, rule, 0)
    finally:
        os.close(target)
