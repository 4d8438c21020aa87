"""Find unit groups by code, former code, official title or job title, in English and French at once."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise, product

from .normalise import fold, words
from .titles import FORMER, OFFICIAL, Hit, Title, TitleIndex

LONGEST_QUERY, MOST_WORDS, MOST_READINGS = 200, 8, 4
LOWEST_SHARE, LOWEST_FIRST = 0.4, 0.25  # of the best match
OTHER_SPELLING = 0.85  # of the best match, where that one read a misspelled word as another word than this one did
FILLERS = {"noc", "cnp", "code", "codes", "job", "jobs", "occupation", "canada", "emploi", "metier"}
ASIDE = re.compile(  # what people say of themselves, not of the work
    r"\b\d+ *\+? *(years?|yrs?|ans?|annees)\b( *(of|d'?)? *experience\b)?|\b(with|avec|d'|no) *experience$"
    r"|\bred seal\b|\bsceau rouge\b|\b(full|part)[ -]?time\b|\btemps (plein|partiel)\b|\bentry[ -]level\b"
    r"|\b(level|niveau|licen[cs]e) \w{1,2}$|\bp\.? ?eng\b|\bwork from home\b|\b(remote|teletravail)\b"
)
SETTING = re.compile(r"\b(?:at|in|for|to|with|chez|dans|avec) (.*)")
GLUED_NUMBER = re.compile(r"\b(noc|cnp)(?=\d)")
SPACED_CODE = re.compile(r"(?<![\w.-])[\dlio](?:[ .-]?[\dlio]){3,4}(?![\w.-])")  # "21 231", "7 2 1 0 6", "2l231"
DIGITS = str.maketrans("lio", "110", " .-")
TEER = re.compile(r"\b(teer|feer)\b[ :]*(\d\b)?")  # a filter of the page, not the start of a code
WRITTEN = re.compile(r"[^\W_]+")
LANGUAGES = ("en", "fr")
VERSIONS = {"2016", "2021"}
REASONS = {OFFICIAL: "title", FORMER: "former_code"}


@dataclass(frozen=True, slots=True)
class Match:
    """A unit group and why it was found."""

    code: str
    score: float
    reason: str  # code, code_prefix, former_code, title, job_title or spelling
    text: str  # the title or code that matched
    language: str  # of the title; empty for a code


@dataclass(frozen=True, slots=True)
class Former:
    """A NOC 2016 code and the unit groups that it went to."""

    code: str
    title_en: str
    successors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    matches: tuple[Match, ...] = ()
    did_you_mean: str = ""
    read_as: str = ""  # the query after our own synonyms, where they found the best match
    former: Former | None = None
    nearest: bool = False  # no title has all the words


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand the words of a query."""

    words: list[str]
    worth: float = 1.0
    read_as: str = ""
    corrections: dict[str, str] = field(default_factory=dict)


class Synonyms:
    """Phrases by the base forms of their words, each with what it may mean."""

    def __init__(self, rows: Iterable[tuple[str, str]], base: Callable[[str], str]):
        self._meanings: dict[tuple[str, ...], list[list[str]]] = defaultdict(list)
        self._base = base
        for phrase, meaning in rows:
            self._meanings[tuple(map(base, words(fold(phrase))))].append(words(fold(meaning)))
        self._meanings.pop((), None)
        self._longest = max(map(len, self._meanings), default=0)

    def readings(self, asked: list[str]) -> Iterator[list[str]]:
        """The words with each phrase replaced, longest phrases first, once for each of its meanings."""
        bases = [*map(self._base, asked)]
        at, parts = 0, []
        while at < len(asked):
            lengths = range(min(self._longest, len(asked) - at), 0, -1)
            length = next((n for n in lengths if tuple(bases[at : at + n]) in self._meanings), 0)
            parts.append(self._meanings[tuple(bases[at : at + length])] if length else [[asked[at]]])
            at += length or 1
        for meanings in product(*parts):
            read = list(dict.fromkeys(word for meaning in meanings for word in meaning))
            if read != asked:
                yield read


