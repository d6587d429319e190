"""The IPython shell that runs a notebook's cells in a worker: no history, no display, no shell commands."""

from __future__ import annotations

import os
import sys
import types

from IPython.core.compilerop import CachingCompiler
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

_SPAWNING_MAGICS = ("bash", "sh", "script", "perl", "ruby", "cmd", "system", "sx", "!")


class _CellCompiler(CachingCompiler):
    """Names code after its cell, so that a student finds the line of a traceback."""

    cell_name = "<cell>"

    def get_code_name(self, raw_code, transformed_code, number):
        return self.cell_name


class Shell(InteractiveShell):
    """IPython's base shell without what a grading worker has no use for, or must not do."""

    compiler_class = _CellCompiler

    def run(self, source: str, name: str) -> BaseException | None:
        """Run one cell; the exception that ended it, if any."""
        self.compile.cell_name = name
        result = self.run_cell(source, store_history=False, silent=True)
        return result.error_before_exec or result.error_in_exec

    def system(self, cmd):
        print(f"[grading] shell command ignored: {cmd}")

    system_piped = system_raw = system

    def getoutput(self, cmd, split=True, depth=0):
        print(f"[grading] shell command ignored: {cmd}")
        return []

    def run_line_magic(self, magic_name, line, _stack_depth=1):
        if self.find_line_magic(magic_name) is None or magic_name in ("pip", "conda", *_SPAWNING_MAGICS):
            print(f"[grading] %{magic_name} ignored")
            return None
        return super().run_line_magic(magic_name, line, _stack_depth)

    def run_cell_magic(self, magic_name, line, cell):
        if self.find_cell_magic(magic_name) is None or magic_name in _SPAWNING_MAGICS:
            print(f"[grading] %%{magic_name} ignored")
            return None
        return super().run_cell_magic(magic_name, line, cell)

    # What fails is reported by the worker; IPython's own coloured tracebacks cost more than most cells.
    def showtraceback(self, *args, **kwargs):
        pass

    def showsyntaxerror(self, *args, **kwargs):
        pass

    def enable_gui(self, gui=None):
        pass

    def enable_matplotlib(self, gui=None):
        return "agg", "agg"

    def init_virtualenv(self):
        pass


def make_shell() -> Shell:
    """A shell ready to run cells; made once, in the zygote."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.cache_size = 0
    return Shell.instance(config=config)


def stand_in_for_otter() -> None:
    """Let `import otter` and `grader.check(…)` do nothing: in a worker the hidden suite asks the questions."""

    class Notebook:
        def __init__(self, *args, **kwargs):
            pass

        def check(self, *args, **kwargs):
            pass

        check_all = export = run_plugin = add_plugin_files = check

    otter = types.ModuleType("otter")
    otter.Notebook = Notebook
    sys.modules["otter"] = otter


def leave_environment(folder: str) -> None:
    """Point this process's environment at the worker's folder, and at nothing of the grader's."""
    kept = {k: v for k, v in os.environ.items() if k.startswith(("TF_", "ONEDNN_", "CUDA_", "OPENBLAS_", "KERAS_BACKEND"))}
    os.environ.clear()
    os.environ.update(kept, HOME=folder, TMPDIR=folder, PATH="/usr/bin:/bin", MPLBACKEND="Agg", LANG="C.UTF-8")
