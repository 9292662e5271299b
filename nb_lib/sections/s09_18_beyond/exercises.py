"""The exercises of 9.18, in the order of the ladder."""

from nb_lib.sections.s09_18_beyond.exercises_order import ORDER
from nb_lib.sections.s09_18_beyond.exercises_space import SPACE

EXERCISES = tuple(sorted((*SPACE, *ORDER), key=lambda exercise: exercise.id))
