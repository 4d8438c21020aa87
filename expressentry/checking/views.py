from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from tablib import Dataset

from editing.days import canadian_day
from editing.pages.breadcrumbs import breadcrumbs
from editing.pages.exports import rows_as_file
from expressentry.changes.rows import RowNames, is_wording
from occupations.shortlist.input import InputReader

from .answers import CORRECTED, SUPERSEDED, UNCHANGED, UNREADABLE, Checker
from .forms import CheckForm
from .ledger import past_of
from .reader import NOT_OURS, LineReader
from .words import AnswerInWords

ORDER = [CORRECTED, SUPERSEDED, UNREADABLE, UNCHANGED, NOT_OURS]  # whom to call comes first
EXAMPLES = [("categories:edition", ["stem", "2023"]), ("draws:detail", ["254"])]


@csrf_exempt  # it changes nothing, knows nobody, and keeps nothing
@cache_control(no_store=True)
def check(request):
    """Whether pasted links are still right; what is pasted is answered and forgotten."""
    form = CheckForm(*pasted(request))
    answers = answer(request, form.cleaned_data["links"]) if form.is_bound and form.is_valid() else []
    if answers and request.POST.get("export") == "csv":
        return as_csv(answers)
    checked = [one for one in answers if one.is_read]
    context = {
        "form": form,
        "answers": sorted(answers, key=lambda one: ORDER.index(one.state)),
        "changed": sum(one.answer.has_changed for one in checked),
        "checked": len(checked),
        "unread": len(answers) - len(checked),
        "without_moment": any(not one.asked.known for one in checked),
        "began": min((one.answer.since for one in checked), default=None),
        "examples": [request.build_absolute_uri(reverse(page, args=args)) for page, args in EXAMPLES],
        "now": timezone.now(),
        "crumbs": breadcrumbs(_("Check links")),
    }
    return render(request, "check.html", context)


def pasted(request):
    """What was sent, for the form: text that is none of a form says so in the form's own words."""
    if request.method != "POST":
        return []
    try:
        return [{"links": request.POST.get("links", "").replace("\0", "\N{REPLACEMENT CHARACTER}")}]
    except (SuspiciousOperation, MultiPartParserError):  # more, or other, than a form sends
        return [{"links": "x" * (CheckForm.base_fields["links"].max_length + 1)}]


def answer(request, lines):
    """An answer to each line, in the order in which they were pasted."""
    now, names = timezone.now(), RowNames()
    reader = LineReader(hosts(request), canadian_day(), lambda texts: InputReader(names.index).read(texts).codes)
    asked = [reader.read(line) for line in lines]
    checker = Checker(past_of(asked, now), now, canadian_day(), is_wording)
    return [AnswerInWords(checker.answer(one), names) for one in asked]


def hosts(request):
    """The names that this site answers to."""
    own = [request.get_host().rpartition(":")[0] or request.get_host()]
    return [*own, *(host for host in settings.ALLOWED_HOSTS if host != "*")]


def as_csv(answers):
    headers = ["line", "name", "answer", "page", "on", "compared_with", "what_changed", "page_today", "link"]
    dataset = Dataset(headers=headers)
    for number, one in enumerate(answers, 1):
        since, on = one.answer.since, one.asked.on
        dataset.append([number, one.asked.label, str(one.state_label), one.title, on and on.isoformat(),
                        since and f"{since:%Y-%m-%dT%H:%M:%SZ}", one.in_one_line, (one.is_read and one.url) or "",
                        one.asked.text])  # fmt: skip
    return rows_as_file(dataset, "csv", f"links-checked-{canadian_day():%Y-%m-%d}.csv")
