"""Mutants: every kind of change is made, at one place, readable as a diff, and the same each time."""

import ast
import textwrap
from pathlib import Path

import pytest

from gradetape.verification import operators
from gradetape.verification.mutants import mutate


def changes(source: str) -> dict[str, list[str]]:
    """The new lines of a function's mutants by operator."""
    found: dict[str, list[str]] = {}
    for mutant in mutate("q", textwrap.dedent(source)):
        new = [line[2:] for line in mutant.change.splitlines() if line.startswith("+ ")]
        found.setdefault(mutant.operator, []).append("\n".join(new))
    return found


@pytest.mark.parametrize(
    ("statement", "operator", "expected"),
    [
        ("return a + b", "operator", ["return a - b"]),
        ("return a + b", "dropped term", ["return a", "return b"]),
        ("return a - b", "dropped term", ["return a", "return -b"]),
        ("return (a + b) * c", "dropped term", ["return (a + b)", "return c", "return (a) * c", "return (b) * c"]),
        ("return a / b", "operand order", ["return b / a"]),
        ("return -a", "sign", ["return a"]),
        ("return a * b", "sign", ["return -(a * b)"]),
        ("return f(a, axis=-1)", "axis", ["return f(a, axis=0)", "return f(a, axis=1)"]),
        ("return f(a, axis=[1, 2])", "dropped element", ["return f(a, axis=[2])", "return f(a, axis=[1])"]),
        ("return f(a, keepdims=True)", "flag", ["return f(a, keepdims=False)"]),
        ("return f(a, keepdims=True)", "dropped argument", ["return f(a)"]),
        ("return f(a, training=t)", "training", ["return f(a, training=True)", "return f(a, training=False)"]),
        ("return ops.sum(a)", "reduction", ["return ops.mean(a)", "return ops.max(a)"]),
        ("return tf.sqrt(a)", "dropped function", ["return (a)"]),
        ("return f(a, b)", "argument order", ["return f(b, a)"]),
        ("return [a, b]", "order", ["return [b, a]"]),
        ("return [a, b]", "dropped element", ["return [b]", "return [a]"]),
        ("return {'x': a, 'y': b}", "dropped element", ["return {'y': b}", "return {'x': a}"]),
        ("return {'x': a}", "key", ["return {'x_x': a}"]),
        ("return a if b < c else 0.5", "comparison", ["return a if b <= c else 0.5", "return a if b > c else 0.5"]),
        ("return a if b < c else 0.5", "condition", ["return a if not (b < c) else 0.5"]),
        ("return a if b and c else 0", "condition", ["return a if not (b and c) else 0", "return a if b or c else 0"]),
        ("return 0.5", "constant", ["return 1.0"]),
        ("return f(a + 1e-7)", "constant", ["return f(a + 0.0)"]),
        ("return f('same')", "constant", ["return f('valid')"]),
        ("return ops.einsum('bij,bjk->bik', a, b)", "einsum", ["return ops.einsum('bij,bjk->bki', a, b)", "return ops.einsum('bji,bjk->bik', a, b)"]),
        ("return g.gradient(a, b.trainable_weights)", "variables", ["return g.gradient(a, b.trainable_weights[1:])", "return g.gradient(a, b.trainable_weights[:-1])"]),
        ("return keras.metrics.Mean(name='loss')", "function", ["return keras.metrics.Sum(name='loss')"]),
        ("a += b", "operator", ["a -= b", "a = b"]),
        ("a.assign(b)", "dropped statement", ["pass"]),
        ("for _ in range(a): f(b)", "loop", ["for _ in range(1): f(b)"]),
    ],
)  # fmt: skip
def test_makes_each_kind_of_change(statement, operator, expected):
    assert sorted(changes(f"def q(a, b, c, t):\n    {statement}\n")[operator]) == sorted(expected)


def test_swaps_names_for_the_most_similar_bound_before():
    found = changes("""
        def q(z_mean, image, z_log_var):
            late = z_mean
            return ops.exp(z_log_var) + late
    """)["swapped name"]
    assert found == ["late = z_log_var", "return ops.exp(z_mean) + late", "return ops.exp(z_log_var) + image"]


def test_swaps_attributes_that_the_class_sets():
    found = changes("""
        class Q(keras.Model):
            def __init__(self, encoder, decoder):
                self.encoder, self.decoder = encoder, decoder
            def call(self, x):
                return self.decoder(x)
    """)["swapped name"]
    assert "return self.encoder(x)" in found


def test_exchanges_one_networks_variables_for_all_and_all_for_ones():
    found = changes("""
        class Q(keras.Model):
            def train_step(self, x):
                y = self.generator(self.critic(x))
                a = self.trainable_weights
                b = self.critic.trainable_weights
    """)["variables"]
    assert {"a = self.generator.trainable_weights", "a = self.critic.trainable_weights", "b = self.trainable_weights"} <= set(found)


def test_moves_the_last_statement_out_of_a_tape():
    source = textwrap.dedent("""
        def q(x):
            with tf.GradientTape() as tape:
                y = f(x)
                loss = g(
                    y,
                )
            return tape.gradient(loss, x)
    """)
    moved = next(m for m in mutate("q", source) if m.operator == "moved out of with")
    with_block = ast.parse(moved.source).body[0].body[0]
    assert ast.unparse(with_block) == "with tf.GradientTape() as tape:\n    y = f(x)"


def test_leaves_what_the_stub_gives():
    source = textwrap.dedent('''
        @keras.saving.register(name="a", flag=True)
        def q(x: list[1], rate=0.5):
            """Sum over axis 1, as in `q(2)`."""
            # 1 + 1, not 2
            raise ValueError("1" + str(1))
    ''')
    assert [m.operator for m in mutate("q", source)] == ["dropped statement"]


def test_shows_the_lines_that_changed():
    source = "def q(x):\n    # first\n    y = ops.sum(x, axis=0)  # over the batch\n    return y\n"
    mutant = next(m for m in mutate("q", source) if m.operator == "axis")
    assert mutant.change == "- y = ops.sum(x, axis=0)  # over the batch\n+ y = ops.sum(x, axis=1)  # over the batch"
    assert " # first" not in mutant.change and "     # first" in mutant.diff


def test_drops_an_assignment_only_where_the_code_still_runs():
    dropped = [
        m.change
        for m in mutate("q", "def q(x):\n    y = f(x)\n    x = g(y)\n    self.a = x\n    return x\n")
        if m.operator == "dropped statement"
    ]
    assert dropped == ["- x = g(y)\n+ pass", "- self.a = x\n+ pass"]


def test_keeps_letters_beyond_ascii_in_place():
    changed = changes("def q(σ, μ):\n    return 'é', σ + 1  # – μ\n")
    assert "return 'é', σ - 1  # – μ" in changed["operator"]


@pytest.mark.parametrize("path", sorted(Path(operators.__file__).parent.glob("*.py")), ids=lambda path: path.stem)
def test_changes_any_code_at_one_place_and_the_same_each_time(path):
    """The operators' own modules as a crowd of sources: each mutant is Python, differs, and is made again alike."""
    source = path.read_text()
    mutants = mutate("q", source)
    assert mutants == mutate("q", source)
    meanings = [ast.dump(ast.parse(m.source)) for m in mutants]
    assert len({ast.dump(ast.parse(source)), *meanings}) == len(mutants) + 1
    assert all(m.change for m in mutants)
