"""What student code cannot do: attacks that are really made from a locked worker, under every kind of user.

After each of them the arena also asserts that no secret came out, that no file out of bounds changed, that nothing was
left running, and that grader, zygote, supervisor and the neighbouring worker live.
"""

import platform
import socket

import pytest
import pyseccomp

from attacks import files, kernel, network, processes

OUT_OF_BOUNDS = ["suite", "solution", "cached", "elsewhere", "neighbours_file", "log"]
OTHERS = ["grader", "zygote", "supervisor", "neighbour"]
INTEL = platform.machine() == "x86_64"
# Newer than many a libseccomp, or unknown to it; the same on every architecture.
NEWER = {"clone3": 435, "memfd_secret": 447, "fchmodat2": 452, "setxattrat": 463}


def number(name):
    """A system call's number on this machine."""
    if name in NEWER:
        return NEWER[name]
    found = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
    if found < 0:
        pytest.skip(f"{platform.machine()} has no {name}")
    return found


# Reading ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", OUT_OF_BOUNDS)
@pytest.mark.parametrize(
    "road",
    [
        files.read,
        files.read_by_symlink,
        files.read_by_hard_link,
        files.read_by_moving_it_here,
        files.read_by_own_root,
        files.read_by_folder_descriptor,
        files.read_by_reopening,
        files.read_by_tensorflow,
    ],
)
def test_cannot_read(arena, road, target):
    arena.refuses(road, getattr(arena.targets, target))


def test_cannot_list_folders(arena):
    t = arena.targets
    for folder in (t.course, t.home, "/", "/tmp", "/proc", *(path.rpartition("/")[0] for path in (t.suite, t.door, t.neighbours_file))):
        arena.refuses(files.listing, folder)


def test_cannot_read_by_handle(arena):
    arena.refuses(files.read_by_handle, number("name_to_handle_at"), number("open_by_handle_at"), arena.targets.suite)
    arena.refuses(files.handles_from_guesses, number("open_by_handle_at"))


def test_finds_no_secret_in_environment(arena):
    assert arena.attempt(files.environment).got  # the arena asserts that the secret is not in it


def test_inherits_no_descriptor_but_its_connection(arena):
    assert arena.attempt_alone(files.inherited_descriptors).got == ["socket"]


@pytest.mark.parametrize("known", ["secret", "course"])
def test_finds_no_secret_and_no_course_in_own_memory(arena, known):
    """What the zygote never knew, a worker cannot inherit."""
    known = getattr(arena.targets, known)
    middle = len(known) // 2
    assert arena.attempt_alone(files.search_own_memory, known[:middle], known[middle:]).got == 0


def test_such_a_search_finds_what_is_there(arena):
    assert arena.attempt_alone(files.search_own_memory, "gradetape.sand", "box.worker").got > 0


def test_holds_no_module_of_the_trusted_side(arena):
    assert arena.attempt(files.names_of_the_trusted_side).got == []


# Writing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "road",
    [
        files.write,
        files.append,
        files.truncate,
        files.remove,
        files.rename_within,
        files.make_folder,
        files.make_symlink,
        files.make_pipe,
        files.link_out,
        files.move_out,
        files.write_by_symlink,
    ],
)
@pytest.mark.parametrize("target", ["elsewhere", "suite", "cached"])
def test_cannot_write(arena, road, target):
    arena.refuses(road, getattr(arena.targets, target))


@pytest.mark.parametrize("path", ["/dev/shm/was-here", "/var/tmp/was-here", "/proc/self/oom_score_adj", "/etc/passwd", files.__file__])
def test_cannot_write_to_the_system(arena, path):
    arena.refuses(files.write, path)


def test_cannot_change_what_a_file_is(arena):
    """Under a uid of its own it is refused; under the grader's it seems to work, and does nothing."""
    target = arena.targets.suite
    for change in (files.change_mode, files.change_owner, files.change_times, files.set_attribute):
        arena.attempt(change, target)
    arena.attempt(files.change_mode_by_number, number("fchmodat2"), target)
    arena.attempt(files.set_attribute_by_number, number("setxattrat"), target)


