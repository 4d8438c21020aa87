"""Rank official titles and job titles by what the words of a query most likely mean."""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection
from functools import lru_cache, partial
from heapq import nlargest
from itertools import chain, compress, permutations
from math import log
from typing import NamedTuple

from .normalise import Lexicon, fold, words

OFFICIAL, ILLUSTRATIVE, FORMER = "official", "illustrative", "former"
KIND_BONUS = {OFFICIAL: 0.07, ILLUSTRATIVE: 0.05, FORMER: -0.1}
MOST_CANDIDATES, MOST_WITHIN = 160, 40
BEST_FIT, HOPELESS = 1.15, 0.1  # what a fit is at most; of the best score so far
WITHIN_POWER = 1.25
WITHOUT_HEAD = 0.8
LIKENESS = 0.8
MOST_ENDINGS, MOST_UNFINISHED = 40, 1500
LIKE_RARE_WORD = 200  # a word that no title has counts as if so many had it
BRACKETS = re.compile(r"\(([^)]*)\)?")
PARTS = re.compile(r" and | et |, | - ")
LETTERS = re.compile(r"[^\W\d_]+")
ALIKE = (  # what people and titles call the same rank, place or trade
    ("manager", "director", "head", "chief"),
    ("supervisor", "foreman", "leader", "contractor", "head", "boss"),
    ("worker", "labourer", "helper", "hand", "crew"),
    ("operator", "driver", "tender"),
    ("technician", "technologist"),
    ("repairer", "mechanic", "servicer", "technician"),
    ("teacher", "instructor"),
    ("factory", "plant", "manufacturing", "mill"),
    ("directeur", "gestionnaire", "gerant", "responsable", "chef"),
    ("contremaitre", "superviseur", "surveillant", "entrepreneur", "chef"),
    ("manoeuvre", "journalier", "ouvrier", "travailleur", "aide"),
    ("operateur", "conducteur"),
    ("monteur", "assembleur"),
    ("montage", "assemblage"),
    ("technicien", "technologue"),
    ("reparateur", "mecanicien", "technicien"),
    ("enseignant", "instructeur", "moniteur", "professeur"),
    ("usine", "fabrique", "fabrication", "transformation"),
)
LIKE: dict[str, list[str]] = defaultdict(list)
for one, other in chain.from_iterable(permutations(group, 2) for group in ALIKE):
    LIKE[one].append(other)
WEAK = {"junior", "senior", "jr", "sr", "lead", "experienced", "trainee", "professional", "specialist"}


class Title(NamedTuple):
    code: str
    language: str
    text: str
    kind: str


class Hit(NamedTuple):
    """A title with its score and the words of the query that were read as others."""

    score: float
    title: Title
    complete: bool  # each word of the query was found
    corrections: dict[str, str]


class QueryTerm(NamedTuple):
    """A word of the query: the base forms that may stand for it, what each is worth, corrections."""

    word: str
    worth: dict[str, float]
    corrected: dict[str, str]
    weight: float


class Found(NamedTuple):
    """Titles by number: how much of the query each covers, which have all of its words, which have no others."""

    terms: list[QueryTerm]
    coverage: dict[int, float]
    complete: set[int]
    within: set[int]
    heads: dict[str, int]  # place of the word for the work itself, by the language of a title


class Part(NamedTuple):
    """A title, or a part of an official title, as base forms: what it is about, then what narrows it."""

    bases: list[str]
    weights: list[float]
    head: int  # so many of the bases
    noun: int  # place of the head noun: last in English, first in French
    worth: float


