"""Lists, dictionaries, sets and queues change in the page as in Python, and alone."""

import sys
from collections import defaultdict, deque


def case_queues_of_some_length():
    last, rows = deque(maxlen=3), deque([1, 2, 3], 2)
    for n in range(5):
        last.append(n)
    rows.extend([4, 5, 6])
    rows += [7]
    other = rows.copy()
    other.append(8)
    whole = deque([1, 2])
    whole.append(3)
    last[0] = 9
    return (
        list(last),
        list(rows),
        list(other),
        list(whole),
        len(last),
        list(deque([1], 0)),
    )


def fails_a_full_queue_takes_nothing_in_between():
    full = deque([1, 2], maxlen=2)
    full.insert(0, 3)


def case_dictionaries_with_a_standard():
    found = defaultdict(list, {"a": [1]}, b=[2])
    found["a"].append(3)
    found["c"].append(4)
    other = found.copy()
    other["d"].append(5)
    return sorted(found.items()), sorted(other), defaultdict(int)["a"]


def case_changes_are_seen_under_all_names():
    row, table, some, more = [1, 2], {"a": 1}, {1, 2, 3}, {1}
    same = row, table, some, more
    row *= 2
    row += "x"
    table |= {"b": 2}
    some &= {2, 3, 4}
    some -= {3}
    more |= {7}
    return same[0], sorted(same[1]), sorted(same[2]), sorted(same[3])


def case_tuples_do_not_change_under_other_names():
    row = held = (1, 2)
    row += (3,)
    row *= 2
    return row, held


def case_lists_are_compared():
    return [1, 2] < [1, 3], [2] >= [1, 5], (1,) < (1, 0), [] > [], [1] <= [1]


def fails_slices_of_tuples_do_not_change():
    row = (1, 2)
    row[0:1] = [5]


def fails_lists_are_not_subtracted():
    return [2] - [1]


def fails_lists_are_not_divided():
    return [4] / [2]


def fails_dictionaries_are_not_added():
    return {"a": 1} + {"b": 2}


def fails_sets_of_a_set_and_a_list():
    some = {1}
    some -= [1]


def fails_half_a_list():
    return [1, 2] * 1.5


def test_boxes(agree):
    assert agree(sys.modules[__name__]) == 12
