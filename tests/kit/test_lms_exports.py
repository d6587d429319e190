"""Exports of learning management systems, read as they come: whose each hand-in is, which counts, what is told."""

import time
import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lms_exports as exports
from gradetape.batch.hand_ins import collect
from gradetape.lms.entry import Sent, choose
from gradetape.lms.people import Person
from gradetape.lms.times import hms, read_duration, read_time

ANA = Person("Ana María López", "ana@uni.example", "0123")


def read(path, tmp_path, **how):
    return collect([path], tmp_path / "scratch", **how)


def by_student(collected):
    return {hand_in.student: hand_in for hand_in in collected.hand_ins}


def notes(collected):
    return "\n".join(collected.notes)


@pytest.fixture(params=["folder", "zip", "zip of a folder"])
def packed(request):
    """How an export comes: unpacked, as the zip, or as a zip of one folder."""
    if request.param == "folder":
        return lambda folder: folder
    return lambda folder: exports.zipped(folder, "assignment_7_export" if request.param == "zip of a folder" else "")


class TestGradescope:
    def test_people_times_and_groups_come_from_the_metadata(self, packed, tmp_path):
        collected = read(packed(exports.gradescope(tmp_path / "export")), tmp_path)
        found = by_student(collected)
        assert collected.source == "gradescope" and list(found) == ["Ana María López", "No", "李娜 & O'Neil, _Bo_"]
        ana = found["Ana María López"]
        assert ana.people == (ANA,) and ana.path.name == "submission_101"
        assert ana.submitted == datetime(2026, 10, 5, 21, 52, 7, 938335, UTC) and ana.late == timedelta(0)
        assert [p.name for p in found["李娜 & O'Neil, _Bo_"].people] == ["李娜", "O'Neil, \"Bo\""]

    def test_the_active_version_counts_and_the_others_are_told(self, tmp_path):
        collected = read(exports.gradescope(tmp_path / "export", exports.METADATA, "submission_90/vae.ipynb"), tmp_path)
        assert len(collected.hand_ins) == 3
        assert "handed in more than once: Ana María López, 李娜" in notes(collected)
        assert "not the latest of 李娜 & O'Neil" in notes(collected)

    def test_without_metadata_hand_ins_are_called_by_their_folders(self, packed, tmp_path):
        collected = read(packed(exports.gradescope(tmp_path / "export", None)), tmp_path)
        assert collected.source == "gradescope" and list(by_student(collected)) == ["submission_101", "submission_102", "submission_103"]
        assert "no submission_metadata.yml" in notes(collected)

    @pytest.mark.parametrize("metadata", ["submission_101: [", "- a\n- list\n", "", "\0", "submission_101: 3\n"])
    def test_broken_metadata_is_told_and_survived(self, metadata, tmp_path):
        collected = read(exports.gradescope(tmp_path / "export", metadata), tmp_path)
        assert len(collected.hand_ins) == 3 and "submission_metadata.yml" in notes(collected)

    def test_metadata_cut_off_in_the_middle_keeps_everybody(self, tmp_path):
        for end in range(0, len(exports.METADATA), 97):
            folder = exports.gradescope(tmp_path / str(end) / "export", exports.METADATA[:end])
            assert {h.path.name for h in read(folder, tmp_path / str(end)).hand_ins} >= {"submission_101", "submission_102", "submission_103"}

    @pytest.mark.parametrize("missing", [":submitters:", ":created_at:", ":history:", ":email:", ":sid:", ":name:"])
    def test_any_part_of_the_metadata_may_be_missing(self, missing, tmp_path):
        collected = read(exports.gradescope(tmp_path / "export", exports.METADATA.replace(missing, ":other:")), tmp_path)
        assert len(collected.hand_ins) == 3

    def test_a_student_without_files_has_a_reason(self, tmp_path):
        folder = exports.gradescope(tmp_path / "export")
        (folder / "submission_103" / "vae.ipynb").unlink()
        (folder / "submission_103").rmdir()
        assert "holds no files of it" in by_student(read(folder, tmp_path))["No"].problem

    def test_what_the_metadata_does_not_name_is_told(self, tmp_path):
        collected = read(exports.gradescope(tmp_path / "export", exports.METADATA, "submission_999/vae.ipynb"), tmp_path)
        assert "submission_999" in by_student(collected) and "not in submission_metadata.yml" in notes(collected)

    def test_namesakes_keep_keys_of_their_own_whoever_comes_first(self, tmp_path):
        metadata = exports.METADATA.replace(":name: No", ":name: Ana María López")
        found = by_student(read(exports.gradescope(tmp_path / "export", metadata), tmp_path))
        assert found["Ana María López (0123)"].path.name == "submission_101"
        assert found["Ana María López (0300)"].path.name == "submission_103"

    def test_the_newest_of_several_exports_counts(self, tmp_path):
        old = exports.METADATA.replace("101", "51").replace("102", "52").replace("103", "53").replace("2026-10-0", "2026-09-0")
        exports.put(tmp_path / "old", *(f"submission_{n}/vae.ipynb" for n in (51, 52, 53)), **{"submission_metadata.yml": old})
        collected = collect([tmp_path / "old", exports.gradescope(tmp_path / "new")], tmp_path / "scratch")
        assert {h.path.name for h in collected.hand_ins} == {"submission_101", "submission_102", "submission_103"}
        assert "Ana María López handed in more than once: submission_101 counts, submission_51 does not" in collected.notes

    def test_whoever_leaves_a_group_counts_where_they_went(self, tmp_path):
        metadata = exports.METADATA.replace("  - :name: No\n    :sid: '0300'\n    :email: no@uni.example", "  - :name: 李娜\n    :sid: '0200'\n    :email: li@uni.example")
        metadata = metadata.replace("2026-10-05 12:00", "2026-10-09 12:00")
        collected = read(exports.gradescope(tmp_path / "export", metadata), tmp_path)
        assert sorted(len(h.people) for h in collected.hand_ins) == [1, 1, 1] and "李娜 handed in again after submission_102" in notes(collected)