class SearchIndex:
    """Built once per version of the data, then only read: one serves all threads."""

    def __init__(
        self,
        occupations: Iterable[tuple[str, str, str]],
        titles: Iterable[Title],
        former_codes: Iterable[tuple[str, str, str]],
        synonyms: Iterable[tuple[str, str]] = (),
    ):
        """Rows of: code, both titles; job titles; NOC 2016 code, title, code; phrase, meaning."""
        self._official = {code: (english, french) for code, english, french in sorted(occupations)}
        self._whole = {
            fold(text): Match(code, 100.0, "title", text, language)
            for code, titles_of_code in self._official.items()
            for text, language in zip(titles_of_code, LANGUAGES, strict=True)
        }
        former_codes = sorted(former_codes, key=self._same_title_first)
        self._former: dict[str, Former] = {}
        for old, title, code in former_codes:
            before = self._former.get(old, Former(old, title, ()))
            self._former[old] = replace(before, successors=(*before.successors, code))
        self._index = TitleIndex([*self._rows(titles, former_codes)])
        self._synonyms = Synonyms(synonyms, self._index.lexicon.base)

    def _same_title_first(self, row: tuple[str, str, str]) -> tuple[str, bool, str]:
        """Sorts the successors of a code: the one that kept its title, then by code."""
        old, title, code = row
        return old, fold(self._official[code][0]) != fold(title), code

    def _rows(self, titles: Iterable[Title], former_codes: Iterable[tuple[str, str, str]]) -> Iterator[Title]:
        for code, official in self._official.items():
            for language, text in zip(LANGUAGES, official, strict=True):
                yield Title(code, language, text, OFFICIAL)
        yield from titles
        yield from (Title(code, "en", text, FORMER) for _, text, code in former_codes)

    def __contains__(self, code: str) -> bool:
        return code in self._official

    def search(self, query: str, limit: int = 20) -> SearchResult:
        """Unit groups by code first, then by words, best first."""
        query = query[:LONGEST_QUERY].strip()
        asked = self._asked(query)
        numbers = [word for word in asked if word.isdigit()]
        by_code, former = self._by_code(numbers, alone=len(numbers) == len(asked))
        left = [word for word in asked if not (by_code and word.isdigit())]
        setting = {word for part in SETTING.findall(fold(query)) for word in words(part)}
        found = self._by_words(left, query, setting) if left else SearchResult()
        whole = [self._whole[fold(query)]] if fold(query) in self._whole else []  # of any length
        matches: dict[str, Match] = {}
        for match in (*whole, *by_code, *found.matches):
            matches.setdefault(match.code, match)
        return replace(found, matches=tuple(matches.values())[:limit], former=former)

    def suggest(self, prefix: str, limit: int = 8) -> tuple[Match, ...]:
        """Matches for a query whose last word is still being typed."""
        asked = self._asked(prefix)
        last = (WRITTEN.findall(fold(prefix)) or [""])[-1]
        if len(last) > 2 and last not in asked and asked:
            asked.append(last)  # "web des" is on its way to "web designer"
        hits = [] if all(map(str.isdigit, asked)) else self._index.rank(asked, unfinished=len(last) > 2)
        found = tuple(as_match(hit, Reading(asked)) for hit in hits if hit.complete)
        return found[:limit] or self.search(prefix, limit).matches

    def whole(self, text: str) -> tuple[Match, ...]:
        """Unit groups that have the text as a whole title: an official one, else a job title, else one of NOC 2016."""
        titles = self._index.holding(text[:LONGEST_QUERY], alone=True)
        best = min((rank_of(title) for title in titles), default=0)
        found = {title.code: title for title in reversed(titles) if rank_of(title) == best}
        return tuple(as_match(Hit(100.0, found[code], True, {}), Reading([])) for code in sorted(found))

    def names(self, code: str, text: str) -> bool:
        """Whether one title of the unit group has each word of the text."""
        return any(title.code == code for title in self._index.holding(text[:LONGEST_QUERY]))

    def former(self, code: str) -> Former | None:
        return self._former.get(code)

    def official_titles(self, code: str) -> tuple[str, str]:
        """The titles of a unit group in English and French."""
        return self._official[code]

    def _asked(self, query: str) -> list[str]:
        folded = GLUED_NUMBER.sub(r"\1 ", TEER.sub(" ", fold(query[:LONGEST_QUERY])))
        folded = SPACED_CODE.sub(self._joined, folded)
        asked = list(dict.fromkeys(words(ASIDE.sub(" ", folded)) or words(folded)))[:MOST_WORDS]
        return [word for word in asked if word not in FILLERS] or asked

    def _joined(self, found: re.Match) -> str:
        """A code that somebody typed with gaps, or with letters that look like digits."""
        code = found[0].translate(DIGITS)
        return code if code in self._official or code in self._former else found[0]

    def _by_code(self, numbers: list[str], alone: bool) -> tuple[list[Match], Former | None]:
        if len(numbers) > 1:
            numbers = [number for number in numbers if number not in VERSIONS]
        former = next((self._former[number] for number in numbers if number in self._former), None)
        found = {code: match for number in numbers for code, match in self._for_number(number, alone)}
        return sorted(found.values(), key=lambda match: -match.score), former

    def _for_number(self, number: str, alone: bool) -> Iterator[tuple[str, Match]]:
        """The code itself, what a former code became, and, when nothing else is asked, what begins so."""
        if alone and len(number) < 5:
            for code in self._official:
                if code.startswith(number):
                    yield code, Match(code, 80.0, "code_prefix", code, "")
        if number in self._former:
            for code in self._former[number].successors:
                yield code, Match(code, 95.0, "former_code", self._former[number].title_en, "en")
        if number in self._official:
            yield number, Match(number, 100.0, "code", number, "")

    def _by_words(self, asked: list[str], query: str, setting: set[str]) -> SearchResult:
        found: dict[str, tuple[float, Hit, Reading]] = {}
        for reading in islice(self._readings(asked), MOST_READINGS):
            self._read(reading, setting, found)
        if not any(hit.complete for _, hit, _ in found.values()):
            self._read(Reading(asked, 0.9), setting, found, spelling=True)
        ranked = sorted(found.values(), key=lambda one: (-one[0], one[1].title.code))
        ranked = [
            one for at, one in enumerate(ranked) if one[0] >= (LOWEST_SHARE if at > 2 else LOWEST_FIRST) * ranked[0][0]
        ]
        if not ranked:
            return SearchResult()
        best, hit, reading = ranked[0]
        corrections = corrected_by(hit, reading)
        ranked = [
            one for one in ranked
            if not corrections or corrected_by(*one[1:]) == corrections or one[0] >= OTHER_SPELLING * best
        ]  # fmt: skip
        corrected = spelled({**reading.corrections, **hit.corrections}, query) if hit.complete else ""
        nearest = not any(hit.complete for _, hit, _ in ranked)
        matches = tuple(as_match(hit, reading) for _, hit, reading in ranked)
        return SearchResult(matches, corrected, reading.read_as, nearest=nearest)

    def _read(self, reading: Reading, setting: set[str], found: dict[str, tuple], spelling: bool = False) -> None:
        """Keep the better of what was found before and what this reading of the query finds."""
        for hit in self._index.rank(reading.words, setting=setting, spelling=spelling):
            doubtful = hit.corrections and not hit.complete
            score = hit.score * reading.worth * (0.6 if doubtful else 1)
            if hit.title.code not in found or score > found[hit.title.code][0]:
                found[hit.title.code] = score, hit, reading

    def _readings(self, asked: list[str]) -> Iterator[Reading]:
        """The query as it stands, with our synonyms, and with words joined or parted."""
        lexicon = self._index.lexicon
        yield Reading(asked)
        for other in self._synonyms.readings(asked):
            yield Reading(other, 0.97, read_as=" ".join(other))
        for at, pair in enumerate(pairwise(asked)):
            if "".join(pair) in lexicon:
                yield Reading([*asked[:at], "".join(pair), *asked[at + 2 :]], 0.97)
        parted = {word: lexicon.parted(word) for word in asked if word not in lexicon}
        if any(parted.values()):
            split = [part for word in asked for part in parted.get(word) or [word]]
            yield Reading(split, 0.9, corrections={word: " ".join(two) for word, two in parted.items() if two})


def rank_of(title: Title) -> int:
    return {OFFICIAL: 0, FORMER: 2}.get(title.kind, 1)


def as_match(hit: Hit, reading: Reading) -> Match:
    title = hit.title
    misspelled = hit.corrections or reading.corrections
    reason = "spelling" if misspelled else REASONS.get(title.kind, "job_title")
    return Match(title.code, min(100.0, hit.score * reading.worth), reason, title.text, title.language)


def corrected_by(hit: Hit, reading: Reading) -> dict[str, str]:
    """Misspelled words of the query with the words that they were read as, accents apart."""
    return {word: fold(other) for word, other in {**reading.corrections, **hit.corrections}.items()}


def spelled(corrections: dict[str, str], query: str) -> str:
    """The query as typed with its misspelled words corrected, or nothing."""
    if not corrections:
        return ""
    return WRITTEN.sub(lambda word: corrections.get(fold(word[0]), word[0]), query)
