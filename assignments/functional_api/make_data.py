"""Makes the data of this assignment: three small sets of texts from a seeded generator, and real digits.

`data/qa.npz`, `data/tickets.npz` and `data/profiles.npz` are made up, sentence by sentence, so that anyone can read what a network
ought to find in them. `data/digits.npz` is the copy of scikit-learn's digits that the assignment on variational autoencoders made. All are
committed; run this from anywhere to make them again.

A text is a row of word numbers. Number 0 is padding and stands on the left, so that the last word is always last.
"""

import shutil
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent

PEOPLE = ["anna", "ben", "clara", "david", "emma", "felix"]
PLACES = ["beach", "castle", "forest", "market", "museum", "village"]
VEHICLES = ["bicycle", "boat", "bus", "train"]
THINGS = ["bread", "flowers", "honey", "lamps", "paintings", "shells"]
STORIES = [
    "{who} took the {how} to the {where} and brought home {what}",
    "{who} went to the {where} by {how} and bought {what} there",
    "by {how} {who} came to the {where} where somebody sold {what}",
    "to get {what} {who} travelled to the {where} on a {how}",
]
WEATHER = ["it rained all morning", "the sun was shining", "nobody else was about", "the day began early", "a cold wind blew", ""]
EVENING = ["in the evening all slept well", "they talked about this for weeks", "dinner was late again", "everyone felt happy", ""]
QUESTIONS = {
    "who": ["who went there", "which person is this story about", "who made that trip"],
    "where": ["where did they go", "which place did they see", "where was the end of that trip"],
    "how": ["how did they travel", "what were they sitting in or on", "how was that trip made"],
    "what": ["what did they get", "what is in their bag now", "which thing came back with them"],
}

DEPARTMENTS = {
    "account": {
        "titles": ["cannot log in", "password does not work", "close my profile", "new email address"],
        "bodies": ["my password is refused since yesterday", "the code for the login never comes", "please use my other email from now on"],
        "tag": "login",
    },
    "billing": {
        "titles": ["charged twice", "wrong invoice", "money not back", "what is this fee"],
        "bodies": ["the card was charged two times", "the sum on the invoice is too high", "you promised to pay the money back"],
        "tag": "invoice",
    },
    "delivery": {
        "titles": ["parcel is late", "box damaged", "where is my order", "sent to a wrong street"],
        "bodies": ["the driver left the parcel in the rain", "it should have arrived on monday", "the box was open and half empty"],
        "tag": "parcel",
    },
    "technical": {
        "titles": ["app crashes", "screen stays black", "update fails", "no sound"],
        "bodies": ["it stops with an error after a minute", "the light blinks and nothing happens", "since the update the battery is empty by noon"],
        "tag": "device",
    },
}
VAGUE_TITLES = ["please help", "a question", "not happy", "hello"]
VAGUE_BODIES = ["i bought it last week", "i hope you can look at this", "my friends have the same trouble", "i wrote to you before"]
URGENT_BODIES = ["i need this today", "we cannot work until it is solved", "this is the third time i write"]
CALM_BODIES = ["there is no hurry", "answer when you have time", ""]
CUSTOMER_TAGS = ["premium", "repeat", "newsletter"]

INCOME_GROUPS = {
    "low": ["i share a room with two others", "at the end of the month i count every coin", "my bicycle is older than i am"],
    "middle": ["i rent a small flat", "i drive a used car", "in summer we go camping"],
    "high": ["i own two houses", "my boat lies in the harbour", "my driver waits outside"],
}
DECADES = {1940: "forties", 1950: "fifties", 1960: "sixties", 1970: "seventies", 1980: "eighties", 1990: "nineties", 2000: "noughties"}
LIVES = {
    0: ["my exams are next month", "after class we play football"],
    25: ["i have just started a job", "i look for my first flat"],
    40: ["our children go to school", "i have worked at the same desk for years"],
    57: ["our children have left home", "i think about retiring"],
    67: ["i am retired", "i look after my grandchildren"],
}
WOMEN = ["i am the mother of twins", "my nephew has no other aunt", "i am a sister of four", "they call me anna"]
MEN = ["i am the father of twins", "my nephew has no other uncle", "i am a brother of four", "they call me david"]
SMALL_TALK = ["i like tea in the morning", "today i baked a cake", "music helps me think", "the garden is full of birds", "i cannot sleep when it is hot"]


def one_of(rng, choices):
    return choices[rng.integers(len(choices))]


def as_numbers(texts, vocabulary=None):
    """Texts as rows of word numbers, padded on the left, and the vocabulary: entry 0 is the padding."""
    if vocabulary is None:
        vocabulary = ["", *sorted({word for text in texts for word in text.split()})]
    number = {word: i for i, word in enumerate(vocabulary)}
    rows = [[number[word] for word in text.split()] for text in texts]
    longest = max(map(len, rows))
    return np.array([[0] * (longest - len(row)) + row for row in rows], "int16"), np.array(vocabulary)


