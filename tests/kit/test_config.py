"""The course's configuration: typed, and what is wrong named with its line."""

from __future__ import annotations

import pytest

from gradetape.config import ConfigError, find_course, load_config

GOOD = """\
course: A course
assignments:
  vae:
    title: VAE
    points: 10
    minutes: 5
    questions:
      kl: {title: KL, points: 4, stub: kl_divergence}
      step:
        title: Step
        points: 6
        stub: VAE
"""


@pytest.fixture
def written(tmp_path):
    def write(text: str | bytes):
        path = tmp_path / "grader_config.yaml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write


def test_defaults(written):
    config = load_config(written(GOOD))
    assert config.limits.probe_seconds == 20
    assert config.feedback.hidden_tests == "after_publication"


def test_limits_of_an_assignment_replace_the_courses(written):
    text = GOOD.replace("    minutes: 5", "    minutes: 5\n    limits: {probe_seconds: 60}") + "limits: {disk_mb: 9}\n"
    course = find_course(written(text).parent)
    assert course.limits("vae").probe_seconds == 60 and course.limits("vae").disk_mb == 256


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("    minutes: 5", "    minuets: 5", ":6:", "unknown key"),
        ("    minutes: 5\n", "", ":3:", "missing"),
        ("points: 6", "points: lots", ":11:", "number"),
        ("points: 6", "points: -6", ":11:", "greater than 0"),
        ("points: 6", "points: 7", ":3:", "add up to 11, but points says 10"),
        ("course: A course", "course: [", "", "not readable as YAML"),
        (GOOD, "", "", "expected keys"),
        (GOOD, "- a\n- b\n", "", "expected keys"),
        ("course: A course", "course: A course\nfeedback: {hints: sometimes}", ":2:", "at_once"),
        ("course: A course", "course: A course\nlimits: {memory_mb: 10}", ":2:", "1024"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(written, old, new, place, words):
    path = written(GOOD.replace(old, new))
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert str(path) + place in str(caught.value) and words in str(caught.value)


def test_bytes_that_are_no_text(written):
    with pytest.raises(ConfigError, match="not readable"):
        load_config(written(b"\xff\xfe\x00"))


def test_the_course_is_found_from_within(written, tmp_path):
    written(GOOD)
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert find_course(tmp_path / "a" / "b").root == tmp_path


def test_no_course(tmp_path):
    with pytest.raises(ConfigError, match="inside a course's folder"):
        find_course(tmp_path)


def test_an_unknown_assignment_is_answered_with_the_known_ones(written):
    with pytest.raises(ConfigError, match="no assignment 'gan'; it has: vae"):
        find_course(written(GOOD).parent).assignment("gan")