class TestCanvas:
    def test_names_numbers_and_late_come_from_the_file_names(self, packed, tmp_path):
        collected = read(packed(exports.canvas(tmp_path / "submissions")), tmp_path)
        found = by_student(collected)
        assert collected.source == "canvas" and list(found) == ["lópezanamaría", "oneilbo", "textonly", "李娜"]
        assert found["lópezanamaría"].people == (Person(lms_id="1001"),)
        assert found["oneilbo"].late == timedelta(days=1) and found["oneilbo"].path.name == "oneilbo_LATE_1002_50002_vae.ipynb"
        assert "marked late: oneilbo" in notes(collected)

    def test_of_several_copies_the_latest_counts(self, tmp_path):
        collected = read(exports.canvas(tmp_path / "submissions"), tmp_path)
        assert by_student(collected)["李娜"].path.name == "李娜_1003_50005_vae-2.ipynb"
        assert "李娜 handed in 2 versions together" in notes(collected)

    def test_several_notebooks_of_different_names_are_not_guessed_at(self, tmp_path):
        collected = read(exports.put(tmp_path / "s", "ana_1_5_vae.ipynb", "ana_1_6_gan.ipynb", "bo_2_7_vae.ipynb"), tmp_path)
        assert "2 files that may be meant: gan.ipynb, vae.ipynb" in by_student(collected)["ana"].problem

    def test_anonymous_and_strange_names_are_kept(self, tmp_path):
        names = ["anon_Ab3x9_1_vae.ipynb", "LATE_anon_Zz11q_2_vae.ipynb", "ana_7_3_vae.ipynb", "syllabus.pdf"]
        collected = read(exports.put(tmp_path / "s", *names), tmp_path)
        assert list(by_student(collected)) == ["ana", "anon_Ab3x9", "anon_Zz11q", "syllabus"]
        assert by_student(collected)["anon_Zz11q"].late and "whose they are is not known: syllabus.pdf" in notes(collected)

    @pytest.mark.parametrize("name", ["lo\u0301pezana", "राजकुमारप्रिया", "مريم", "สมชายใจดี"])
    def test_any_script(self, name, tmp_path):
        (hand_in,) = read(exports.put(tmp_path / "s", f"{name}_11_1_vae.ipynb"), tmp_path).hand_ins
        assert hand_in.people[0].lms_id == "11" and hand_in.student == unicodedata.normalize("NFC", name)

    def test_names_in_a_zip_that_does_not_say_that_they_are_utf_8(self, tmp_path):
        path = exports.zipped(exports.canvas(tmp_path / "s"))
        data = path.read_bytes()
        for signature, at in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):  # the flags' high bytes, which hold the flag for UTF-8
            start = -1
            while (start := data.find(signature, start + 1)) >= 0:
                data = data[: start + at] + b"\0" + data[start + at + 1 :]
        path.write_bytes(data)
        assert list(by_student(read(path, tmp_path))) == ["lópezanamaría", "oneilbo", "textonly", "李娜"]

    def test_namesakes_are_told_apart_by_canvas_number(self, tmp_path):
        collected = read(exports.put(tmp_path / "s", "garciamaria_11_1_vae.ipynb", "garciamaria_12_2_vae.ipynb"), tmp_path)
        assert list(by_student(collected)) == ["garciamaria (11)", "garciamaria (12)"]

    @pytest.mark.parametrize("names", [["lab_3_2024_ana.ipynb", "lab_3_2024_bo.ipynb"], ["Week_1_1_a.ipynb", "Week_2_2_b.ipynb"], ["a_1_1_x.ipynb", "b.ipynb"]])
    def test_names_that_only_look_alike_are_a_plain_folder(self, names, tmp_path):
        collected = read(exports.put(tmp_path / "s", *names), tmp_path)
        assert collected.source == "folder" and len(collected.hand_ins) == len(names)


