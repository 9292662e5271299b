"""The predictions of 9.18, in the order of the text."""

from nb_lib.sections.s09_18_beyond.predictions_order import ORDER
from nb_lib.sections.s09_18_beyond.predictions_space import SPACE

_IN_ANY_ORDER = (*SPACE, *ORDER)
PREDICTIONS = tuple(sorted(_IN_ANY_ORDER, key=lambda prediction: prediction.id))
