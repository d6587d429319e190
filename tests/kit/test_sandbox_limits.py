"""Student code that uses up time, memory, disk or threads, or ends Python in every way: it costs the answer, and no more."""

import pytest

from attacks import resources

pytestmark = pytest.mark.parametrize("arena", ["root", "ordinary"], indirect=True)

# A tenth of a CPU second is plenty for what would go on for ever, and eight tenths of wall clock for what waits.
BRIEF = {"seconds": 0.1, "wall_factor": 8}


@pytest.mark.parametrize("attack", [resources.loop, resources.loop_in_threads, resources.ignore_signals_and_loop])
def test_loops_end(arena, attack):
    attempt = arena.attempt_alone(attack, **BRIEF)
    assert attempt.ended == "StudentTimeout"
    assert "it computed for longer than allowed (0.1 s)" in attempt.message


@pytest.mark.parametrize("attack", [resources.sleep, resources.wait_for_oneself, resources.stop_oneself])
def test_waiting_ends(arena, attack):
    attempt = arena.attempt_alone(attack, **BRIEF)
    assert attempt.ended == "StudentTimeout"
    assert "it waited more than it computed" in attempt.message


def test_there_is_no_input(arena):
    attempt = arena.attempt_alone(resources.wait_for_input)
    assert attempt.ended == "StudentError"
    assert "EOFError" in attempt.message


@pytest.mark.parametrize("attack", [resources.hoard, resources.hoard_shared, resources.hoard_tensors])
def test_memory_ends(arena, attack):
    attempt = arena.attempt_alone(attack)
    assert attempt.ended == "StudentCrash"
    assert "more than 1024 MB of memory" in attempt.message


def test_more_memory_than_there_may_be_is_an_exception(arena):
    attempt = arena.attempt_alone(resources.allocate, 5000)
    assert attempt.ended == "StudentError"
    assert "MemoryError" in attempt.message


@pytest.mark.parametrize("attack", [resources.fill_disk, resources.fill_disk_with_nameless_files])
def test_disk_ends(arena, attack):
    attempt = arena.attempt_alone(attack)
    assert attempt.ended == "StudentCrash"
    assert "wrote more than 16 MB" in attempt.message


def test_one_file_cannot_grow_without_end(arena):
    assert arena.attempt_alone(resources.write_far_into_a_file, 16).refused == "EFBIG"
    assert arena.attempt_alone(resources.write_far_into_a_file, 15).refused == ""


def test_folders_within_folders_end(arena):
    """Deeper than a path can say and than Python's stack: they are not walked, and can be removed all the same."""
    attempt = arena.attempt_alone(resources.nest_folders, 1200)
    assert attempt.ended == "StudentCrash" or attempt.got == 1200


def test_a_gigabyte_of_prints_is_cut_short(arena):
    attempt = arena.attempt_alone(resources.print_a_gigabyte, output_kb=8)
    assert attempt.got == "printed"
    assert attempt.output == "x" * 8192


def test_prints_are_kept_from_wherever_they_come(arena):
    assert set(arena.attempt_alone(resources.print_by_every_road).output.split("\n")) >= {"by print", "by stderr", "by descriptor", "by C"}


def test_leaving_is_an_exception(arena):
    attempt = arena.attempt_alone(resources.leave)
    assert attempt.ended == "StudentError"
    assert "SystemExit: 3" in attempt.message


@pytest.mark.parametrize(
    ("attack", "said"),
    [
        (resources.leave_at_once, "ended Python itself, with exit status 0"),
        (resources.crash, "a segmentation fault"),
        (resources.abort, "an abort"),
        (resources.kill_oneself, "SIGKILL"),
        (resources.signal_without_a_name, "signal 40"),
        (resources.set_an_alarm, "SIGALRM"),
        (resources.close_everything, "ended Python itself"),
        (resources.recurse_without_end, ""),
    ],
)
def test_dying_is_reported(arena, attack, said):
    attempt = arena.attempt_alone(attack)
    assert attempt.ended == "StudentCrash"
    assert said in attempt.message

