"""Reaching into other processes, and starting new ones."""

import ctypes
import fcntl
import os
import resource
import signal
import subprocess
import time

from attacks import call, libc


def look_into(pid, what):
    """What /proc shows of a process to those who may look into it."""
    path = f"/proc/{pid}/{what}"
    if what in ("fd", "cwd", "root", "task", "map_files"):
        return os.listdir(path)
    with open(path, "rb") as file:
        if what == "mem":
            file.seek(id(os))  # mapped in every process that the zygote has forked
        return file.read(64).decode("latin-1")


def write_memory(pid):
    with open(f"/proc/{pid}/mem", "r+b") as memory:
        memory.write(b"x")


def read_memory_by_call(number, pid):
    buffer = ctypes.create_string_buffer(64)
    local = (ctypes.c_size_t * 2)(ctypes.addressof(buffer), 64)
    remote = (ctypes.c_size_t * 2)(id(libc), 64)  # any address: the right to read is asked first
    return call(number, pid, local, 1, remote, 1, 0)


def attach(number, pid):
    return call(number, 16, pid, 0, 0)


def stop_by_signal(pid):
    os.kill(pid, signal.SIGKILL)


def wake_everyone():
    os.kill(-1, signal.SIGCONT)


def signal_thread(number, pid):
    call(number, pid, pid, signal.SIGKILL)


def queue_signal(number, pid):
    information = (ctypes.c_int * 32)(signal.SIGKILL, 0, -1)
    call(number, pid, signal.SIGKILL, information)


def signal_by_pidfd(number):
    call(number, os.getppid(), 0)


def signal_by_descriptor(pid):
    """Has the kernel send SIGKILL to `pid` when a pipe can be read: no call that sends a signal is made."""
    reader, writer = os.pipe()
    fcntl.fcntl(reader, fcntl.F_SETOWN, pid)
    fcntl.fcntl(reader, 10, signal.SIGKILL)  # F_SETSIG
    fcntl.fcntl(reader, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
    os.write(writer, b"x")


def signal_by_descriptor_owner(pid):
    reader, _ = os.pipe()
    fcntl.ioctl(reader, 0x8901, ctypes.c_int(pid))  # FIOSETOWN


def limit_other(pid):
    resource.prlimit(pid, resource.RLIMIT_CPU, (1, 1))


def slow_down_everyone():
    os.setpriority(os.PRIO_USER, 0, 19)


def slow_down(pid):
    os.setpriority(os.PRIO_PROCESS, pid, 19)


def keep_off_the_cores(pid):
    os.sched_setaffinity(pid, {0})


def put_last_in_line(pid):
    os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0))


def starve_its_disk(number, pid):
    call(number, 1, pid, 3 << 13)


def fork():
    child = os.fork()
    if child == 0:
        time.sleep(60)
        os._exit(0)
    return child


def fork_by_number(number):
    child = call(number)
    if child == 0:
        os._exit(0)
    return child


def clone_by_number(number, flags):
    child = call(number, flags, 0, 0, 0, 0)
    if child == 0:
        os._exit(0)
    return child


def clone3_by_number(number):
    arguments = (ctypes.c_uint64 * 11)(0, 0, 0, 0, signal.SIGCHLD)
    child = call(number, arguments, ctypes.sizeof(arguments))
    if child == 0:
        os._exit(0)
    return child


def execute():
    os.execv("/bin/true", ["true"])


def execute_by_descriptor(number):
    call(number, os.open("/bin/true", os.O_RDONLY), b"", 0, 0, 0x1000)


def spawn():
    return os.posix_spawn("/bin/true", ["true"], {})


def run_program():
    return subprocess.run(["/bin/true"]).returncode


def run_shell_command():
    status = os.system("true")
    if status:
        raise OSError(1, f"exit status {status}")
    return status


def run_in_another_python():
    import multiprocessing

    process = multiprocessing.get_context("spawn").Process(target=print)
    process.start()
    return process.pid


def leave_a_daemon():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(600)
        os._exit(0)
    return "left"


def fork_bomb():
    children = 0
    while children < 200:
        if os.fork() == 0:
            time.sleep(60)
            os._exit(0)
        children += 1
    return children