class TitleIndex:
    def __init__(self, titles: list[Title]):
        self.titles = titles
        folded = fold("".join(title.text.replace("\n", " ") + "\n" for title in titles))
        self.lexicon = Lexicon(folded)
        self._postings: dict[str, array] = defaultdict(partial(array, "I"))
        self._handicap = array("f")
        self._length = array("I")
        for number, (title, bases) in enumerate(zip(titles, self.lexicon.base_lines(folded), strict=True)):
            self._length.append(len(bases))
            self._handicap.append(0.02 * len(bases) - KIND_BONUS.get(title.kind, 0))
            for base in bases:
                self._postings[base].append(number)
        self._weights = {base: log(1 + len(titles) / len(numbers)) for base, numbers in self._postings.items()}
        self._rare = log(1 + len(titles) / LIKE_RARE_WORD)
        self._spelled_like = lru_cache(maxsize=1024)(self.lexicon.spelled_like)
        self._parts = lru_cache(maxsize=8192)(self._find_parts)

    def holding(self, text: str, *, alone: bool = False) -> list[Title]:
        """Titles that have each word of the text, in any order; ``alone`` asks for those that have no other."""
        bases = {self.lexicon.base(word) for word in words(fold(text))}
        if not bases or not bases <= self._postings.keys():
            return []
        found = set.intersection(*(set(self._postings[base]) for base in bases))
        return [self.titles[number] for number in sorted(found) if not alone or self._length[number] == len(bases)]

    def rank(
        self, query: list[str], *, setting: Collection[str] = (), unfinished: bool = False, spelling: bool = False
    ) -> list[Hit]:
        """The best title of each unit group, best first; words of the ``setting`` count less."""
        last = len(query) - 1
        terms = [
            self._term(word, word in setting, unfinished and at == last, spelling) for at, word in enumerate(query)
        ]
        found = [self._found(term) for term in terms]
        complete = set(found[0]).intersection(*found[1:])
        total = sum(term.weight for term in terms)
        coverage: dict[int, float] = defaultdict(float)
        for term, numbers in zip(terms, found, strict=True):
            for number in complete if unfinished else numbers:
                coverage[number] += numbers[number] * term.weight / total
        within = set() if unfinished else self._within(found)
        work = [at for at, word in enumerate(query) if word not in setting] or [0]
        return self._best(Found(terms, coverage, complete, within, {"en": work[-1], "fr": work[0]}))

    def _within(self, found: list[dict[int, float]]) -> set[int]:
        """Titles each of whose words was typed."""
        typed: Counter[int] = Counter()
        for numbers in found:
            typed.update(numbers.keys())
        length = self._length
        return {number for number, count in typed.items() if count >= length[number]}

    def _best(self, found: Found) -> list[Hit]:
        share = Counter(self.titles[number].code for number in found.complete)
        place = {base: at for at, term in reversed([*enumerate(found.terms)]) for base in term.worth}
        best: dict[str, tuple[float, int]] = defaultdict(lambda: (0.0, 0))
        top = 0.0
        for number in self._candidates(found):
            code = self.titles[number].code
            most = 90 * found.coverage[number] ** (WITHIN_POWER if number in found.within else 2)
            if most * BEST_FIT <= max(best[code][0], HOPELESS * top):
                continue
            fit = self._fit(number, place) + 0.1 * share[code] / (len(found.complete) or 1)
            best[code] = max((most * fit * self._head_factor(number, found), number), best[code])
            top = max(top, best[code][0])
        hits = [
            Hit(round(score, 2), self.titles[number], number in found.complete, self._corrections(number, found.terms))
            for score, number in best.values()
            if score
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.title.code))

    def _candidates(self, found: Found) -> list[int]:
        handicap, coverage = self._handicap, found.coverage
        likely = nlargest(MOST_CANDIDATES, coverage, lambda one: coverage[one] - handicap[one])
        return likely + nlargest(MOST_WITHIN, found.within, coverage.__getitem__)

    def _head_factor(self, number: int, found: Found) -> float:
        """What a title loses that has not the word for the work itself: the last in English, the first in French."""
        if number in found.complete:
            return 1
        head = found.terms[found.heads[self.titles[number].language]]
        return 1 if any(base in head.worth for base in self._parts(number)[0].bases) else WITHOUT_HEAD

    def _fit(self, number: int, place: dict[str, int]) -> float:
        """How much of the title the query is about."""
        whole, *others = self._parts(number)
        needed = {place[base] for base in whole.bases if base in place}
        fits = [part_fit(part, place) for part in others if needed <= {place.get(base) for base in part.bases}]
        return max(part_fit(whole, place), *fits, 0) + KIND_BONUS.get(self.titles[number].kind, 0)

    def _find_parts(self, number: int) -> list[Part]:
        title = self.titles[number]
        line = fold(title.text)
        parts = [self._part(line, title.language, 1)]
        if title.kind == OFFICIAL:
            for at, text in enumerate(PARTS.split(line)):
                lone = at and " " not in text  # "mechanics" alone is not "instrument technicians and mechanics"
                parts.append(self._part(text, title.language, 0.75 if lone else 0.94))
        return parts

    def _part(self, line: str, language: str, worth: float) -> Part:
        start, _, end = BRACKETS.sub(" ", line).partition(" - ")
        head = self._bases(start)
        tail = [base for base in self._bases(" ".join([end, *BRACKETS.findall(line)])) if base not in head]
        weights = [self._weight(base) for base in head] + [0.4 * self._weight(base) for base in tail]
        return Part(head + tail, weights, len(head), len(head) - 1 if language == "en" else 0, worth)

    def _bases(self, line: str) -> list[str]:
        return next(self.lexicon.base_lines(line), [])

    def _weight(self, base: str) -> float:
        return self._weights.get(base, self._rare)

    def _found(self, term: QueryTerm) -> dict[int, float]:
        found: dict[int, float] = {}
        for base, worth in sorted(term.worth.items(), key=lambda item: item[1]):
            found.update(dict.fromkeys(self._postings.get(base, ()), worth))
        return found

    def _term(self, word: str, aside: bool, unfinished: bool, spelling: bool) -> QueryTerm:
        known = word in self.lexicon
        worth, corrected = ({self.lexicon.base(word): 1.0} if known else {}), {}
        if unfinished or (not known and len(word) > 2):
            for other in self.lexicon.starting_with(word, MOST_UNFINISHED if unfinished else MOST_ENDINGS):
                likely = 0.97 if unfinished else 0.6 + 0.35 * len(word) / len(other)
                worth.setdefault(self.lexicon.base(other), likely)
        if known:
            for other in self.lexicon.related(word):
                worth.setdefault(self.lexicon.base(other), 0.75)
            for other in LIKE.get(self.lexicon.base(word), ()):
                worth.setdefault(other, LIKENESS)
        if (spelling or not known) and not unfinished and not aside:
            for other, wrong in self._spelled_like(word):
                base = self.lexicon.base(other)
                if base not in worth and (wrong <= 1 or not known):
                    worth[base] = 1 - 0.1 * wrong - 0.1 * (word[0] != other[0]) - 0.1 * known
                    corrected[base] = other
        weight = self._weight(self.lexicon.base(word)) if known else self._rare * (1 if worth else 0.1)
        return QueryTerm(word, worth, corrected, weight * (0.3 if aside or word in WEAK else 1))

    def _corrections(self, number: int, terms: list[QueryTerm]) -> dict[str, str]:
        corrections: dict[str, str] = {}
        bases = set(self._parts(number)[0].bases)
        for term in (term for term in terms if term.corrected):
            read = max(bases & set(term.worth), key=lambda base: term.worth[base], default="")
            if read in term.corrected:
                corrections[term.word] = as_written(self.titles[number].text, term.corrected[read])
        return corrections


def part_fit(part: Part, place: dict[str, int]) -> float:
    hit = [base in place for base in part.bases]
    precision = sum(compress(part.weights, hit)) / (sum(part.weights) or 1)
    whole = part.head > 0 and all(hit[: part.head])
    noun = part.head > 0 and hit[part.noun]
    return part.worth * (0.45 + 0.25 * precision + 0.1 * noun + 0.1 * whole + 0.05 * in_order(part.bases, place))


def in_order(bases: list[str], place: dict[str, int]) -> bool:
    """True when the words of the query stand side by side in the title, as they were typed."""
    places = [place[base] for base in bases if base in place]
    start = next((at for at, base in enumerate(bases) if base in place), 0)
    together = all(base in place for base in bases[start : start + len(places)])
    return together and places == sorted(places)


def as_written(text: str, word: str) -> str:
    """The word with the accents that the title has."""
    return next((one.lower() for one in LETTERS.findall(text) if fold(one) == word), word)