class TestMoodle:
    @pytest.mark.parametrize("flat", [False, True])
    def test_names_and_numbers_come_from_folders_or_files(self, packed, flat, tmp_path):
        collected = read(packed(exports.moodle(tmp_path / "download", flat)), tmp_path)
        found = by_student(collected)
        assert collected.source == "moodle" and list(found) == ["Ana María López", "Words Only", "李娜"]
        assert found["Ana María López"].people == (Person("Ana María López", lms_id="7001"),)
        assert found["Ana María López"].path.is_dir() != flat and "assignsubmission_file" in found["Ana María López"].path.name

    def test_one_student_is_an_export_too(self, packed, tmp_path):
        folder = exports.put(tmp_path / "d", "Ana_7_assignsubmission_file_/vae.ipynb", "Ana_7_assignsubmission_file_/digits.npz")
        (hand_in,) = read(packed(folder), tmp_path).hand_ins
        assert hand_in.people == (Person("Ana", lms_id="7"),)

    def test_blind_marking_gives_numbers_and_no_names(self, tmp_path):
        folder = exports.put(tmp_path / "d", *(f"Teilnehmer_{n}_assignsubmission_file_/a.ipynb" for n in (5, 6)))
        found = by_student(read(folder, tmp_path))
        assert {key: h.people for key, h in found.items()} == {"Teilnehmer (5)": (Person(lms_id="5"),), "Teilnehmer (6)": (Person(lms_id="6"),)}

    def test_teams_without_a_number(self, tmp_path):
        names = ["Participant_5_assignsubmission_file_/a.ipynb", "Participant_6_assignsubmission_file_/a.ipynb", "Default group_assignsubmission_file_/a.ipynb"]
        assert list(by_student(read(exports.put(tmp_path / "d", *names), tmp_path))) == ["Default group", "Participant (5)", "Participant (6)"]


