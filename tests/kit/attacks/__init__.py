"""What a hostile notebook does. The text of a module here runs as a cell in a locked worker; `arena.py` calls one function.

Each attack is the plain thing: it returns what it got, or lets the OSError pass that stopped it. Where Python or glibc
would not make a system call, or not like that, it is made by its number.
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def call(number, *arguments):
    """A raw system call; raises the OSError that it fails with."""
    result = libc.syscall(ctypes.c_long(number), *(ctypes.c_long(a) if isinstance(a, int) else a for a in arguments))
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result