def test_cannot_make_devices(arena):
    arena.refuses(files.make_device, arena.targets.elsewhere)


# Other processes -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("what", ["mem", "environ", "maps", "cmdline", "status", "fd", "cwd", "root", "map_files", "task"])
def test_cannot_look_into(arena, other, what):
    arena.refuses(processes.look_into, getattr(arena.targets, other), what)


@pytest.mark.parametrize("other", OTHERS)
def test_cannot_reach_memory(arena, other):
    pid = getattr(arena.targets, other)
    arena.refuses(processes.write_memory, pid)
    arena.refuses(processes.read_memory_by_call, number("process_vm_readv"), pid)
    arena.refuses(processes.read_memory_by_call, number("process_vm_writev"), pid)
    arena.refuses(processes.attach, number("ptrace"), pid)


@pytest.mark.parametrize("other", OTHERS)
def test_cannot_kill(arena, other):
    pid = getattr(arena.targets, other)
    arena.refuses(processes.stop_by_signal, pid)
    arena.refuses(processes.signal_thread, number("tgkill"), pid)
    arena.refuses(processes.queue_signal, number("rt_sigqueueinfo"), pid)
    arena.refuses(processes.signal_by_descriptor, pid)
    arena.refuses(processes.signal_by_descriptor_owner, pid)


def test_cannot_signal_everyone_or_by_pidfd(arena):
    arena.refuses(processes.wake_everyone)
    arena.refuses(processes.signal_by_pidfd, number("pidfd_open"))


@pytest.mark.parametrize("other", OTHERS)
def test_cannot_hold_back(arena, other):
    pid = getattr(arena.targets, other)
    for attack in (processes.limit_other, processes.slow_down, processes.keep_off_the_cores, processes.put_last_in_line):
        arena.refuses(attack, pid)
    arena.refuses(processes.starve_its_disk, number("ioprio_set"), pid)


def test_cannot_slow_down_everyone(arena):
    arena.refuses(processes.slow_down_everyone)


# New processes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "attack",
    [
        processes.fork,
        processes.fork_bomb,
        processes.leave_a_daemon,
        processes.execute,
        processes.spawn,
        processes.run_program,
        processes.run_shell_command,
        processes.run_in_another_python,
    ],
)
def test_cannot_start_processes(arena, attack):
    arena.refuses(attack)


@pytest.mark.parametrize("name", ["fork", "vfork"])
def test_cannot_fork_by_number(arena, name):
    arena.refuses(processes.fork_by_number, number(name))


@pytest.mark.parametrize("flags", [17, 0x100 | 17, 0x4000 | 0x100 | 17, 0x10000000 | 17], ids=["plain", "vm", "vfork", "namespace"])
def test_cannot_clone(arena, flags):
    arena.refuses(processes.clone_by_number, number("clone"), flags)


def test_cannot_clone3_or_execute_by_descriptor(arena):
    arena.refuses(processes.clone3_by_number, number("clone3"))
    arena.refuses(processes.execute_by_descriptor, number("execveat"))


# Network ---------------------------------------------------------------------------------------------------------


def test_cannot_connect(arena):
    t = arena.targets
    for kind, port in (("SOCK_STREAM", t.tcp), ("SOCK_DGRAM", t.udp)):
        arena.refuses(network.connect, "AF_INET", kind, ["127.0.0.1", port])
    for kind, address in (("SOCK_STREAM", t.stream), ("SOCK_STREAM", t.abstract_stream), ("SOCK_DGRAM", t.datagrams), ("SOCK_DGRAM", t.abstract_datagrams)):
        arena.refuses(network.connect, "AF_UNIX", kind, address)
    arena.refuses(network.fetch, t.tcp)
    arena.refuses(network.resolve)
    arena.refuses(network.listen)
    assert arena.heard() == 0


