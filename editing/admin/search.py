"""One search over all tables that somebody may view: a key leads to its row at once, other words to a list."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, Value
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

MOST = 10  # rows of a table; the rest is in its own list


class SearchForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=100)


@require_safe
def search_page(request, site):
    pages = viewed_pages(request, site)
    form = SearchForm(request.GET)
    asked = form.cleaned_data["q"] if form.is_valid() else ""
    if asked and "all" not in request.GET and (url := address_of_key(pages, asked)):
        everything = reverse(f"{site.name}:search", query={"q": asked, "all": "1"})
        said = _("“{}” is the key of this row. <a href='{}'>Search all tables for it</a>.")
        messages.info(request, format_html(said, asked, everything))
        return redirect(url)
    context = {
        **site.each_context(request),
        "title": _("Search: %(words)s") % {"words": asked} if asked else _("Search"),
        "form": form,
        "asked": asked,
        "groups": groups(request, pages, asked) if asked else [],
    }
    return TemplateResponse(request, "admin/search.html", context)


def viewed_pages(request, site):
    """The admin's page of every table that the person may view, in the order of the first page."""
    listed = [one for app in site.get_app_list(request) for one in app["models"] if one["perms"]["view"]]
    if not listed:
        raise PermissionDenied
    return [site.get_model_admin(one["model"]) for one in listed]


def address_of_key(pages, asked):
    """The form of the one row that is called so; "Draw 254" is 254."""
    parts = []
    for place, page in enumerate(pages):
        name = str(page.opts.verbose_name).casefold()
        key = asked.casefold().removeprefix(name).strip(" #") or asked
        same = Q(*((f"{field}__iexact", key) for field in getattr(page, "found_by", [])), _connector=Q.OR)
        if same:
            parts.append(page.model._base_manager.filter(same).values_list(Value(place), "pk"))
    found = keys_by_place(parts)
    if sum(map(len, found.values())) != 1:
        return ""
    [(place, [key])] = found.items()
    return row_address(pages[place], key)


def groups(request, pages, asked):
    """The first rows of each table that have all words, found as in its own list: one query and one a table."""
    parts = []
    for place, page in enumerate(pages):
        if page.search_fields:
            rows, _is_doubled = page.get_search_results(request, page.model._default_manager.all(), asked)
            first = page.model._base_manager.filter(pk__in=rows.values("pk")[: MOST + 1])
            parts.append(first.values_list(Value(place), "pk"))
    return [group(pages[place], keys, asked) for place, keys in keys_by_place(parts).items()]


def keys_by_place(parts):
    """The keys that each query finds, asked for in one; the place of a table comes with each."""
    found = {}
    parts = [part.order_by() for part in parts]
    for place, key in parts[0].union(*parts[1:], all=True) if parts else ():
        found.setdefault(place, []).append(key)
    return dict(sorted(found.items()))


def group(page, keys, asked):
    rows = rows_by_key(page, keys)
    return {
        "name": capfirst(page.opts.verbose_name_plural),
        "rows": [(row, row_address(page, key)) for key, row in [*rows.items()][:MOST]],
        "more": address(page, "changelist", query={"q": asked}) if len(keys) > MOST else "",
    }


def rows_by_key(page, keys):
    """Rows with what their names tell of, in the order of their table."""
    rows = page.model._default_manager.select_related(*related(page)).filter(pk__in=keys)
    return {row.pk: row for row in rows}


def related(page):
    return page.list_select_related if isinstance(page.list_select_related, list | tuple) else ()


def row_address(page, key):
    return address(page, "change", args=[key])


def address(page, name, **given):
    return reverse(f"{page.admin_site.name}:{page.opts.app_label}_{page.opts.model_name}_{name}", **given)
