"""What the API says of occupations and categories; null is not published, not recorded here, or not in force."""

from datetime import date, datetime

from ninja import Schema


class SourceOut(Schema):
    evidence: str
    source: str
    source_url: str | None
    checked_on: date


class OnListOut(Schema):
    category: str
    edition: str
    url: str


class MatchOut(Schema):
    """Why a search found it: code, code_prefix, former_code, title, job_title or spelling."""

    text: str
    language: str | None
    reason: str


class OccupationOut(Schema):
    """A unit group of NOC 2021 with the category lists of the day."""

    code: str
    title: str
    title_fr: str
    teer: int
    categories: list[OnListOut]
    match: MatchOut | None = None
    url: str


class OccupationsOut(Schema):
    count: int
    did_you_mean: str | None
    items: list[OccupationOut]


class SuggestionOut(Schema):
    code: str
    title: str
    title_fr: str
    text: str
    language: str | None
    reason: str


class FitOut(Schema):
    """What a program says: counts, no or depends, with the reason as key and in words."""

    program: str
    answer: str
    reason: str
    text: str


class GroupOut(Schema):
    code: str
    title: str


class MembershipOut(Schema):
    """A time in which an edition listed the occupation or not; without an edition the category was not in force."""

    category: str
    edition: str | None
    listed: bool
    start: date
    end: date | None


class ListDrawOut(Schema):
    number: str
    date: date
    category: str
    edition: str
    invitations: int | None
    cutoff: int | None
    url: str


class JobTitleOut(Schema):
    title: str
    language: str
    kind: str


class FormerOut(Schema):
    code: str
    title: str
    successors: list[str]


class TextsOut(Schema):
    """What a profile of the unit group does, as the official open data have it; 00 is the whole unit group."""

    language: str
    profile: str
    label: str
    lead: str
    duties: list[str]
    requirements: list[str]
    edition: str
    loaded_on: date


class ExcludedOut(Schema):
    """Another unit group, which NOC 2021 keeps apart from this one."""

    code: str
    title: str
    title_fr: str


class OccupationInFullOut(OccupationOut):
    on: date
    known: datetime | None
    groups: list[GroupOut]
    programs: list[FitOut]
    memberships: list[MembershipOut]
    draws: list[ListDrawOut]
    titles: list[JobTitleOut]
    duties: list[TextsOut]
    exclusions: list[ExcludedOut]
    former_codes: list[FormerOut]


class CategoryOut(Schema):
    """A category on a day; ``occupations`` is null where the edition in force has no list."""

    slug: str
    name: str
    name_fr: str | None
    edition: str | None
    in_force_since: date | None
    occupations: int | None
    latest_draw: ListDrawOut | None
    editions: list[str]
    url: str


class RulesOut(Schema):
    """What a candidate must show; null is not part of the category's rule."""

    minimum_experience_months: int | None
    experience_window_years: int | None
    experience_continuous: bool | None
    canadian_experience_required: bool
    minimum_nclc: int | None
    language_rule: str | None
    service_years: int | None
    offer_from: str | None
    offer_from_fr: str | None
    offer_years: int | None
    education_years: int | None


class EditionOut(SourceOut):
    category: str
    version: str
    name: str
    name_fr: str | None
    effective_from: date
    effective_to: date | None
    rules: RulesOut
    note: str | None
    newest: str
    url: str


class CategoryInFullOut(Schema):
    slug: str
    name: str
    name_fr: str | None
    on: date
    known: datetime | None
    edition: str | None
    editions: list[EditionOut]
    draws: list[ListDrawOut]
    url: str


class ListedOut(Schema):
    code: str
    title: str
    title_as_published: str
    teer: int


class ListedInFullOut(ListedOut, SourceOut):
    title_as_published_fr: str | None
    confirmed_by: str | None


class EditionInFullOut(EditionOut):
    known: datetime | None
    revision: int | None
    digest: str | None
    occupations: list[ListedInFullOut]


class RetitledOut(Schema):
    code: str
    old: str
    new: str


class RuleChangeOut(Schema):
    rule: str
    old: str
    new: str


class ComparisonOut(Schema):
    category: str
    old: str
    new: str
    added: list[ListedOut]
    removed: list[ListedOut]
    kept: list[ListedOut]
    titles_changed: list[RetitledOut]
    rules_changed: list[RuleChangeOut]
    url: str


class ChangeOut(Schema):
    """What came after the day: joined, left, or kept by a newer edition."""

    kind: str
    category: str
    date: date
    edition: str | None


class ReadAsOut(Schema):
    text: str
    code: str
    reason: str


class ShortlistRowOut(OccupationOut):
    programs: list[FitOut]
    latest_draw: ListDrawOut | None
    changes: list[ChangeOut]


class ShortlistOut(Schema):
    on: date
    known: datetime | None
    today: date
    read_as: list[ReadAsOut]
    items: list[ShortlistRowOut]
    url: str
