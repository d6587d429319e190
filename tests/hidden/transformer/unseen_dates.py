"""Generated dates as people write them, and the same as YYYY-MM-DD, in tokens: for a training of the gpu tier."""

import datetime

import numpy as np

FORMATS = ["{d} {month} {y}", "{y} {month} {d}", "{d:02}.{m:02}.{y}", "{m}/{d}/{y}"]
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
START = 1  # before each target; 0 is padding
SOURCE_TOKENS = {character: token for token, character in enumerate(sorted({*" ./0123456789", *"".join(MONTHS)}), start=2)}
TARGET_TOKENS = {character: token for token, character in enumerate("-0123456789", start=2)}
LONGEST = 11
SIZES = [LONGEST, 2 + len(SOURCE_TOKENS), 2 + len(TARGET_TOKENS), 32, 64, 2]


def dates(count=4000, held_out=500):
    """Sources `(count, 11)` and targets `(count, 11)` to train with; sources of days that are not among those, and their targets."""
    random = np.random.default_rng(11)
    first, last = datetime.date(1950, 1, 1).toordinal(), datetime.date(2050, 1, 1).toordinal()
    days = random.permutation(np.arange(first, last))
    tokens = [_tokens(int(day), random.integers(len(FORMATS))) for day in days[: count + held_out]]
    sources, targets = (np.array(side) for side in zip(*tokens))
    return sources[:count], targets[:count], sources[count:], targets[count:]


def _tokens(day, number):
    date = datetime.date.fromordinal(day)
    month = MONTHS[date.month - 1]
    source = FORMATS[number].format(d=date.day, m=date.month, y=date.year, month=month)
    return [*(SOURCE_TOKENS[c] for c in source), *[0] * (LONGEST - len(source))], [START, *(TARGET_TOKENS[c] for c in date.isoformat())]


def translations(student, question):
    """After a training with the student's answer to this question: translations of the held-out dates, and the right ones."""
    sources, targets, unseen, truth = dates()
    lower = np.tri(64)
    for _ in range(2):
        student.trained(question, SIZES, sources, targets, 5, 10, lower)
    return student.translated(question, unseen, START, truth.shape[1] - 1, lower), truth[:, 1:]
