"""One mark and one pair of colours per round type, the single source for page, badge and chart."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    path: str  # in a square of 16 by 16, absolute M, L, C and Z only, holes wound the other way
    light: str
    dark: str


GENERAL = "circle"
MARKS = {
    # general rounds
    "circle": Mark(
        path=(
            "M8 1.8C11.42 1.8 14.2 4.58 14.2 8C14.2 11.42 11.42 14.2 8 14.2C4.58 14.2 1.8 11.42 1.8 8"
            "C1.8 4.58 4.58 1.8 8 1.8Z"
        ),
        light="#46525a",
        dark="#aeb9c1",
    ),
    # Provincial Nominee Program
    "square": Mark(
        path="M2.5 2.5L13.5 2.5L13.5 13.5L2.5 13.5Z",
        light="#845a0f",
        dark="#deb67f",
    ),
    # Canadian Experience Class
    "diamond": Mark(
        path="M8 0.6L15.4 8L8 15.4L0.6 8Z",
        light="#04736c",
        dark="#79d0c8",
    ),
    # Federal Skilled Worker
    "triangle": Mark(
        path="M8 1.2L15.2 14L0.8 14Z",
        light="#027493",
        dark="#75d2f6",
    ),
    # Federal Skilled Trades
    "pentagon": Mark(
        path="M8 1.3L14.94 6.34L12.29 14.51L3.71 14.51L1.06 6.34Z",
        light="#6a4225",
        dark="#c39b81",
    ),
    # French
    "fleur": Mark(
        path=(
            "M8 .5C9.6 2.4 10.6 4.2 10.6 6C10.6 7.3 10.1 8.4 9.4 9.6L10 9.6C10.2 7.4 11.4 5.7 13 5.7"
            "C14.5 5.7 15.6 6.9 15.6 8.4C15.6 10.2 14.2 11.6 12 11.9L9.6 12.2L9.6 13"
            "C10.2 13.6 10.6 14.4 10.8 15.5L5.2 15.5C5.4 14.4 5.8 13.6 6.4 13L6.4 12.2L4 11.9"
            "C1.8 11.6 .4 10.2 .4 8.4C.4 6.9 1.5 5.7 3 5.7C4.6 5.7 5.8 7.4 6 9.6L6.6 9.6"
            "C5.9 8.4 5.4 7.3 5.4 6C5.4 4.2 6.4 2.4 8 .5Z"
        ),
        light="#1f53b8",
        dark="#72a3ff",
    ),
    # healthcare
    "cross": Mark(
        path=(
            "M5.9 1.5L10.1 1.5L10.1 5.9L14.5 5.9L14.5 10.1L10.1 10.1L10.1 14.5L5.9 14.5L5.9 10.1L1.5 10.1"
            "L1.5 5.9L5.9 5.9Z"
        ),
        light="#bf2352",
        dark="#fb7790",
    ),
    # STEM
    "hexagon": Mark(
        path="M8 1L14.06 4.5L14.06 11.5L8 15L1.94 11.5L1.94 4.5Z",
        light="#6b35b5",
        dark="#b58fff",
    ),
    # trade
    "notch": Mark(
        path="M1.8 2L5.6 2L5.6 7.4L10.4 7.4L10.4 2L14.2 2L14.2 14L1.8 14Z",
        light="#b8520c",
        dark="#fa9d6e",
    ),
    # transport
    "ring": Mark(
        path=(
            "M8 1.1C11.81 1.1 14.9 4.19 14.9 8C14.9 11.81 11.81 14.9 8 14.9C4.19 14.9 1.1 11.81 1.1 8"
            "C1.1 4.19 4.19 1.1 8 1.1ZM8 4.5C6.07 4.5 4.5 6.07 4.5 8C4.5 9.93 6.07 11.5 8 11.5"
            "C9.93 11.5 11.5 9.93 11.5 8C11.5 6.07 9.93 4.5 8 4.5Z"
        ),
        light="#756f1d",
        dark="#d6d190",
    ),
    # agriculture
    "leaf": Mark(
        path=(
            "M14.5 1.5C15.2 6.6 14.4 10.4 11.9 12.6C9.6 14.6 6.3 14.7 3.9 13.4L2.2 15.1L.9 13.8L2.6 12.1"
            "C1.3 9.7 1.4 6.4 3.4 4.1C5.6 1.6 9.4 .8 14.5 1.5Z"
        ),
        light="#207633",
        dark="#8dd194",
    ),
    # education
    "book": Mark(
        path="M0.8 2.4L7.3 4.4L7.3 14.6L0.8 12.6ZM8.7 4.4L15.2 2.4L15.2 12.6L8.7 14.6Z",
        light="#a22488",
        dark="#f185d4",
    ),
    # physicians
    "pulse": Mark(
        path=("M0.4 7.2L3.6 7.2L6.2 0.8L9.6 11.4L11.2 7.2L15.6 7.2L15.6 9.6L12.8 9.6L9.4 15.6L6 5.4L5.2 9.6L0.4 9.6Z"),
        light="#9b1f1d",
        dark="#e0746a",
    ),
    # senior managers
    "star": Mark(
        path="M8 0.6L10 5.75L15.51 6.06L11.23 9.55L12.64 14.89L8 11.9L3.36 14.89L4.77 9.55L0.49 6.06L6 5.75Z",
        light="#8d6d01",
        dark="#edce81",
    ),
    # researchers
    "drop": Mark(
        path="M8 .6C10.4 4.1 13 7 13 10.2C13 13.2 10.8 15.4 8 15.4C5.2 15.4 3 13.2 3 10.2C3 7 5.6 4.1 8 .6Z",
        light="#3d3c86",
        dark="#8c91d6",
    ),
    # military
    "chevron": Mark(
        path=("M8 1L14.6 6.4L14.6 9.4L8 4.2L1.4 9.4L1.4 6.4ZM8 7.2L14.6 12.6L14.6 15.6L8 10.4L1.4 15.6L1.4 12.6Z"),
        light="#40552a",
        dark="#98ad85",
    ),
    # free, for categories to come
    "shield": Mark(
        path="M8 .6L14.4 2.8L14.4 8C14.4 11.5 11.8 14.1 8 15.4C4.2 14.1 1.6 11.5 1.6 8L1.6 2.8Z",
        light="#3f5f55",
        dark="#a5c8bb",
    ),
    "house": Mark(
        path="M8 .8L15.6 7.8L13.4 7.8L13.4 14.8L9.9 14.8L9.9 10L6.1 10L6.1 14.8L2.6 14.8L2.6 7.8L.4 7.8Z",
        light="#8c3f6c",
        dark="#d9a0c0",
    ),
    "hourglass": Mark(
        path="M2.2 .9L13.8 .9L13.8 3.2L9.6 8L13.8 12.8L13.8 15.1L2.2 15.1L2.2 12.8L6.4 8L2.2 3.2Z",
        light="#72624a",
        dark="#cbbb9d",
    ),
    "crescent": Mark(
        path=(
            "M12.9 2.2C9.6 2.6 7.1 5 7.1 8C7.1 11 9.6 13.4 12.9 13.8C11.8 14.5 10.5 14.9 9.1 14.9"
            "C5.29 14.9 2.2 11.81 2.2 8C2.2 4.19 5.29 1.1 9.1 1.1C10.5 1.1 11.8 1.5 12.9 2.2Z"
        ),
        light="#6d5687",
        dark="#c8b4e2",
    ),
    "bolt": Mark(
        path="M10.4 .4L1.9 9.6L6.8 9.6L5.2 15.6L14.1 5.9L9 5.9Z",
        light="#557a00",
        dark="#bbe267",
    ),
    "stairs": Mark(
        path="M1.2 14.8L1.2 10.4L5.8 10.4L5.8 5.8L10.4 5.8L10.4 1.2L14.8 1.2L14.8 14.8Z",
        light="#8a4a49",
        dark="#dcaba7",
    ),
    "tiles": Mark(
        path=(
            "M1.5 1.5L7.1 1.5L7.1 7.1L1.5 7.1ZM8.9 1.5L14.5 1.5L14.5 7.1L8.9 7.1ZM1.5 8.9L7.1 8.9"
            "L7.1 14.5L1.5 14.5ZM8.9 8.9L14.5 8.9L14.5 14.5L8.9 14.5Z"
        ),
        light="#276a78",
        dark="#9fd0da",
    ),
    "wave": Mark(
        path=(
            "M.6 5.4C3 2.2 5.6 2.2 8 4.6C10.4 7 13 7 15.4 3.8L15.4 6.8C13 10 10.4 10 8 7.6"
            "C5.6 5.2 3 5.2 .6 8.4ZM.6 11.2C3 8 5.6 8 8 10.4C10.4 12.8 13 12.8 15.4 9.6L15.4 12.6"
            "C13 15.8 10.4 15.8 8 13.4C5.6 11 3 11 .6 14.2Z"
        ),
        light="#1c6ac0",
        dark="#9dcaff",
    ),
}


def mark_choices():
    """The marks that pages and charts can draw."""
    return [(key, key) for key in MARKS]
