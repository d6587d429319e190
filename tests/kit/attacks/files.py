"""Reading what is hidden and writing what is not the student's."""

import ctypes
import os
import sys

from attacks import call


def read(path):
    with open(path, "rb") as file:
        return file.read(4096).decode("latin-1")


def listing(path):
    return os.listdir(path)


def read_by_symlink(path):
    os.symlink(path, "link")
    return read("link")


def read_by_hard_link(path):
    os.link(path, "link")
    return read("link")


def read_by_moving_it_here(path):
    os.rename(path, "moved")
    return read("moved")


def read_by_own_root(path):
    return read(f"/proc/self/root{path}")


def read_by_folder_descriptor(path):
    folder = os.open(os.path.dirname(path), os.O_PATH)
    return os.read(os.open(os.path.basename(path), os.O_RDONLY, dir_fd=folder), 4096).decode("latin-1")


def read_by_reopening(path):
    return read(f"/proc/self/fd/{os.open(path, os.O_PATH)}")


def read_by_tensorflow(path):
    import tensorflow as tf

    try:
        return tf.io.read_file(path).numpy().decode("latin-1")
    except tf.errors.OpError as error:
        raise OSError(1, str(error)) from error


def read_by_handle(name_to_handle_at, open_by_handle_at, path):
    """Opens an inode by its handle, past every check of the path to it."""
    handle = (ctypes.c_uint32 * 34)(128)
    mount = ctypes.c_int()
    call(name_to_handle_at, -100, path.encode(), handle, ctypes.byref(mount), 0)
    return os.read(call(open_by_handle_at, os.open("/", os.O_RDONLY), handle, os.O_RDONLY), 4096).decode("latin-1")


def handles_from_guesses(open_by_handle_at):
    """The handle of the root folder of most file systems is its inode's number, 2: no name is needed."""
    handle = (ctypes.c_uint32 * 4)(8, 1, 2, 0)
    return call(open_by_handle_at, os.open(".", os.O_RDONLY), handle, os.O_RDONLY)


def inherited_descriptors():
    """Files behind the descriptors that the worker was born with, apart from the standard streams."""
    found = []
    for name in os.listdir("/proc/self/fd"):
        try:
            if int(name) > 2:
                found.append(os.readlink(f"/proc/self/fd/{name}").split(":")[0])
        except FileNotFoundError:
            pass  # the one that listed the folder
    return found


def environment():
    found = [dict(os.environ), sys.argv]
    for name in ("environ", "cmdline"):
        try:
            found.append(read(f"/proc/self/{name}"))
        except PermissionError:
            pass  # its memory is hidden even from itself
    return found


def search_own_memory(first, second):
    """Places in this process's memory where `second` follows `first`, which are never put together here."""
    first, second = first.encode(), second.encode()
    found = 0
    with open("/proc/self/maps") as maps:
        regions = [line.split() for line in maps]
    for bounds, access, *_ in regions:
        if not access.startswith("rw"):
            continue
        start, end = (int(bound, 16) for bound in bounds.split("-"))
        block = ctypes.string_at(start, end - start)
        at = block.find(first)
        while at >= 0:
            found += block[at + len(first) : at + len(first) + len(second)] == second
            at = block.find(first, at + 1)
    return found


def names_of_the_trusted_side():
    """Modules that only the grader has any use for."""
    return sorted(name for name in sys.modules if name.startswith(("gradetape.suite", "gradetape.grading", "gradetape.submission", "_pytest")))


def write(path):
    with open(path, "w") as file:
        file.write("was here")


def append(path):
    with open(path, "a") as file:
        file.write("was here")


def truncate(path):
    os.truncate(path, 0)


def remove(path):
    os.unlink(path)


def rename_within(path):
    os.rename(path, path + ".moved")


def make_folder(path):
    os.mkdir(path + ".folder")


def make_symlink(path):
    os.symlink("/", path + ".link")


def make_pipe(path):
    os.mkfifo(path + ".fifo")


def link_out(path):
    write("own")
    os.link("own", path + ".link")


def move_out(path):
    write("own")
    os.rename("own", path + ".moved")


def write_by_symlink(path):
    os.symlink(path, "link")
    write("link")


def change_mode(path):
    os.chmod(path, 0o666)


def change_mode_by_number(number, path):
    call(number, -100, path.encode(), 0o666, 0)


def change_owner(path):
    os.chown(path, os.getuid(), os.getgid())


def change_times(path):
    os.utime(path, (0, 0))


def set_attribute(path):
    os.setxattr(path, "user.graded", b"full points")


def set_attribute_by_number(number, path):
    value = ctypes.create_string_buffer(b"full points")
    arguments = (ctypes.c_uint64 * 2)(ctypes.addressof(value), len(value.value))
    call(number, -100, path.encode(), 0, b"user.graded", arguments, ctypes.sizeof(arguments))


def make_device(path):
    os.mknod("memory", 0o600 | 0o020000, os.makedev(1, 1))
