"""Room on Python's stack.

Python 3.11 takes its stack from the system in pieces of 16 kB. Where the calls of a loop cross the end of a
piece, each of them fetches the next piece and gives it back: a page whose template happens to loop there takes
up to twice as long. A frame that asks for much gets a large piece, in which the frames after it find room.
"""

PLACES = 16_000  # of 8 bytes each, and as many again are left over for what is called


def with_room(function):
    """The function, called where the stack has room for some thousand frames."""

    def call(*args, **kwargs):
        return function(*args, **kwargs)

    call.__code__ = call.__code__.replace(co_stacksize=PLACES)
    return call