def test_cannot_use_the_zygotes_door(arena):
    arena.refuses(network.connect, "AF_UNIX", "SOCK_STREAM", arena.targets.door)


def test_cannot_send_from_a_socket_pair(arena):
    """asyncio needs a pair of sockets, so they can be had; a letter to anyone else cannot be sent from one."""
    for address in (arena.targets.datagrams, arena.targets.abstract_datagrams):
        arena.refuses(network.send_from_a_pair, address)
        arena.refuses(network.send_message_from_a_pair, address)
    assert arena.heard() == 0


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK", "AF_PACKET", "AF_ALG", "AF_VSOCK"])
def test_cannot_open_a_socket(arena, family):
    arena.refuses(network.open_socket, getattr(socket, family), socket.SOCK_RAW if family == "AF_NETLINK" else socket.SOCK_STREAM)


# The kernel ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("io_uring_setup", (1, 0)),
        ("userfaultfd", (0,)),
        ("bpf", (0, 0, 0)),
        ("perf_event_open", (0, 0, 0, 0, 0)),
        ("keyctl", (0, 0, 0)),
        ("add_key", (0, 0, 0, 0, 0)),
        ("unshare", (0x10000000,)),
        ("setns", (0, 0)),
        ("mount", (0, 0, 0, 0, 0)),
        ("chroot", (0,)),
        ("personality", (0x40000,)),
        ("memfd_secret", (0,)),
        ("shmget", (0, 4096, 0o1600)),
        ("mq_open", (0, 0, 0, 0)),
        ("init_module", (0, 0, 0)),
        ("reboot", (0, 0, 0, 0)),
        ("swapon", (0, 0)),
    ],
)
def test_cannot_call(arena, name, arguments):
    arena.refuses(kernel.plain_call, number(name), *arguments)


def test_cannot_make_files_in_memory(arena):
    arena.refuses(kernel.anonymous_file, number("memfd_create"))


@pytest.mark.parametrize("limit", ["NPROC", "DATA", "AS", "CPU", "FSIZE", "NOFILE"])
def test_cannot_raise_its_limits(arena, limit):
    assert "not allowed to raise maximum limit" in arena.attempt(kernel.raise_limit, f"RLIMIT_{limit}").message


def test_cannot_become_someone_else(arena):
    arena.refuses(kernel.become_someone_else)
    arena.refuses(kernel.take_capabilities, number("capset"))


@pytest.mark.skipif(not INTEL, reason="only x86-64 has other numbers for the same calls")
def test_cannot_make_calls_by_other_numbers(arena):
    x32_socket = 0x40000000 + number("socket")
    for attempt in (arena.attempt_alone(kernel.old_calls), arena.attempt_alone(kernel.plain_call, x32_socket, 2, 1, 0)):
        assert attempt.ended == "StudentCrash"


# The attacks themselves ------------------------------------------------------------------------------------------


def test_the_same_attacks_work_where_nothing_is_locked(arena):
    """An attack that fails anyway would prove nothing."""
    t = arena.targets
    for target in ("suite", "solution", "cached", "elsewhere"):
        assert t.secret in arena.unlocked(files.read, getattr(t, target))
    assert "test_double.py" in arena.unlocked(files.listing, t.suite.rpartition("/")[0])
    assert arena.unlocked(processes.fork) > 0
    assert arena.unlocked(processes.run_program) == 0
    assert arena.unlocked(processes.clone_by_number, number("clone"), 17) > 0
    assert arena.unlocked(network.connect, "AF_INET", "SOCK_STREAM", ["127.0.0.1", t.tcp]) == "connected"
    assert arena.unlocked(network.connect, "AF_UNIX", "SOCK_STREAM", t.abstract_stream) == "connected"
    assert arena.unlocked(network.send_from_a_pair, t.datagrams) == 8
    assert arena.heard() == 3
    assert arena.unlocked(kernel.anonymous_file, number("memfd_create")) > 0
    assert t.secret in arena.unlocked(files.environment)[0].values()
