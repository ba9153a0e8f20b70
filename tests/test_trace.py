"""W3C Trace Context: what a request says of its trace is taken over, and what is not sound begins another."""

import pytest

from berichtenverkeer import trace

ID, SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"


def test_a_step_goes_on_in_the_trace_that_asked_for_it() -> None:
    stap = trace.begin(f"00-{ID}-{SPAN}-00")
    assert (stap.id, stap.ouder, stap.bemonsterd) == (ID, SPAN, False)
    assert stap.span != SPAN
    assert trace.lees(stap.kop()) == trace.Trace(ID, stap.span, bemonsterd=False)


def test_a_version_of_later_may_say_more() -> None:
    assert trace.lees(f"cc-{ID}-{SPAN}-01-meer") == trace.Trace(ID, SPAN)


@pytest.mark.parametrize(
    "kop",
    [
        None, "", ID, f"00-{ID}-{SPAN}", f"00-{ID}-{SPAN}-01-meer", f"ff-{ID}-{SPAN}-01", f"00-{ID.upper()}-{SPAN}-01",
        f"00-{'0' * 32}-{SPAN}-01", f"00-{ID}-{'0' * 16}-01", f"00-{ID}-{SPAN}-0g", f" 00-{ID}-{SPAN}-01",
    ],
)  # fmt: skip
def test_what_is_not_sound_begins_a_trace(kop: str | None) -> None:
    assert trace.lees(kop) is None
    stap = trace.begin(kop)
    assert stap.ouder is None
    assert stap.id != ID
    assert trace.lees(stap.kop()) is not None


def test_a_step_that_ends_in_an_error_failed_and_is_told() -> None:
    gedaan: list[trace.Stap] = []

    def doe() -> None:
        with trace.stap("iets", trace.begin(), trace.Soort.INTERNAL) as deze:
            assert trace.huidig() == deze.trace
            raise ValueError("stuk")

    with trace.afgenomen(gedaan.append), pytest.raises(ValueError, match="stuk"):
        doe()
    assert trace.huidig() is None
    assert [(stap.naam, stap.mislukt) for stap in gedaan] == [("iets", True)]
    assert gedaan[0].ms >= 0
