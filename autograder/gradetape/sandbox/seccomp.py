"""seccomp: the system calls that a worker may not make, by libseccomp."""

from __future__ import annotations

import ctypes
import errno
import os
from functools import cache

# A pair of sockets is harmless, and asyncio wants one, until a message from it names another address.
NETWORK = "socket connect bind listen accept accept4 sendmsg sendmmsg"
OTHER_PROCESSES = """ptrace process_vm_readv process_vm_writev process_madvise process_mrelease kcmp pidfd_open
    pidfd_getfd pidfd_send_signal tkill rt_sigqueueinfo rt_tgsigqueueinfo ioprio_set"""
# Those whose first argument is a process, 0 for oneself.
ONESELF_ONLY = "prlimit64 sched_setaffinity sched_setscheduler sched_setparam sched_setattr"
NEW_PROCESSES = "fork vfork execve execveat"
KERNEL = """io_uring_setup io_uring_enter io_uring_register bpf perf_event_open userfaultfd keyctl add_key request_key
    init_module finit_module delete_module kexec_load kexec_file_load reboot syslog acct swapon swapoff quotactl
    quotactl_fd settimeofday clock_settime clock_adjtime adjtimex sethostname setdomainname personality vhangup
    lookup_dcookie nfsservctl iopl ioperm modify_ldt uselib ustat sysfs"""
MOUNTS = """mount umount2 move_mount open_tree fsopen fsmount fsconfig fspick mount_setattr pivot_root chroot unshare
    setns open_by_handle_at name_to_handle_at fanotify_init mknod mknodat"""
# Memory that lives outside the process's own would escape its limits and its end.
SHARED_MEMORY = """memfd_create memfd_secret shmget shmat shmctl semget semop semtimedop semctl msgget msgsnd msgrcv
    msgctl mq_open mq_unlink migrate_pages move_pages"""
IDENTITY = """setuid setgid setreuid setregid setresuid setresgid setgroups setfsuid setfsgid capset"""
# Landlock does not cover these, or not in all its versions: with the grader's own uid they would open or spoil its files.
METADATA = """chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat setxattr lsetxattr fsetxattr setxattrat
    removexattr lremovexattr fremovexattr removexattrat file_setattr utime utimes futimesat utimensat"""
# Newer than many a libseccomp, which then knows them by number alone; the same on every architecture.
_NUMBERS = {"process_mrelease": 448, "fchmodat2": 452, "setxattrat": 463, "removexattrat": 466, "file_setattr": 469}

_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 22, 2
_INSTRUCTION = 8  # bytes

_CLONE_THREAD = 0x10000
_NAMESPACES = (0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000)
_TERMINAL_INJECTION = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX
# A descriptor's owner gets its signal, whichever that is, from the kernel: a `kill` by another name.
_SIGNALS_TO_OWNERS = {"ioctl": (0x8901, 0x8902), "fcntl": (8, 10, 15)}  # FIOSETOWN, SIOCSPGRP; F_SETOWN, F_SETSIG, F_SETOWN_EX

_libc = ctypes.CDLL(None, use_errno=True)


class _Program(ctypes.Structure):
    """The kernel's `struct sock_fprog`."""

    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p)]


def available() -> bool:
    """Whether libseccomp can be used from here."""
    try:
        import pyseccomp  # noqa: F401
    except (ImportError, RuntimeError, OSError):
        return False
    return True


def restrict(pid: int, own_uid: bool) -> None:
    """Take the system calls above from this process, whose id is `pid`, for good.

    `own_uid`: whether the process shares its uid with the grader, so that file modes must be kept from it too.
    Raises OSError where the kernel refuses. The process must not be able to gain privileges any more.
    """
    import pyseccomp as sc

    _attach(program(own_uid))
    rules = sc.SyscallFilter(defaction=sc.ALLOW)  # a second filter: the stricter verdict of the two counts
    for call in ("kill", "tgkill"):
        rules.add_rule(sc.ERRNO(errno.EPERM), call, sc.Arg(0, sc.NE, pid))
    rules.load()


def _attach(filter_program: bytes) -> None:
    instructions = ctypes.create_string_buffer(filter_program, len(filter_program))
    program_of = _Program(len(filter_program) // _INSTRUCTION, ctypes.addressof(instructions))
    if _libc.prctl(_PR_SET_SECCOMP, ctypes.c_ulong(_SECCOMP_MODE_FILTER), ctypes.byref(program_of), 0, 0):
        code = ctypes.get_errno()
        raise OSError(code, f"seccomp: {os.strerror(code)}")


@cache
def program(own_uid: bool) -> bytes:
    """What is the same for all workers, as the kernel's instructions: made once, in the zygote."""
    import pyseccomp as sc

    refuse = sc.ERRNO(errno.EPERM)
    rules = sc.SyscallFilter(defaction=sc.ALLOW)

    def add(action, call, *conditions):
        try:
            rules.add_rule(action, call, *conditions)
        except (OSError, ValueError):  # this architecture or libseccomp does not know it
            if call in _NUMBERS:
                rules.add_rule(action, _NUMBERS[call], *conditions)

    groups = [NETWORK, OTHER_PROCESSES, NEW_PROCESSES, KERNEL, MOUNTS, SHARED_MEMORY, IDENTITY]
    for call in " ".join(groups).split():
        add(refuse, call)
    if own_uid:
        add(refuse, "truncate")
        for call in METADATA.split():  # done in appearance only: `shutil.copy` works here as it does under a uid of one's own
            add(sc.ERRNO(0), call)
    # glibc falls back from clone3, whose flags cannot be seen, to clone, whose flags can.
    add(sc.ERRNO(errno.ENOSYS), "clone3")
    add(refuse, "clone", sc.Arg(0, sc.MASKED_EQ, _CLONE_THREAD, 0))
    for flag in _NAMESPACES:
        add(refuse, "clone", sc.Arg(0, sc.MASKED_EQ, flag, flag))
    for call in ONESELF_ONLY.split():
        add(refuse, call, sc.Arg(0, sc.NE, 0))
    for argument in (0, 1):  # a process, and not a group or a user; oneself
        add(refuse, "setpriority", sc.Arg(argument, sc.NE, 0))
    add(refuse, "sendto", sc.Arg(4, sc.NE, 0))
    for request in _TERMINAL_INJECTION:
        add(refuse, "ioctl", sc.Arg(1, sc.MASKED_EQ, 0xFFFFFFFF, request))
    for call, requests in _SIGNALS_TO_OWNERS.items():
        for request in requests:
            add(refuse, call, sc.Arg(1, sc.MASKED_EQ, 0xFFFFFFFF, request))
    with open(os.memfd_create("rules"), "w+b") as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()
