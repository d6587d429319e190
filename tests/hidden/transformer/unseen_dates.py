"""Generated dates as people write them, and the same as YYYY-MM-DD, in tokens: for a training of the gpu tier."""

import datetime

import numpy as np

FORMATS = ["{d} {month} {y}", "{month} {d}, {y}", "{d} {short} {y}", "{y} {short} {d}", "{d:02}.{m:02}.{y}", "{m}/{d}/{y}"]
MONTHS = "January February March April May June July August September October November December".split()
START = 1  # before each target; 0 is padding
SOURCE_TOKENS = {character: token for token, character in enumerate(sorted({*" ,./0123456789", *"".join(MONTHS)}), start=2)}
TARGET_TOKENS = {character: token for token, character in enumerate("-0123456789", start=2)}
LAST_SOURCE_TOKEN, LAST_TARGET_TOKEN = 1 + len(SOURCE_TOKENS), 1 + len(TARGET_TOKENS)
LONGEST = 18


def dates(count=6000, held_out=500):
    """Sources `(count, 18)` and targets `(count, 11)` to train with; sources of days that are not among those, and their targets."""
    random = np.random.default_rng(11)
    first, last = datetime.date(1950, 1, 1).toordinal(), datetime.date(2050, 1, 1).toordinal()
    days = random.permutation(np.arange(first, last))
    tokens = [_tokens(int(day), random.integers(len(FORMATS))) for day in days[: count + held_out]]
    sources, targets = (np.array(side) for side in zip(*tokens))
    return sources[:count], targets[:count], sources[count:], targets[count:]


def _tokens(day, number):
    date = datetime.date.fromordinal(day)
    month = MONTHS[date.month - 1]
    source = FORMATS[number].format(d=date.day, m=date.month, y=date.year, month=month, short=month[:3])
    return [*(SOURCE_TOKENS[c] for c in source), *[0] * (LONGEST - len(source))], [START, *(TARGET_TOKENS[c] for c in date.isoformat())]
