"""The Bsn of a person, and the check that it can be one."""


def voldoet(bsn: str) -> bool:
    """Whether nine digits pass the 11-proef: 9·c1 + 8·c2 + … + 2·c8 − 1·c9 can be divided by 11, and not all are zero."""
    *voorste, laatste = map(int, bsn)
    som = sum(gewicht * cijfer for gewicht, cijfer in zip(range(9, 1, -1), voorste, strict=True))
    return (som - laatste) % 11 == 0 and bsn.strip("0") != ""
