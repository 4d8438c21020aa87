"""The official files of what occupations do (OaSIS, in French SIPeC): CSV, one row for each text of a profile."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CODE = re.compile(r"([0-9]{5})(?:\.([0-9]{1,2}))?")
YEAR = re.compile(r"20[0-9]{2}")
# The first column names the profile: "OaSIS profile code", "Code de profil SIPeC".
CODE_COLUMNS = {"en": re.compile(r"oasis.*code$"), "fr": re.compile(r"^code.*(sipec|oasis)$")}


class Unreadable(Exception):
    """A file is not what its name or its first line says, or a row of it can't be read."""


@dataclass(frozen=True)
class TextKind:
    """What the texts of a file are, by the beginning of its name and of its second column."""

    field: str
    language: str
    name: str
    column: str


KINDS = [
    TextKind("lead", "en", "leadstatement", "leadstatement"),
    TextKind("duties", "en", "mainduties", "maindut"),
    TextKind("requirements", "en", "employmentrequirement", "employmentrequirement"),
    TextKind("label", "en", "labels", "label"),
    TextKind("lead", "fr", "enonceprincipal", "enonceprincipal"),
    TextKind("duties", "fr", "fonctionsprincipales", "fonction"),
    TextKind("requirements", "fr", "exigencesdemploi", "exigence"),
    TextKind("label", "fr", "etiquettes", "etiquette"),
]


@dataclass(frozen=True)
class TextFile:
    """A file that was read: its texts with the code of the unit group and the profile of each."""

    name: str
    kind: TextKind
    edition: str
    rows: list[tuple[str, str, str]]


def read_folder(folder: Path) -> tuple[list[TextFile], list[str]]:
    """The files of a folder that hold texts, and the names of the official files that hold something else."""
    read: dict[TextKind, TextFile] = {}
    aside = []
    for path in sorted(path for path in folder.iterdir() if path.suffix.casefold() == ".csv"):
        found = read_file(path)
        if found is None:
            aside.append(path.name)
        elif found.kind in read:
            raise Unreadable(f"{path.name} holds the same kind of text as {read[found.kind].name}. Keep one of them.")
        else:
            read[found.kind] = found
    return list(read.values()), aside


def read_file(path: Path) -> TextFile | None:
    lines = table(path)
    header = [cell.strip() for cell in next(lines, [])]
    kind = kind_of(path.name, header)
    if kind is None:
        return None
    year = YEAR.search(path.stem)
    rows = [row_of(path.name, number, row) for number, row in enumerate(lines, 2) if any(map(str.strip, row))]
    if not rows:
        raise Unreadable(f"{path.name} has no rows.")
    return TextFile(path.name, kind, year[0] if year else "", rows)


def table(path: Path) -> Iterator[list[str]]:
    """The cells of a file in UTF-8 or Windows' own letters, parted by commas or semicolons."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    first = text.partition("\n")[0]
    return csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")


def kind_of(name: str, header: list[str]) -> TextKind | None:
    """What a file holds; None for an official file of something else."""
    code, text = (plain(header[0]), plain(header[1])) if len(header) > 1 else ("", "")
    language = next((one for one, column in CODE_COLUMNS.items() if column.search(code)), None)
    if language is None:
        raise Unreadable(f"{name} is no file of OaSIS or SIPeC: its first column is not the code of a profile.")
    by_name = next((kind for kind in KINDS if plain(name).startswith(kind.name)), None)
    by_column = next((kind for kind in KINDS if len(header) == 2 and text.startswith(kind.column)), None)
    kind = by_name or by_column
    if kind and (kind.language != language or by_column not in (None, kind) or len(header) != 2):
        raise Unreadable(f"{name} does not hold what its name says: its columns are {', '.join(header)}.")
    return kind


def plain(text: str) -> str:
    """Letters and digits alone, without accents and capitals."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^a-z0-9]", "", folded)


def row_of(name: str, number: int, row: list[str]) -> tuple[str, str, str]:
    """Unit group, profile and text. Spreadsheets drop ``.00``, and the last digit of ``.10``."""
    found = CODE.fullmatch(row[0].strip())
    if not found or len(row) != 2 or not row[1].strip() or "\0" in row[1]:
        raise Unreadable(f"{name}, row {number}: a code such as 21231.00 and a text are needed, not {row}.")
    return found[1], (found[2] or "").ljust(2, "0"), row[1].strip()
