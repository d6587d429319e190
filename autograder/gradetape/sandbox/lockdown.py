"""Locking a freshly forked process before student code runs in it, and saying which locks held. Linux."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import site
import sys
from pathlib import Path

from gradetape.sandbox import landlock, seccomp

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_KEEPCAPS, _PR_SET_SUBREAPER, _PR_SET_NO_NEW_PRIVS = 1, 4, 8, 36, 38
_CAPABILITY_VERSION_3 = 0x20080522
_CAP_DAC_READ_SEARCH = 2
# Dynamic ids that no account has, one for each worker that can be alive at a time.
_FIRST_UID, _UIDS = 61184, 4096
_GIB = 1 << 30
_ROOM = 32
"""how many workers' processes fit beside a user's own, where all share one uid"""

_SYSTEM_READ = """/usr /lib /lib64 /bin /etc/ld.so.cache /etc/localtime /etc/mime.types /etc/fonts
    /etc/ssl/openssl.cnf /etc/nsswitch.conf /etc/passwd /etc/alternatives /proc/self /proc/cpuinfo /proc/meminfo
    /proc/stat /proc/filesystems /proc/sys/vm/overcommit_memory /sys/devices/system/cpu /sys/devices/system/node
    /sys/fs/cgroup /dev/urandom /dev/random /dev/zero""".split()

# What CUDA opens. Some of it appears only when the driver is first used.
_GPU_DEVICES = ("nvidia*", "nvidia-caps", "dri", "dxg")
_GPU_READ = ("/proc/driver/nvidia", "/proc/devices", "/sys/bus/pci/devices", "/sys/module/nvidia", "/usr/lib/wsl")

_libc = ctypes.CDLL(None, use_errno=True)


def _prctl(option: int, value: int) -> None:
    if _libc.prctl(option, ctypes.c_ulong(value), 0, 0, 0):
        code = ctypes.get_errno()
        raise OSError(code, f"prctl {option}: {os.strerror(code)}")


def hide_memory() -> None:
    """Keep other processes of the same user from reading this one's memory and environment."""
    if sys.platform == "linux":
        _prctl(_PR_SET_DUMPABLE, 0)


def adopt_orphans() -> None:
    """Make this process the parent of every descendant whose own parent ends."""
    _prctl(_PR_SET_SUBREAPER, 1)


def die_with_parent(parent: int) -> None:
    """Be killed when the parent ends; exit at once if it is gone already."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(70)


def readable_paths() -> list[str]:
    """What a worker may read: the system's libraries, the interpreter and its packages, and no more of sys.path."""
    packages = {*site.getsitepackages(), *(p for p in sys.path if p.endswith("site-packages"))}
    paths = {*_SYSTEM_READ, sys.prefix, sys.base_prefix, *packages}
    return sorted(p for p in paths if os.path.exists(p))


def gpu_devices() -> list[str]:
    """The device files of the GPUs, or folders of them."""
    return sorted(str(path) for pattern in _GPU_DEVICES for path in Path("/dev").glob(pattern))


def interpreter_is_private() -> bool:
    """Whether another user could not read the interpreter, as with one under root's home."""
    needed = [Path(path) for path in (os.path.realpath(sys.executable), os.__file__, *site.getsitepackages()) if os.path.exists(path)]
    on_the_way = {folder for path in needed for folder in path.parents}
    return not (all(path.stat().st_mode & 0o004 for path in needed) and all(folder.stat().st_mode & 0o001 for folder in on_the_way))


def private_uid(worker: int) -> int | None:
    """A uid that the worker with this process id has for itself.

    None where it would have to keep this process's uid: only root can give another, and under another a private
    interpreter can be read only with a capability that root lacks in most containers.
    """
    if os.geteuid() != 0 or interpreter_is_private() and not _permitted() >> _CAP_DAC_READ_SEARCH & 1:
        return None
    return _FIRST_UID + worker % _UIDS


def _permitted() -> int:
    """The capabilities that this process may use, one bit for each."""
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1], 16) for line in lines if line.startswith("CapPrm:"))


