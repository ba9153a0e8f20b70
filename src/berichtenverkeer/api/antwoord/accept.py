"""Which of the forms of an answer a caller likes best (RFC 9110, Accept)."""

from collections.abc import Sequence

from fastapi import Request

from .problemen import Probleem


def gekozen(request: Request, vormen: Sequence[str]) -> str:
    """The media type of these that is asked for, the first where none is. Raises problem 406 when it is none of them."""
    gevraagd = [_bereik(deel) for kop in request.headers.getlist("accept") for deel in kop.split(",") if deel.strip()]
    if not gevraagd:
        return vormen[0]
    keuzes = []
    for plek, vorm in enumerate(vormen):
        passend = [(precies, q) for soort, q in gevraagd if (precies := _past(soort, vorm))]
        if passend:
            precies, q = max(passend)
            keuzes.append((q, precies, -plek, vorm))
    if not keuzes or max(keuzes)[0] <= 0:
        raise Probleem(
            406,
            "vorm-onbekend",
            "Dit is er niet in de vorm die de header Accept vraagt.",
            f"Vraag om {', '.join(vormen)}.",
        )
    return max(keuzes)[3]


def _bereik(deel: str) -> tuple[str, float]:
    """A range of media types, and how much it is liked."""
    soort, *rest = (stuk.strip().lower() for stuk in deel.split(";"))
    q = next((stuk.removeprefix("q=") for stuk in rest if stuk.startswith("q=")), "1")
    try:
        return soort, min(max(float(q), 0.0), 1.0)
    except ValueError:
        return soort, 0.0


def _past(soort: str, vorm: str) -> int:
    """How precisely a range names this form; 0 when it does not."""
    if soort == vorm:
        return 3
    if soort == f"{vorm.partition('/')[0]}/*":
        return 2
    return 1 if soort == "*/*" else 0
