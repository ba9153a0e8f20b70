"""How Excel shows a number: what a format makes of it, as text of a Dutch Excel."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

INGEBOUWD = {
    2: "0.00", 4: "#,##0.00", 5: '"€" 0', 6: '"€" 0', 7: '"€" 0.00', 8: '"€" 0.00', 39: "0.00", 40: "0.00", 42: '"€" 0', 43: "0.00", 44: '"€" 0.00',
    **dict.fromkeys((14, 15, 16, 22), "yyyy-mm-dd"), 17: "mmm-yy", **dict.fromkeys((18, 19, 20, 21, 45, 46, 47), "h:mm"),
}  # fmt: skip
"""The formats that a workbook names by a number only (ECMA-376 part 1, 18.8.30), as far as they make another text of a number."""

_LETTERLIJK = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!\$|h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
"""What in a format is text to be shown, room, or a colour or condition."""

_LANGSTE_FORMAAT = 255
"""Excel takes no longer one."""

_CIJFERS = 15
"""Excel knows no more digits."""


@dataclass(frozen=True, slots=True)
class Formaat:
    """How a number is shown: as a day, a month or a time, or with so many decimals and in euros."""

    is_dag: bool = False
    is_maand: bool = False
    is_tijd: bool = False
    decimalen: int = 0
    in_euro: bool = False

    @classmethod
    def van(cls, code: str) -> "Formaat":
        """That of a code, of which only the part for numbers above zero counts."""
        kaal = _LETTERLIJK.sub(_alleen_euro, code[:_LANGSTE_FORMAAT].partition(";")[0])
        letters = re.sub(r"\[\$[^\]]*\]", "", kaal).lower()
        decimalen = re.search(r"\.([0#?]+)", letters)
        return cls(
            is_dag="d" in letters,
            is_maand="y" in letters,
            is_tijd="h" in letters or "[m" in letters,
            decimalen=len(decimalen[1]) if decimalen else 0,
            in_euro="€" in kaal,
        )


_GEWOON = Formaat()


@dataclass(frozen=True, slots=True)
class Opmaak:
    """How the numbers of a workbook are shown: the format of each style, and the day that is 0."""

    formaten: Sequence[Formaat]
    begin: date

    def getal(self, waarde: Decimal, stijl: int) -> str:
        """A number as a Dutch Excel shows it: a day or month, hours and minutes, euros, or with a decimal comma; digits that are not
        shown are kept."""
        formaat = self.formaten[stijl] if stijl < len(self.formaten) else _GEWOON
        if not waarde.is_finite() or waarde.adjusted() >= _CIJFERS:
            return str(waarde)
        if formaat.is_dag or formaat.is_maand:
            dag = str(self.begin + timedelta(days=int(waarde)))
            return dag if formaat.is_dag else dag[:7]
        if formaat.is_tijd:
            minuten = round(waarde * 24 * 60)
            return f"{minuten // 60}:{minuten % 60:02}"
        kaal = f"{Decimal(f'{waarde:.{_CIJFERS}g}'):f}"
        heel, _, breuk = kaal.partition(".")
        breuk = breuk.rstrip("0").ljust(formaat.decimalen, "0")
        breuk += "0" * (len(breuk) == 3)  # with three the comma could be one between thousands
        return ("€ " if formaat.in_euro else "") + (f"{heel},{breuk}" if breuk else heel)


def _alleen_euro(stuk: re.Match[str]) -> str:
    """Of text that is shown a euro sign; as wide as one is not one."""
    return "€" if "€" in stuk[0] and stuk[0][0] in '"\\' else ""