class TestAll:
    def test_links_in_an_export_are_not_opened(self, tmp_path):
        folder = exports.canvas(tmp_path / "s")
        (folder / "zed_9_9_vae.ipynb").symlink_to(folder / exports.CANVAS[0])
        assert "is a link" in by_student(read(folder, tmp_path))["zed"].problem

    def test_ten_thousand_files_take_seconds(self, tmp_path):
        folder = tmp_path / "s"
        folder.mkdir()
        for n in range(10_000):
            (folder / f"student{n % 5000}_{n}_{n + 10**6}_vae.ipynb").touch()
        roster = tmp_path / "roster.csv"
        roster.write_text("Student,ID,Section\n" + "".join(f"Student {n % 5000},{n},1\n" for n in range(10_001)))
        start = time.process_time()
        collected = read(folder, tmp_path, roster=roster)
        assert len({h.student for h in collected.hand_ins}) == 10_000 and len(collected.missing) == 1
        assert time.process_time() - start < 10

    def test_metadata_of_thousands_takes_seconds(self, tmp_path):
        one = exports.METADATA[4:].split("submission_102")[0]
        results = ":results:\n" + "".join(f"      t{n}: '{'x' * 60}'\n" for n in range(100))
        text = "".join(one.replace("submission_101", f"submission_{n}").replace("0123", f"s{n}").replace("ana@", f"a{n}@").replace(":results:\n    score: 71.5\n", results) for n in range(3000))
        (tmp_path / "e").mkdir()
        (tmp_path / "e" / "submission_metadata.yml").write_text(text)
        start = time.process_time()
        assert len(read(tmp_path / "e", tmp_path).hand_ins) == 3000
        assert time.process_time() - start < 10


names = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=30)


class TestChoose:
    @settings(deadline=None)
    @given(st.lists(names, min_size=1, max_size=6), st.data())
    def test_something_is_always_chosen_or_the_reason_told(self, files, data):
        sent = [Sent(name, name + data.draw(st.sampled_from([".ipynb", ".py", ".pdf", ""])), n) for n, name in enumerate(files)]
        chosen = choose(sent)
        assert chosen.path in files
        if any(s.name.endswith(".ipynb") for s in sent) and not chosen.problem:
            assert next(s for s in sent if s.path == chosen.path and s.name.endswith(".ipynb"))


class TestTimes:
    @pytest.mark.parametrize(
        "text, utc",
        [
            ("2023-12-02 02:52:07.938335000 Z", datetime(2023, 12, 2, 2, 52, 7, 938335, UTC)),
            ("2023-12-02T02:52:07-08:00", datetime(2023, 12, 2, 10, 52, 7, tzinfo=UTC)),
            ("2023-12-02 02:52:07 +0530", datetime(2023, 12, 1, 21, 22, 7, tzinfo=UTC)),
            ("2023-12-02 02:52", datetime(2023, 12, 2, 2, 52, tzinfo=UTC)),
        ],
    )
    def test_points_in_time(self, text, utc):
        assert read_time(text) == utc

    @pytest.mark.parametrize("text", ["", "yesterday", "2023-02-30 10:00:00 Z", "2023-12-02", "2023-12-02 25:00"])
    def test_what_is_no_time_is_none(self, text):
        assert read_time(text) is None

    @pytest.mark.parametrize(
        "text, late",
        [
            ("26:03:12", timedelta(hours=26, minutes=3, seconds=12)),
            ("00:00:00", timedelta(0)),
            ("Submitted for grading - 1 day 3 hours late", timedelta(days=1, hours=3)),
            ("Submitted for grading - 12 mins 5 secs late - Extension granted until: Monday", timedelta(minutes=12, seconds=5)),
            ("Submitted for grading", None),
            ("Graded", None),
            ("", None),
        ],
    )
    def test_how_late(self, text, late):
        assert read_duration(text) == late

    @settings(deadline=None)
    @given(st.integers(0, 10**8))
    def test_durations_survive(self, seconds):
        assert read_duration(hms(timedelta(seconds=seconds))) == timedelta(seconds=seconds)
