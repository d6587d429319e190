"""Rosters of any make: who is in the class, whose a hand-in is, who is missing."""

import codecs
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lms_exports as exports
from gradetape.batch.hand_ins import collect
from gradetape.lms import spreadsheet
from gradetape.lms.people import Person
from gradetape.lms.roster import RosterError, read_roster

GRADESCOPE = """First Name,Last Name,SID,Email,Sections,Total Score,Max Points,Status,Submission ID,Submission Time,Lateness (H:M:S)
Ana María,López,0123,ana@uni.example,A,71.5,100.0,Graded,101,2026-10-05 21:52:07 +0000,26:03:12
娜,李,0200,li@uni.example,A,,100.0,Ungraded,102,2026-10-06 08:00:00 +0000,00:00:00
Bo,O'Neil,0201,bo@uni.example,B,,100.0,Ungraded,102,2026-10-06 08:00:00 +0000,00:00:00
Zoë,Missing,0400,zoe@uni.example,B,,100.0,Missing,,,
"""
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Autoencoder (555)
,,,,,Manual Posting
    Points Possible,,,,,100
"López, Ana María",1001,s0123,ana@uni.example,A,
"O'Neil, Bo",1002,s0201,bo@uni.example,A,
"Missing, Zoë",1009,s0400,zoe@uni.example,A,
"Student, Test",1010,,,A,
"""
MOODLE = """Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Last modified (grade),Feedback comments
Participant 7001,Ana María López,ana@uni.example,Submitted for grading - 1 day 2 hours late,,100.00,Yes,-,
Participant 7002,李娜,li@uni.example,Submitted for grading,,100.00,Yes,-,
Participant 7003,Words Only,words@uni.example,No submission,,100.00,Yes,-,
"""


@pytest.fixture
def roster(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "roster.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write


def people(path):
    return [listed.person for listed in read_roster(path).listed]


class TestReading:
    def test_gradescope_csv_of_grades(self, roster):
        listed = read_roster(roster(GRADESCOPE)).listed
        assert listed[0].person == Person("Ana María López", "ana@uni.example", "0123")
        assert [one.late for one in listed] == [timedelta(hours=26, minutes=3, seconds=12), timedelta(0), timedelta(0), None]

    def test_canvas_gradebook_without_the_rows_that_are_no_students(self, roster):
        found = people(roster(CANVAS))
        assert found[0] == Person("López, Ana María", "ana@uni.example", "s0123", "1001") and len(found) == 3

    def test_moodle_worksheet(self, roster):
        listed = read_roster(roster(MOODLE)).listed
        assert listed[0].person == Person("Ana María López", "ana@uni.example", "", "7001")
        assert [one.late for one in listed] == [timedelta(days=1, hours=2), None, None]

    @pytest.mark.parametrize(
        "heading, row, person",
        [
            ("Name,ID", "Ana,7", Person("Ana", sid="7")),
            ("SURNAME;First name;E-Mail;Student no.", "López;Ana;a@b.c;7", Person("Ana López", "a@b.c", "7")),
            ("full_name\temail address", "Ana\ta@b.c", Person("Ana", "a@b.c")),
            ("sep=;\nname;sid", "Ana, B.;7", Person("Ana, B.", sid="7")),
            ('"Name" , "SID"', '"López, ""Ana""", 7', Person('López, "Ana"', sid="7")),
            ("group_name,canvas_user_id,user_id,login_id,name", "T1,5,s7,a@b.c,Ana", Person("Ana", "a@b.c", "s7", "5")),
            ("username", "alopez", Person(sid="alopez")),
        ],
    )
    def test_headings_and_delimiters_of_many_makes(self, heading, row, person, roster):
        assert people(roster(f"{heading}\n{row}\n")) == [person]

    def test_staff_and_second_rows_of_someone_are_no_students(self, roster):
        rows = "Ana,a@b.c,Student\nTy,t@b.c,TA\nBo,b@b.c,\nAna,a@b.c,Student\nPia,p@b.c,Instructor\n"
        assert [p.name for p in people(roster(f"Name,Email,Role\n{rows}"))] == ["Ana", "Bo"]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    @pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
    def test_encodings_and_line_ends(self, encoding, newline, roster):
        assert people(roster(f"name,sid{newline}Zoë Müller,7{newline}{newline}", encoding)) == [Person("Zoë Müller", sid="7")]

    @pytest.mark.parametrize(
        "text, said",
        [
            ("", "is empty"),
            (codecs.BOM_UTF8, "is empty"),
            ("colour,size\nred,1\n", r"none of its headings \(colour, size\)"),
            ("Ana,7\nBo,8\n", "none of its headings"),
            (b"PK\x03\x04...", "save it as CSV"),
            ('name\n"' + "x" * 200_000 + '"\n', "not readable as CSV"),
        ],
    )
    def test_what_is_no_roster_is_told(self, text, said, roster):
        with pytest.raises(RosterError, match=said):
            read_roster(roster(text))

    def test_a_roster_that_is_not_there_is_told(self, tmp_path):
        with pytest.raises(RosterError, match="nowhere.csv: cannot be read"):
            read_roster(tmp_path / "nowhere.csv")

    @settings(deadline=None)
    @given(st.binary(max_size=300))
    def test_no_bytes_break_it(self, tmp_path_factory, data):
        path = tmp_path_factory.getbasetemp() / "any.csv"
        path.write_bytes(b"name,email\n" + data)
        assert all(isinstance(one, Person) for one in people(path))


