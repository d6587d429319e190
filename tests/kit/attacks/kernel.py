"""More rights, and the rarer doors of the kernel."""

import ctypes
import mmap
import os
import resource

from attacks import call


def plain_call(number, *arguments):
    return call(number, *arguments)


def anonymous_file(number):
    return call(number, b"hidden", 0)


def raise_limit(name):
    limit = getattr(resource, name)
    resource.setrlimit(limit, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def become_someone_else():
    """Root where it is not root, anyone else where it is."""
    os.setuid(0 if os.getuid() else 1)


def take_capabilities(number):
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    sets = (ctypes.c_uint32 * 6)(*[0xFFFFFFFF] * 6)
    call(number, header, sets)


def capabilities():
    """The effective, permitted, inheritable and ambient sets, as bits."""
    with open("/proc/self/status") as lines:
        return {name: int(bits, 16) for name, bits in (line.split(":") for line in lines) if name[:3] == "Cap"}


def old_calls():
    """A call by the door of 32-bit programs, whose numbers a filter for 64 bits would misread."""
    code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    code.write(b"\xb8\x14\x00\x00\x00\xcd\x80\xc3")  # mov eax, 20 (getpid); int 0x80; ret
    return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()