def set_limits(*, seconds: float, memory_mb: int, processes: int, disk_mb: int, own_uid: bool, gpu: bool = False) -> None:
    """The kernel's own limits, as a backstop to the supervisor's. CUDA reserves more addresses than any limit on them allows."""
    address_space = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    memory = memory_mb << 20
    if own_uid:  # the user's other processes count too, and what one worker starts must not be lacking to the next
        processes = _tasks_of(os.getuid()) + _ROOM * processes
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: int(seconds) + 2,
        resource.RLIMIT_FSIZE: disk_mb << 20,
        resource.RLIMIT_NOFILE: 256,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_MEMLOCK: 1 << 16,
        resource.RLIMIT_SIGPENDING: 256,
        resource.RLIMIT_STACK: 8 << 20,
        # TensorFlow reserves more than it uses: below these it aborts where it should raise.
        resource.RLIMIT_DATA: memory + _GIB,
        resource.RLIMIT_AS: address_space + memory + _GIB,
        resource.RLIMIT_NPROC: processes,
    }
    if gpu:
        del limits[resource.RLIMIT_AS]
    for limit, value in limits.items():
        resource.setrlimit(limit, (value, value))


def _tasks_of(uid: int) -> int:
    count = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:  # the folder's owner will not do: a process whose memory is hidden seems to be root's
            status = (process / "status").read_text()
        except OSError:
            continue  # it ended meanwhile
        if f"\nUid:\t{uid}\t" in status:
            count += int(status.partition("\nThreads:")[2].split()[0])
    return count


def become(uid: int) -> None:
    """Give up root for `uid`.

    Where the interpreter lies under a private home, the right to read any file is kept, and Landlock bounds it.
    """
    keep_reading = interpreter_is_private()
    if keep_reading:
        _prctl(_PR_SET_KEEPCAPS, 1)
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    keep_capabilities(1 << _CAP_DAC_READ_SEARCH if keep_reading else 0)


def keep_capabilities(bits: int) -> None:
    """Give up every capability but these."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)(bits, bits, 0, 0, 0, 0)
    if _libc.capset(header, sets):
        raise OSError(ctypes.get_errno(), "capset")


def close_all_but(keep: list[int]) -> None:
    """Close every descriptor above 2 but these."""
    previous = 2
    for fd in sorted(keep) + [1 << 16]:
        os.closerange(previous + 1, fd)
        previous = fd


def lock(*, folder: str, uid: int | None, keep: list[int], supervisor: int, limits: dict, gpu: bool = False) -> dict:
    """Lock this process into `folder`: descriptors, session, limits, uid, files, system calls.

    `keep` are the descriptors above 2 that stay open; `limits` are set_limits' arguments; with `gpu` it may use the
    machine's GPUs. Returns which locks hold, by name. Raises OSError or RuntimeError where one that this machine has could not be closed.
    """
    if len(os.listdir("/proc/self/task")) != 1:
        raise RuntimeError("a process is locked before it has threads")
    close_all_but(keep)
    os.setsid()
    os.chdir(folder)
    os.umask(0o077)
    set_limits(**limits, own_uid=uid is None, gpu=gpu)
    if uid is None:
        keep_capabilities(0)
    else:
        become(uid)
    die_with_parent(supervisor)  # after the uid: a change of it clears the signal
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    readable, controlled = readable_paths(), []
    if gpu:
        readable, controlled = [*readable, *_GPU_READ, *map(str, Path("/sys/devices").glob("pci*"))], gpu_devices()
    abi = landlock.restrict(readable, [folder], ["/dev/null"], controlled)
    if uid is not None and not abi and interpreter_is_private():
        raise RuntimeError("no Landlock, and an interpreter that only root can read: nothing would bound reading")
    filtered = seccomp.available()
    if filtered:
        seccomp.restrict(os.getpid(), own_uid=uid is None)
    return {"uid": uid is not None, "landlock": abi, "seccomp": filtered}