class TestMatching:
    def test_gradescope_by_number_with_lateness(self, roster, tmp_path):
        collected = collect([exports.gradescope(tmp_path / "e")], tmp_path / "s", roster(GRADESCOPE))
        late = {h.student: h.late for h in collected.hand_ins}
        assert late["Ana María López"] == timedelta(hours=26, minutes=3, seconds=12) and late["No"] == timedelta(0)
        assert [p.name for p in collected.missing] == ["Zoë Missing"] and "not on the roster: No" in collected.notes

    def test_the_exports_own_names_stay(self, roster, tmp_path):
        collected = collect([exports.gradescope(tmp_path / "e")], tmp_path / "s", roster(GRADESCOPE))
        assert [p.name for h in collected.hand_ins for p in h.people] == ["Ana María López", "No", "李娜", 'O\'Neil, "Bo"']

    def test_canvas_by_its_numbers(self, roster, tmp_path):
        collected = collect([exports.canvas(tmp_path / "c")], tmp_path / "s", roster(CANVAS))
        found = {h.student: h.people for h in collected.hand_ins}
        assert found["lópezanamaría"] == (Person("López, Ana María", "ana@uni.example", "s0123", "1001"),)
        assert [p.name for p in collected.missing] == ["Missing, Zoë"] and "not on the roster: textonly, 李娜" in collected.notes

    @pytest.mark.parametrize("name", ["Ana María López", "López, Ana María", "LOPEZ Ana Maria"])
    def test_canvas_by_a_name_in_any_order(self, name, roster, tmp_path):
        collected = collect([exports.canvas(tmp_path / "c")], tmp_path / "s", roster(f'name,email\n"{name}",ana@uni.example\n'))
        assert next(h for h in collected.hand_ins if h.student == "lópezanamaría").people[0].email == "ana@uni.example"

    def test_moodle_by_its_numbers_with_lateness(self, roster, tmp_path):
        collected = collect([exports.moodle(tmp_path / "m")], tmp_path / "s", roster(MOODLE))
        assert [h.people[0].email for h in collected.hand_ins] == ["ana@uni.example", "words@uni.example", "li@uni.example"]
        assert collected.hand_ins[0].late == timedelta(days=1, hours=2) and not collected.missing

    @pytest.mark.parametrize("file", ["lopez_ana_vae", "Ana López", "ana-lopez", "s123_vae", "ana.lopez@uni.example", "alopez vae final"])
    def test_files_named_after_people(self, file, roster, tmp_path):
        exports.put(tmp_path / "c", f"{file}.ipynb", "vae.ipynb")
        collected = collect([tmp_path / "c"], tmp_path / "s", roster("name,sid,email,login\nAna López,s123,ana.lopez@uni.example,alopez\n"))
        people = {h.student: h.people for h in collected.hand_ins}
        assert people[file] == (Person("Ana López", "ana.lopez@uni.example", "s123"),) and people["vae"] == ()
        assert "not on the roster: vae" in collected.notes

    def test_namesakes_are_not_guessed_at(self, roster, tmp_path):
        exports.put(tmp_path / "c", "Ana López.ipynb", "s2.ipynb")
        collected = collect([tmp_path / "c"], tmp_path / "s", roster("name,sid\nAna López,s1\nAna López,s2\n"))
        assert [h.people for h in collected.hand_ins] == [(), (Person("Ana López", sid="s2"),)]
        assert collected.missing == [Person("Ana López", sid="s1")] and "not on the roster: Ana López" in collected.notes

    def test_zeros_that_a_spreadsheet_took_off_do_not_matter(self, roster, tmp_path):
        collected = collect([exports.gradescope(tmp_path / "e")], tmp_path / "s", roster("name,sid\nAna,123\n"))
        assert collected.hand_ins[0].people == (Person("Ana María López", "ana@uni.example", "0123"),) and not collected.missing

    def test_a_name_does_not_outweigh_another_number(self, roster, tmp_path):
        collected = collect([exports.gradescope(tmp_path / "e")], tmp_path / "s", roster("name,sid\nNo,9999\n"))
        assert collected.missing == [Person("No", sid="9999")]

    def test_a_hand_in_that_names_a_group_is_its_members(self, roster, tmp_path):
        exports.put(tmp_path / "m", "Team 1_55_assignsubmission_file_/vae.ipynb", "Bo_7_assignsubmission_file_/vae.ipynb")
        collected = collect([tmp_path / "m"], tmp_path / "s", roster("Identifier,Full name,Group\nParticipant 1,Ana,Team 1\nParticipant 2,Li,Team 1\nParticipant 7,Bo,\n"))
        assert [[(p.name, p.lms_id) for p in h.people] for h in collected.hand_ins] == [[("Bo", "7")], [("Ana", "1"), ("Li", "2")]]

    def test_keys_are_the_same_with_and_without_a_roster(self, roster, tmp_path):
        for make in (exports.gradescope, exports.canvas, exports.moodle):
            folder = make(tmp_path / make.__name__)
            with_one = collect([folder], tmp_path / "s", roster(GRADESCOPE))
            assert [h.student for h in with_one.hand_ins] == [h.student for h in collect([folder], tmp_path / "s").hand_ins]


