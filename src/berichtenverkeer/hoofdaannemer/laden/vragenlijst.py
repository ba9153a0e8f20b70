"""A questionnaire as it is loaded: YAML, read to values (``hoofdaannemer.zwaarte`` says what they mean)."""

import yaml

from ...standaard.tekst import te_bewaren

_DIEPST = 10
"""A questionnaire is three deep."""


class GeenVragenlijst(ValueError):
    """What cannot be read as one. The text is Dutch and says what to do."""


def lees_yaml(data: bytes) -> object:
    """The values in a file of YAML. Raises ``GeenVragenlijst``; for an alias too, which may stand for ever so much."""
    try:
        tekst = data.decode()
        diep = 0
        for stap in yaml.parse(tekst, yaml.SafeLoader):
            if isinstance(stap, yaml.AliasEvent):
                raise GeenVragenlijst("Een verwijzing (*) kan hier niet; schrijf het uit.")
            diep += isinstance(stap, yaml.CollectionStartEvent) - isinstance(stap, yaml.CollectionEndEvent)
            if diep > _DIEPST:
                raise GeenVragenlijst("De vragenlijst is te diep genest; kijk de haken na.")
        waarde: object = yaml.safe_load(tekst)
    except GeenVragenlijst:
        raise
    except (yaml.YAMLError, ValueError) as fout:
        plek = getattr(fout, "problem_mark", None)
        waar = f" (regel {plek.line + 1})" if plek else ""
        raise GeenVragenlijst(f"Dit is geen YAML in UTF-8{waar}. Zet een vraag tussen aanhalingstekens.") from None
    if not te_bewaren(waarde):
        raise GeenVragenlijst("Een teken is geen tekst (NUL of een half teken); laat het weg.")
    return waarde
