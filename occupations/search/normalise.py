"""Words as the search compares them: without case, accents, plurals or grammatical gender."""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

PLAIN = {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "'", "‘": "'", "–": "-", "—": "-"}
WORD_BYTES = b"abcdefghijklmnopqrstuvwxyz0123456789\n"
TO_SPACES = bytes(byte if byte in WORD_BYTES else 32 for byte in range(256))
INNER_DOT = re.compile(r"\.(?<=\b[a-z]\.)(?=[a-z]\b)")  # R.N. is one word
ENGLISH = {"a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "s", "the", "to", "with"}
FRENCH = {
    "au",
    "aux",
    "avec",
    "chez",
    "d",
    "dans",
    "de",
    "des",
    "du",
    "en",
    "et",
    "l",
    "la",
    "le",
    "les",
    "ou",
    "par",
    "pour",
    "qu",
    "sur",
    "un",
    "une",
}
STOP_WORDS = ENGLISH | FRENCH
SOUNDS = (
    *(("\nps", "\ns"), ("\nkn", "\nn"), ("\nh", "\n"), ("ph", "f"), ("sch", "sk"), ("ch", "k"), ("th", "t")),
    *(("ce", "se"), ("ci", "si"), ("cy", "sy"), ("sc", "s"), ("ck", "k"), ("c", "k"), ("qu", "k"), ("z", "s")),
    *(("y", "i"), ("ie", "i"), ("ei", "i"), ("ee", "i"), ("eau", "o"), ("au", "o"), ("w", "v")),
    *((2 * letter, letter) for letter in "abdefgiklmnoprstv"),
)
NO_VOWELS = str.maketrans("", "", "aeiouy")
WORST_SPELLING = ((9, 3), (6, 2), (4, 1))  # (letters at least, wrong letters at most)


def fold(text: str) -> str:
    """Lower-case ASCII: "Médecin" and "MEDECIN" are one word."""
    for letter, plain in PLAIN.items():  # faster than translate on the text of all titles
        text = text.replace(letter, plain)
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return INNER_DOT.sub("", ascii_only).replace("man/woman", "man").replace("men/women", "men")


def only_words(folded: str) -> str:
    return folded.encode().translate(TO_SPACES).decode()


def words(folded: str) -> list[str]:
    return [word for word in only_words(folded).split() if word not in STOP_WORDS]


def feminine_forms(folded: str) -> dict[str, str]:
    """Feminine words with their masculine, as French titles pair them: "soudeur/soudeuse"."""
    forms: dict[str, str] = {}
    for line in StringIO(folded):
        sides = [only_words(side).split() for side in line.split("/")] if "/" in line else []
        for his, hers in pairwise(sides):
            forms.update(paired(his, hers))
    return forms


def paired(his: list[str], hers: list[str]) -> Iterator[tuple[str, str]]:
    """Words that begin alike on both sides of a slash: "ingenieur civil/ingenieure civile"."""
    starts = (-back for back in range(1, len(his) + 1) if hers and similar(his[-back], hers[0]))
    for one, other in zip(his[next(starts, len(his)) :], hers, strict=False):
        if one != other and similar(one, other):
            yield other, one


def similar(one: str, other: str) -> bool:
    return one[:3] == other[:3] and len(one) > 2


def singulars(word: str) -> Iterable[str]:
    """What a plural may be the plural of."""
    if word.endswith("men"):
        yield word[:-2] + "an"
    if word.endswith("ies"):
        yield word[:-3] + "y"
    if word.endswith("aux"):
        yield word[:-2] + "l"
    if word.endswith(("s", "x")) and not word.endswith("ss"):
        yield word[:-1]
    if word.endswith("es"):
        yield word[:-2]


def sounds(some: list[str]) -> list[str]:
    """Words as they are heard: "psychologist" and "sycologist" sound the same."""
    text = "\n" + "\n".join(some)
    for letters, heard in SOUNDS:
        text = text.replace(letters, heard)
    return text.split("\n")[1 : len(some) + 1]


def consonants(word: str) -> str:
    return word.translate(NO_VOWELS)


class Lexicon:
    """Every word of the titles: its base form, what begins like it and what is spelled almost so."""

    def __init__(self, folded: str):
        self.known = set(only_words(folded).split())
        self._feminine = feminine_forms(folded)
        self._base = {word: self._find_base(word) for word in self.known - STOP_WORDS}
        self._sorted = sorted(self.known)
        self._by_look: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self._sorted:
            for look in (word[:1], "?" + word[1:2], "*" + word[-3:]):
                self._by_look[look, len(word)].append(word)
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for word, sound in zip(self._sorted, sounds(self._sorted), strict=True):
            self._by_sound[sound].append(word)

    def __contains__(self, word: str) -> bool:
        return self.base(word) in self.known

    def base(self, word: str) -> str:
        return self._base.get(word) or self._find_base(word)

    def base_lines(self, folded: str) -> Iterator[list[str]]:
        """The base forms of each line, once each."""
        base = self._base
        for line in StringIO(only_words(folded)):  # one at a time: a list of all lines would leave holes in memory
            yield list(dict.fromkeys([base[word] for word in line.split() if word in base]))

    def _find_base(self, word: str) -> str:
        if len(word) > 3:
            word = next((one for one in singulars(word) if one in self.known), word)
        word = self._feminine.get(word, word)
        return word[:-5] + "man" if len(word) > 5 and word.endswith("woman") else word

    def starting_with(self, start: str, limit: int) -> list[str]:
        first = bisect_left(self._sorted, start)
        last = bisect_left(self._sorted, start + "{", first)  # "{" follows "z"
        return sorted(self._sorted[first:last], key=len)[:limit]

    def related(self, word: str) -> list[str]:
        """Words of the same stem: "repair", "repairing" and "repairer"."""
        stem = word.removesuffix("ing")
        near = self.starting_with(stem, 40) if len(stem) > 3 else []
        return [other for other in near if len(other) <= len(stem) + 3]

    def spelled_like(self, word: str, limit: int = 6) -> list[tuple[str, float]]:
        """Known words with the number of wrong letters; what sounds the same or has other vowels counts half."""
        worst = next((wrong for letters, wrong in WORST_SPELLING if len(word) >= letters), 0)
        if not worst:
            return []
        looks = (word[0], word[1], "?" + word[0], "*" + word[-3:])  # a wrong, missing or extra first letter is found
        lengths = range(len(word) - worst, len(word) + worst + 1)
        near = [one for length in lengths for look in looks for one in self._by_look.get((look, length), ())]
        found = process.extract(word, list(dict.fromkeys(near)), scorer=OSA.distance, score_cutoff=worst, limit=limit)
        wrongs = dict.fromkeys(self._by_sound.get(sounds([word])[0], ()), 0.5)
        for other, wrong, _ in found:
            wrongs.setdefault(other, wrong * (0.5 if consonants(word) == consonants(other) else 1))
        return [(other, wrong) for other, wrong in wrongs.items() if other != word]

    def parted(self, word: str) -> list[str]:
        """Two known words run together: "truckdriver"."""
        cuts = ((word[:at], word[at:]) for at in range(3, len(word) - 2))
        return next(([left, right] for left, right in cuts if left in self.known and right in self.known), [])