NAME = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), min_size=1, max_size=30).map(lambda s: " ".join(s.split())).filter(bool)


class TestSpreadsheet:
    @settings(deadline=None)
    @given(st.lists(st.tuples(NAME, NAME), min_size=1, max_size=5))
    def test_names_in_any_script_survive_a_round_trip(self, tmp_path_factory, rows):
        path = tmp_path_factory.getbasetemp() / "round.csv"
        spreadsheet.write(path, [("name", "email"), *rows])
        quoted = [tuple(cell[1:] if cell.startswith("'") and cell[1:2] in "=+-@＝＋－＠" and len(cell) > 1 else cell for cell in row) for row in rows]
        assert [tuple(row) for row in spreadsheet.read(path.read_bytes())] == [("name", "email"), *quoted]

    @settings(deadline=None)
    @given(st.sampled_from("=+-@\t\r＝＋－＠"), st.text(max_size=20), st.sampled_from(["", " ", "\u200b", "\x1b[0m", "\n"]))
    def test_no_cell_begins_as_a_formula(self, tmp_path_factory, first, rest, before):
        path = tmp_path_factory.getbasetemp() / "formula.csv"
        spreadsheet.write(path, [("name",), (before + first + rest,)])
        text = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
        assert not text[1].lstrip(' "').startswith(tuple("=+-@\t\r＝＋－＠"))

    def test_numbers_stay_numbers(self, tmp_path):
        spreadsheet.write(tmp_path / "n.csv", [(-2.5, 0.0, -0.0, 1 / 3, None)])
        assert (tmp_path / "n.csv").read_text(encoding="utf-8-sig") == "-2.5,0,0,0.33,\n"
