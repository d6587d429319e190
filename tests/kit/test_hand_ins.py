"""What a TA names on the command line: files, folders and zips that no learning management system made."""

import json
import unicodedata
import zipfile

import pytest

from gradetape.batch.hand_ins import HandIn, NothingToGrade, collect
from gradetape.lms import unzip

NOTEBOOK = json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def put(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(NOTEBOOK)
    return folder


def zipped(path, *names):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, NOTEBOOK)
    return path


def students(paths, tmp_path):
    return [hand_in.student for hand_in in collect(paths, tmp_path / "scratch").hand_ins]


class TestCollect:
    def test_a_file_is_one_hand_in(self, tmp_path):
        put(tmp_path, "ana.ipynb")
        assert collect([tmp_path / "ana.ipynb"], tmp_path).hand_ins == [HandIn(tmp_path / "ana.ipynb", "ana")]

    def test_a_folder_is_a_class_sorted_by_name(self, tmp_path):
        put(tmp_path / "class", "Zoë.ipynb", "ana.ipynb", "essay.pdf", "bùi/vae.ipynb", "bùi/data.npz")
        assert students([tmp_path / "class"], tmp_path) == ["ana", "bùi", "essay", "Zoë"]

    def test_what_systems_leave_behind_is_no_hand_in(self, tmp_path):
        put(tmp_path / "class", "ana.ipynb", ".DS_Store", "__MACOSX/._ana.ipynb", ".ipynb_checkpoints/ana.ipynb", "Thumbs.db")
        assert students([tmp_path / "class"], tmp_path) == ["ana"]

    def test_a_zip_of_one_notebook_is_one_hand_in(self, tmp_path):
        path = zipped(tmp_path / "ana.zip", "vae/vae.ipynb", "vae/digits.npz", "__MACOSX/vae/._vae.ipynb")
        assert collect([path], tmp_path / "scratch").hand_ins == [HandIn(path, "ana")]

    def test_a_zip_of_many_is_a_class(self, tmp_path):
        path = zipped(tmp_path / "export.zip", "export/ana.ipynb", "export/bùi.zip", "export/zoë/vae.ipynb")
        found = collect([path], tmp_path / "scratch").hand_ins
        assert [h.student for h in found] == ["ana", "bùi", "zoë"]
        assert found[0].path.read_text() == NOTEBOOK

    def test_a_broken_zip_is_one_hand_in(self, tmp_path):
        (tmp_path / "ana.zip").write_bytes(b"PK\x03\x04 and no more")
        assert students([tmp_path / "ana.zip"], tmp_path) == ["ana"]

    def test_no_name_in_a_zip_leads_out_of_the_folder(self, tmp_path):
        path = zipped(tmp_path / "export.zip", "../../outside.ipynb", "/root.ipynb", "..\\windows.ipynb", "ana.ipynb")
        found = collect([path], tmp_path / "scratch").hand_ins
        assert [h.student for h in found] == ["ana", "outside", "root", "windows"]
        assert all(h.path.is_relative_to(tmp_path / "scratch") for h in found)
        assert not (tmp_path / "outside.ipynb").exists()

    def test_a_link_in_a_zip_is_mere_text(self, tmp_path):
        path = zipped(tmp_path / "export.zip", "ana.ipynb", "bùi.ipynb")
        with zipfile.ZipFile(path, "a") as archive:
            link = zipfile.ZipInfo("link.ipynb")
            link.external_attr = 0o120777 << 16
            archive.writestr(link, "/etc/passwd")
        (found,) = [h for h in collect([path], tmp_path / "scratch").hand_ins if h.student == "link"]
        assert not found.path.is_symlink() and found.path.read_text() == "/etc/passwd"

    def test_links_in_a_folder_are_not_to_be_opened(self, tmp_path):
        put(tmp_path, "solution.ipynb", "others/vae.ipynb", "class/ana.ipynb")
        (tmp_path / "class" / "bùi.ipynb").symlink_to(tmp_path / "solution.ipynb")
        (tmp_path / "class" / "zoë").symlink_to(tmp_path / "others")
        problems = {h.student: h.problem for h in collect([tmp_path / "class"], tmp_path).hand_ins}
        assert not problems["ana"] and "bùi.ipynb is a link" in problems["bùi"] and "zoë is a link" in problems["zoë"]

    def test_a_link_that_the_ta_names_is_followed(self, tmp_path):
        put(tmp_path, "ana.ipynb")
        (tmp_path / "latest.ipynb").symlink_to(tmp_path / "ana.ipynb")
        assert collect([tmp_path / "latest.ipynb"], tmp_path).hand_ins == [HandIn(tmp_path / "latest.ipynb", "latest")]

    def test_a_bomb_in_a_zip_is_cut_off(self, tmp_path, monkeypatch):
        monkeypatch.setattr(unzip, "MAX_BYTES", 1000)
        path = zipped(tmp_path / "export.zip", "ana.ipynb")
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("bomb.ipynb", "0" * 10**6)
        sizes = {h.student: h.path.stat().st_size for h in collect([path], tmp_path / "scratch").hand_ins}
        assert sizes == {"ana": len(NOTEBOOK), "bomb": 1001}

    def test_two_of_one_name_are_told_apart(self, tmp_path):
        put(tmp_path, "a/vae.ipynb", "b/vae.ipynb", "c/VAE.ipynb")
        files = [tmp_path / f for f in ("a/vae.ipynb", "b/vae.ipynb", "c/VAE.ipynb", "a/vae.ipynb")]
        assert students(files, tmp_path) == ["vae", "vae (2)", "VAE (3)"]

    def test_one_name_in_two_spellings_of_its_accents_is_told_apart(self, tmp_path):
        put(tmp_path, "a/" + unicodedata.normalize("NFD", "Zoë.ipynb"), "b/" + unicodedata.normalize("NFC", "Zoë.ipynb"))
        found = students(sorted(tmp_path.glob("*/*.ipynb")), tmp_path)
        assert found == ["Zoë", "Zoë (2)"]

    @pytest.mark.parametrize("name", ["nowhere", "empty"])
    def test_nothing_there_is_told(self, name, tmp_path):
        (tmp_path / "empty").mkdir()
        with pytest.raises(NothingToGrade, match=name):
            collect([tmp_path / name], tmp_path)
