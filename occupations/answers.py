"""Rows of the record as the API gives them."""


def listed_on(request, listings):
    """The lists that name an occupation."""
    return [
        {
            "category": listing.edition.category.slug,
            "edition": listing.edition.version,
            "url": request.build_absolute_uri(listing.edition.get_absolute_url()),
        }
        for listing in listings
    ]


def occupation(request, row, listings, match=None):
    return {
        "code": row.code,
        "title": row.title_en,
        "title_fr": row.title_fr,
        "teer": row.teer,
        "categories": listed_on(request, listings),
        "match": match and {"text": match.text, "language": match.language or None, "reason": match.reason},
        "url": request.build_absolute_uri(row.get_absolute_url()),
    }


def fit(one):
    return {"program": one.program, "answer": one.answer, "reason": one.reason, "text": one.text}


def draw(request, row):
    return row and {
        "number": row.number,
        "date": row.date,
        "category": row.edition.category.slug,
        "edition": row.edition.version,
        "invitations": row.invitations,
        "cutoff": row.cutoff,
        "url": request.build_absolute_uri(row.get_absolute_url()),
    }


def membership(one):
    return {
        "category": one.category.slug,
        "edition": one.period.edition and one.period.edition.version,
        "listed": one.listed,
        "start": one.period.start,
        "end": one.period.end,
    }


def source(row):
    return {
        "evidence": row.evidence,
        "source": row.source,
        "source_url": row.source_url or None,
        "checked_on": row.checked_on,
    }


def edition(request, row, newest):
    return {
        "category": row.category.slug,
        "version": row.version,
        "name": row.name_en,
        "name_fr": row.name_fr or None,
        "effective_from": row.effective_from,
        "effective_to": row.effective_to,
        "rules": {
            "minimum_experience_months": row.minimum_experience_months,
            "experience_window_years": row.experience_window_years,
            "experience_continuous": row.experience_continuous,
            "canadian_experience_required": row.canadian_experience_required,
            "minimum_nclc": row.minimum_nclc,
            "language_rule": row.language_rule or None,
            "service_years": row.service_years,
            "offer_from": row.offer_from_en or None,
            "offer_from_fr": row.offer_from_fr or None,
            "offer_years": row.offer_years,
            "education_years": row.education_years,
        },
        "note": row.note or None,
        "newest": newest.version,
        "url": request.build_absolute_uri(row.get_absolute_url()),
        **source(row),
    }


def listing(row):
    return {
        "code": row.occupation.code,
        "title": row.occupation.title_en,
        "title_as_published": row.title_as_published_en,
        "teer": row.occupation.teer,
    }


def listing_in_full(row):
    french = {"title_as_published_fr": row.title_as_published_fr or None, "confirmed_by": row.confirmed_by or None}
    return listing(row) | french | source(row)


def comparison(found):
    return {
        "added": [listing(row) for row in found.added],
        "removed": [listing(row) for row in found.removed],
        "kept": [listing(both.new) for both in found.kept],
        "titles_changed": [
            {
                "code": both.new.occupation.code,
                "old": both.old.title_as_published_en,
                "new": both.new.title_as_published_en,
            }
            for both in found.retitled
        ],
        "rules_changed": [
            {"rule": change.new.key, "old": change.old.text, "new": change.new.text} for change in found.rules
        ],
    }


def shortlist_row(request, row):
    changes = [
        {
            "kind": change.kind,
            "category": change.category.slug,
            "date": change.day,
            "edition": change.edition and change.edition.version,
        }
        for change in row.changes
    ]
    more = {"programs": [fit(one) for one in row.fits], "latest_draw": draw(request, row.draw), "changes": changes}
    return occupation(request, row.occupation, row.listings) | more


def suggestion(match, title_en, title_fr):
    found = {"text": match.text, "language": match.language or None, "reason": match.reason}
    return {"code": match.code, "title": title_en, "title_fr": title_fr, **found}


def category(request, row):
    url = request.build_absolute_uri(row.get_absolute_url())
    return {"slug": row.slug, "name": row.name_en, "name_fr": row.name_fr or None, "url": url}


def category_today(request, one):
    current = one["current"]
    return {
        **category(request, one["category"]),
        "edition": current and current.version,
        "in_force_since": current and current.effective_from,
        "occupations": (current and current.size) or None,
        "latest_draw": draw(request, one["latest"]),
        "editions": [edition.version for edition in one["editions"]],
    }
