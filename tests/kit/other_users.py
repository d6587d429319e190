"""Stages of other users: an ordinary one, root in a container, root with an interpreter that all may read.

An interpreter under a private home can be run by nobody else, so those users get a copy of it.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import site
import subprocess
import sys
from multiprocessing.connection import Pipe
from pathlib import Path

import gradetape
from gradetape.sandbox import lockdown
from stage import Targets

HERE = Path(__file__).parent
HELPERS = ("stage.py", "toy_course.py", "attacks")
LEFT_OUT = ("site-packages", "test", "tests", "idlelib", "lib2to3", "tkinter", "turtledemo", "ensurepip", "config-*", "*.opt-*.pyc")
# What Docker leaves to root unless told otherwise, by the kernel's numbers; to read and search any file is not among them.
DOCKER_CAPABILITIES = {0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31}
PR_CAPBSET_DROP = 24


class NoInterpreter(Exception):
    """No interpreter that another user could run is here, and none could be copied."""


class RemoteStage:
    """A stage in a process of its own: a method called here is called there."""

    targets: Targets

    def __init__(self, python: Path, helpers: Path, folder: Path, **process):
        start = "import sys; sys.path.append(sys.argv[1]); import stage; stage.serve(int(sys.argv[2]), sys.argv[3])"
        here, there = Pipe()
        with there:
            self._process = subprocess.Popen(
                [str(python), "-s", "-c", start, str(helpers), str(there.fileno()), str(folder)],
                pass_fds=[there.fileno()],
                stdin=subprocess.DEVNULL,
                cwd=folder,
                env=environment(folder, python),
                **process,
            )
        self._connection = here
        self.targets = here.recv()

    def __getattr__(self, method: str):
        def ask(*arguments):
            self._connection.send((method, arguments))
            answer, error = self._connection.recv()
            if error:
                raise RuntimeError(f"on the other user's stage: {error}")
            return answer

        return ask

    def close(self) -> None:
        self._connection.close()
        self._process.wait()


def environment(folder: Path, python: Path) -> dict[str, str]:
    libraries = python.parent.parent / "lib"
    kept = {"LD_LIBRARY_PATH": str(libraries)} if list(libraries.glob("libpython*.so*")) else {}
    return kept | {"HOME": str(folder), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


def drop_to_docker() -> None:
    """Leave this process, and what it executes, what root has in a container."""
    libc = ctypes.CDLL(None)
    for capability in range(64):
        if capability not in DOCKER_CAPABILITIES:
            libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


def public_python(folder: Path) -> tuple[Path, Path]:
    """An interpreter that all may run, with this one's packages, and where it finds the tests' helpers.

    This one, or a copy of it in `folder`. Raises NoInterpreter where the copy does not run.
    """
    if not lockdown.interpreter_is_private() and open_to_all(HERE) and open_to_all(Path(gradetape.__file__).parent):
        return Path(sys.executable), HERE
    folder.mkdir()
    base, version = Path(sys.base_prefix), f"python{sys.version_info.major}.{sys.version_info.minor}"
    library = folder / "lib" / version
    python = folder / "bin" / "python3"
    python.parent.mkdir()
    shutil.copy2(os.path.realpath(sys.executable), python)
    left_out = shutil.ignore_patterns(*LEFT_OUT)
    shutil.copytree(base / "lib" / version, library, symlinks=True, ignore=left_out, copy_function=_share)
    for shared in (base / "lib").glob("libpython*.so*"):
        shutil.copy2(shared, folder / "lib" / shared.name, follow_symlinks=False)
    packages = library / "site-packages"
    packages.mkdir()
    for number, installed in enumerate(map(Path, site.getsitepackages())):
        if open_to_all(installed):
            (packages / f"installed{number}.pth").write_text(f"{installed}\n")
        else:
            shutil.copytree(installed, packages, symlinks=True, dirs_exist_ok=True, copy_function=_share)
    shutil.copytree(Path(gradetape.__file__).parent, packages / "gradetape", dirs_exist_ok=True)
    for helper in HELPERS:
        (shutil.copytree if (HERE / helper).is_dir() else shutil.copy2)(HERE / helper, packages / helper)
    try:
        subprocess.run([python, "-s", "-c", "import ssl, ctypes, numpy"], env=environment(folder, python), check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoInterpreter(f"a copy of {sys.executable} in {folder} does not run: {getattr(error, 'stderr', error)}") from error
    return python, packages


def open_to_all(path: Path) -> bool:
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents))


def _share(source: str, target: str) -> None:
    """Link a file that all may read, on the same disk; copy any other."""
    try:
        if os.stat(source).st_mode & 0o004:
            return os.link(source, target)
    except OSError:
        pass  # another disk
    shutil.copy2(source, target)
    os.chmod(target, 0o644 | os.stat(source).st_mode & 0o111)
