"""The claims of 9.18; two of them are measured half here, half there."""

from nb_lib.sections.s09_18_beyond.claims_order import ORDER
from nb_lib.sections.s09_18_beyond.claims_space import SPACE

CLAIMS = tuple(sorted((*SPACE, *ORDER), key=lambda claim: claim.id))
