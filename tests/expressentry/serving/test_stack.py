import pytest

from expressentry.serving.stack import with_room


def test_function_called_with_room_gets_its_arguments_and_says_what_it_says():
    answer = with_room(lambda *args, **kwargs: (args, kwargs))

    assert answer(1, 2, base=3) == ((1, 2), {"base": 3})


def test_failure_passes_through():
    with pytest.raises(ValueError, match="'x'"):
        with_room(int)("x")
