"""The karate club of Zachary: who met whom outside the hall, and who left with whom.

The 34 members are numbered from 0; 0 is the instructor and 33 the president. After a
quarrel the club split in two. Friendships and sides are facts from Wayne Zachary, "An
information flow model for conflict and fission in small groups", Journal of
Anthropological Research 33 (1977), in the form in which the package networkx (3-clause
BSD) carries them as ``karate_club_graph``, without its weights.
"""

import numpy as np

# each friendship once, under the member with the smaller number
FRIENDS = {
    0: (1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31),
    1: (2, 3, 7, 13, 17, 19, 21, 30),
    2: (3, 7, 8, 9, 13, 27, 28, 32),
    3: (7, 12, 13),
    4: (6, 10),
    5: (6, 10, 16),
    6: (16,),
    8: (30, 32, 33),
    9: (33,),
    13: (33,),
    14: (32, 33),
    15: (32, 33),
    18: (32, 33),
    19: (33,),
    20: (32, 33),
    22: (32, 33),
    23: (25, 27, 29, 32, 33),
    24: (25, 27, 31),
    25: (31,),
    26: (29, 33),
    27: (33,),
    28: (31, 33),
    29: (32, 33),
    30: (32, 33),
    31: (32, 33),
    32: (33,),
}
# 0 stayed with the instructor, 1 went with the president
SIDES = "0000000001000011001010111111111111"


def karate_club():
    """Return the friendships as edges (78, 2) and the sides (34,), both int64."""
    pairs = [(a, b) for a, others in FRIENDS.items() for b in others]
    return np.array(pairs), np.array([int(side) for side in SIDES])
