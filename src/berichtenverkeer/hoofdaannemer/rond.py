"""Rounding (contract, Money): half up, away from zero for what is negative. No floats."""

from decimal import Decimal
from fractions import Fraction

from ..levensloop.rekenen import bedrag


def rond(waarde: Fraction) -> int:
    """To a whole number; a half goes away from zero.

    >>> rond(Fraction(5, 2)), rond(Fraction(-5, 2)), rond(Fraction(-7, 3))
    (3, -3, -2)
    """
    grootte = bedrag.rond(abs(waarde.numerator), waarde.denominator)
    return -grootte if waarde < 0 else grootte


def afgerond(waarde: Fraction, decimalen: int) -> Decimal:
    """To so many decimals, rounded once, a half away from zero.

    >>> afgerond(Fraction(1, 8), 2)
    Decimal('0.13')
    """
    return Decimal(rond(waarde * 10**decimalen)).scaleb(-decimalen)
