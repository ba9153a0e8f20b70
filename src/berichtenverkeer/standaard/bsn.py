"""The Bsn of a person, and the check that it can be one."""

from operator import mul

_GEWICHTEN = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_NUL = ord("0") * sum(_GEWICHTEN)


def voldoet(bsn: str) -> bool:
    """Whether nine digits pass the 11-proef: 9·c1 + 8·c2 + … + 2·c8 − 1·c9 can be divided by 11, and not all are zero."""
    return (sum(map(mul, _GEWICHTEN, bsn.encode())) - _NUL) % 11 == 0 and bsn != "000000000"
