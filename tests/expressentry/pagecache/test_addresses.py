"""Under which key a page is kept: never under that of another, and never under a long one."""

from urllib.parse import quote

from expressentry.pagecache.addresses import LONGEST, kept_as


def as_sent(query):
    """The text of a query as a server hands it on: each byte one letter."""
    return query.encode().decode("latin-1")


def test_letters_sent_as_they_are_and_escaped_are_one_address():
    assert kept_as("/occupations/", as_sent("q=infirmière")) == kept_as("/occupations/", f"q={quote('infirmière')}")


def test_letters_that_only_look_like_the_bytes_of_others_are_another_address():
    assert kept_as("/occupations/", as_sent("q=è")) != kept_as("/occupations/", f"q={quote('Ã¨')}")


def test_long_addresses_are_not_kept():
    room = LONGEST - len("/occupations/?q=")

    assert kept_as("/occupations/", f"q={'a' * room}")
    assert kept_as("/occupations/", f"q={'a' * (room + 1)}") is None
    assert kept_as("/occupations/", as_sent(f"q={'è' * (room // 3)}")) is None
    assert kept_as("/draws/", "&".join(["year=2020"] * 900)) is None
