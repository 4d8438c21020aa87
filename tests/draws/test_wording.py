import pytest

from draws.wording import value_text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3644", "3,644"),
        ("2015-07-18", "July 18, 2015"),
        ("2023-08-01T12:59:52Z", "August 1, 2023, 12:59:52 UTC"),
        ("646 / 750", "646 / 750"),
        ("2023-13-45", "2023-13-45"),
        ("2023-13-45T00:00:00Z", "2023-13-45T00:00:00Z"),
        ("no year given", "no year given"),
        ("", ""),
    ],
)
def test_value_in_words(text, words):
    assert value_text(text) == words
