import json

import pytest

from draws.feed import file
from draws.feed.file import FeedError
from tests.draws.feed_rows import FEEDS, file_of, read, record, row


def no_feed(data):
    with pytest.raises(FeedError) as caught:
        read(data)
    return caught.value


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", file.EmptyFile),
        (b" \r\n\t", file.EmptyFile),
        (b"\xef\xbb\xbf", file.EmptyFile),
        (b"\r\n <!DOCTYPE html><html><title>Not found</title></html>", file.WebPage),
        (b"\x81\x8d\x8f", file.NotText),
        (b"{", file.BrokenJSON),
        (b'{"rounds": [}', file.BrokenJSON),
        (b'{"rounds": []}', file.NoRounds),
        (b"[]", file.WrongShape),
        (b"null", file.WrongShape),
        (b'"rounds"', file.WrongShape),
        (b"12", file.WrongShape),
        (b"NaN", file.WrongShape),
        (b"{}", file.WrongShape),
        (b'{"rounds": {"r392": {"drawNumber": "392"}}}', file.WrongShape),
        (b'{"rounds": [1], "rounds": [2]}', file.WrongShape),
        (b"[" * 100_000, file.TooDeep),
        (b'{"a":' * 100_000, file.TooDeep),
    ],
)
def test_file_that_is_no_feed_has_its_own_error(data, error):
    fault = no_feed(data)

    assert type(fault) is error
    assert str(fault) == error.message % fault.params


def test_every_error_says_something_else():
    errors = [error for error in FeedError.__subclasses__() if error.__module__ == "draws.feed.file"]

    assert len(errors) == 9
    assert len({error.message for error in errors}) == 9
    assert all(error.message for error in errors)


def test_missing_rounds_line_names_the_place():
    fault = no_feed((FEEDS / "rounds_line_missing.json").read_bytes())

    assert str(fault) == (
        "The feed is not valid JSON: it breaks at line 3, column 9. It is edited by hand and usually mended "
        "within hours; keep the last good copy and try again later."
    )


def test_size_limit_is_exact():
    data = file_of(row())
    padding = b" " * (file.MAX_BYTES - len(data))

    assert read(data + padding).records == [record()]
    assert no_feed(data + padding + b" ").params == {"limit": file.MAX_BYTES}


def test_round_limit_is_exact():
    assert len(read(b'{"rounds": [' + b"0," * (file.MAX_ROUNDS - 1) + b"0]}").refused) == file.MAX_ROUNDS
    assert type(no_feed(b'{"rounds": [' + b"0," * file.MAX_ROUNDS + b"0]}")) is file.TooManyRounds


def nested(depth):
    inner = "[" * (depth - 1) + "]" * (depth - 1)
    return (f'{{"note": {inner}, "rounds": [' + json.dumps(row()) + "]}").encode()


def test_depth_limit_is_exact():
    assert read(nested(file.MAX_DEPTH)).records == [record()]
    assert no_feed(nested(file.MAX_DEPTH + 1)).params == {"limit": file.MAX_DEPTH}


@pytest.mark.parametrize("inner", ["[]" * 20, "{}" * 20])
def test_brackets_that_close_add_no_depth(inner):
    deepest = "[" * (file.MAX_DEPTH - 2) + inner + "[[" + "]]" + "]" * (file.MAX_DEPTH - 2)
    data = f'{{"note": {deepest}}}'.encode()

    assert type(no_feed(data)) is file.TooDeep


@pytest.mark.parametrize("text", ["[[[[[[[[[[[[[[", '\\"[[[[[[[[[[[[[[', "\\\\", '\\\\\\"{{{{{{{{{{{{', '"', "\\"])
def test_brackets_inside_text_are_not_depth(text):
    data = json.dumps({"note": text, "rounds": [row()]}).encode()

    assert read(data).records == [record()]
