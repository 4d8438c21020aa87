import pytest
from django.utils import translation

from programs.citations import cited


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("IRPR 76(1)(b), 82(2)", "RIPR 76(1)b), 82(2)"),
        ("IRPR 87.1(2)(d), (e)", "RIPR 87.1(2)d), e)"),
        ("IRPR 87; IRPA 10.1(2.1), 10.3", "RIPR 87; LIPR 10.1(2.1), 10.3"),
        ("IRPR 87(2)–(3); SOR/2026-63", "RIPR 87(2)–(3); DORS/2026-63"),
    ],
)
def test_laws_are_cited_in_the_language_of_the_page(english, french):
    with translation.override("fr"):
        in_french = cited(english)

    assert (cited(english), in_french) == (english, french)