def make_qa(rng, count):
    """Stories with four facts each, and a question that asks for one of them."""
    texts, questions, answers = [], [], []
    for _ in range(count):
        facts = {"who": one_of(rng, PEOPLE), "where": one_of(rng, PLACES), "how": one_of(rng, VEHICLES), "what": one_of(rng, THINGS)}
        asked = one_of(rng, list(QUESTIONS))
        texts.append(" ".join([one_of(rng, WEATHER), one_of(rng, STORIES).format(**facts), one_of(rng, EVENING)]))
        questions.append(one_of(rng, QUESTIONS[asked]))
        answers.append(facts[asked])
    text, text_words = as_numbers(texts)
    question, question_words = as_numbers(questions)
    answer_words = np.array(sorted(set(answers)))
    answer = np.searchsorted(answer_words, answers).astype("int16")
    return dict(text=text, question=question, answer=answer, text_words=text_words, question_words=question_words, answer_words=answer_words)


def make_ticket(rng):
    """Title, body, tags, priority and department of one ticket: each of the three inputs tells a part, and none tells all."""
    name = one_of(rng, list(DEPARTMENTS))
    told = DEPARTMENTS[name]
    speaks = rng.random(3) < [0.55, 0.6, 0.45]
    speaks[rng.integers(3)] = True  # somewhere the department shows
    urgent_title, urgent_body, premium, repeat = rng.random(4) < [0.3, 0.4, 0.35, 0.3]
    title = one_of(rng, told["titles"] if speaks[0] else VAGUE_TITLES)
    title = f"urgent {title}" if urgent_title else title
    sentences = [one_of(rng, VAGUE_BODIES), one_of(rng, URGENT_BODIES if urgent_body else CALM_BODIES)]
    sentences += [one_of(rng, told["bodies"])] if speaks[1] else []
    tags = [tag for tag, there in [("premium", premium), ("repeat", repeat), ("newsletter", rng.random() < 0.5), (told["tag"], speaks[2])] if there]
    priority = 1.5 * urgent_title + 1.5 * urgent_body + 1.2 * premium + 0.9 * repeat + rng.normal(scale=0.3) > 2.2
    return title, " ".join(rng.permutation(sentences)), tags, priority, name


def make_tickets(rng, count):
    titles, bodies, tags, priority, department = zip(*[make_ticket(rng) for _ in range(count)])
    words = as_numbers([*titles, *bodies])[1]
    tag_names = CUSTOMER_TAGS + [told["tag"] for told in DEPARTMENTS.values()]
    return dict(
        title=as_numbers(titles, words)[0],
        body=as_numbers(bodies, words)[0],
        tags=np.array([[tag in row for tag in tag_names] for row in tags], "int8"),
        priority=np.array(priority, "int8"),
        department=np.array([list(DEPARTMENTS).index(name) for name in department], "int8"),
        words=words,
        tag_names=np.array(tag_names),
        department_names=np.array(list(DEPARTMENTS)),
    )


def make_profile(rng):
    """A post, and what its writer says about age (in 2025), income and gender."""
    born = rng.integers(1945, 2009)
    age, group, woman = 2025 - born, rng.integers(len(INCOME_GROUPS)), rng.random() < 0.5
    life = LIVES[max(start for start in LIVES if start <= age)]
    sentences = [
        f"i was born in the {DECADES[born // 10 * 10]}",
        one_of(rng, life),
        one_of(rng, list(INCOME_GROUPS.values())[group]),
        one_of(rng, WOMEN if woman else MEN),
        *rng.choice(SMALL_TALK, rng.integers(3), replace=False),
    ]
    return " ".join(rng.permutation(sentences)), age, group, woman


def make_profiles(rng, count):
    posts, age, income, gender = zip(*[make_profile(rng) for _ in range(count)])
    numbers, words = as_numbers(posts)
    return dict(
        posts=numbers,
        age=np.array(age, "int8"),
        income=np.array(income, "int8"),
        gender=np.array(gender, "int8"),
        words=words,
        income_names=np.array(list(INCOME_GROUPS)),
    )


if __name__ == "__main__":
    data = FOLDER / "data"
    shutil.copyfile(FOLDER.parent / "vae" / "data" / "digits.npz", data / "digits.npz")
    np.savez_compressed(data / "qa.npz", **make_qa(np.random.default_rng(1), 1500))
    np.savez_compressed(data / "tickets.npz", **make_tickets(np.random.default_rng(2), 1000))
    np.savez_compressed(data / "profiles.npz", **make_profiles(np.random.default_rng(3), 1000))
