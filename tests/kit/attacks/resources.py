"""Using up time, memory, disk and threads; ending in every way."""

import ctypes
import mmap
import os
import signal
import sys
import threading
import time

from attacks import libc


def loop():
    while True:
        pass


def loop_in_threads():
    for _ in range(4):
        threading.Thread(target=loop).start()
    loop()


def sleep():
    time.sleep(10**6)


def wait_for_input():
    return input("Your answer? ")


def wait_for_oneself():
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()


def stop_oneself():
    os.kill(os.getpid(), signal.SIGSTOP)


def ignore_signals_and_loop():
    for number in range(1, signal.NSIG):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    loop()


def start_threads(count):
    threading.stack_size(64 << 10)
    for _ in range(count):
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    time.sleep(60)


def allocate(megabytes):
    block = bytearray(megabytes << 20)
    block[:: mmap.PAGESIZE] = bytes(len(range(0, len(block), mmap.PAGESIZE)))
    return len(block)


def hoard():
    kept = []
    while True:
        kept.append(b"x" * (8 << 20))


def hoard_shared():
    kept = []
    while True:
        kept.append(mmap.mmap(-1, 8 << 20))
        kept[-1].write(b"x" * (8 << 20))


def hoard_tensors():
    import tensorflow as tf

    kept = []
    while True:
        kept.append(tf.ones((2 << 20,)))


def fill_disk():
    for number in range(100_000):
        with open(f"file{number}", "wb") as file:
            file.write(bytes(1 << 20))


def write_far_into_a_file(mb):
    """A file with a hole: it is long and takes no room, so that nothing but its length can be refused."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with open("file", "wb") as file:
        file.seek(mb << 20)
        file.write(b"x")


def fill_disk_with_nameless_files():
    """Files that are open, or mapped, but no longer in any folder."""
    kept = []
    while True:
        with open("file", "w+b") as file:
            file.write(bytes(4 << 20))
            kept.append(mmap.mmap(file.fileno(), 4096))
        os.unlink("file")


def make_many_files():
    for number in range(10**6):
        open(f"file{number}", "w").close()


def nest_folders(depth):
    """Folders within folders, deeper than a path can say or a recursion go, and a file at the bottom."""
    for _ in range(depth):
        os.mkdir("d")
        os.chdir("d")
    open("bottom", "w").close()
    return depth


def close_folders_behind():
    os.mkdir("shut", 0)
    os.mkdir("half", 0o300)
    open("half/file", "w").close()
    return "closed"


def print_a_gigabyte():
    line = b"x" * (1 << 20)
    for _ in range(1024):
        os.write(1, line)
    return "printed"


def print_by_every_road():
    print("by print")
    sys.stderr.write("by stderr\n")
    os.write(1, b"by descriptor\n")
    libc.puts(b"by C")
    libc.fflush(None)


def leave():
    sys.exit(3)


def leave_at_once():
    os._exit(0)


def crash():
    ctypes.string_at(0)


def abort():
    os.abort()


def recurse_without_end():
    sys.setrecursionlimit(10**9)

    def deeper(n):
        return [deeper(n + 1)]

    deeper(0)


def kill_oneself():
    os.kill(os.getpid(), signal.SIGKILL)


def signal_without_a_name():
    os.kill(os.getpid(), 40)


def set_an_alarm():
    signal.setitimer(signal.ITIMER_REAL, 0.001)
    loop()


def close_everything():
    os.closerange(0, 1024)
