"""What the suite asks."""


def total_of(student, values):
    return student.total(values)


def scaled(student, factor, values):
    with student.replacing(total=lambda values: 5.0 * len(values)):
        return student.Scale(factor)(values)
