"""What other programs read in a page's head: schema.org data, and the page's title a second time."""

import json
import re

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()

LICENCES = {
    "en": "https://open.canada.ca/en/open-government-licence-canada",
    "fr": "https://ouvert.canada.ca/fr/licence-du-gouvernement-ouvert-canada",
}
# Ends of a script element cannot stand in JSON; as in Django's own json_script.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def repeat_block(context, name):
    """The text of a block once more: the title stands in ``<title>`` and in the link preview."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    text = re.sub(r"[ \n]+", " ", block.nodelist.render(context))  # no-break spaces stay
    return mark_safe(text.strip())  # noqa: S308 - rendered, so escaped already


@register.simple_tag(takes_context=True)
def linked_data(context):
    """The page, its place among the others, and the data set where it is one, as JSON-LD."""
    graph = [web_page(context)]
    if context.get("crumbs"):
        graph.append(breadcrumbs(context))
    if context.get("dataset"):
        graph.append(dataset(context))
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text.translate(ESCAPES)),  # noqa: S308
    )


def web_page(context):
    return {
        "@type": "WebPage",
        "@id": context["canonical_url"],
        "url": context["canonical_url"],
        "inLanguage": get_language(),
        "dateModified": str(context["data_as_of"]),
        "isPartOf": {"@type": "WebSite", "name": _("Express Entry Record"), "url": home(context)},
    }


def home(context):
    return context["site"]["base_url"] + reverse("home")


def breadcrumbs(context):
    origin, here = context["site"]["base_url"], context["canonical_url"]
    items = [
        {"@type": "ListItem", "position": place, "name": str(label), "item": origin + url if url else here}
        for place, (label, url) in enumerate(context["crumbs"], start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def dataset(context):
    """The record as a data set: ``dataset`` of the page's context names it and says where its files are."""
    given, origin = context["dataset"], context["site"]["base_url"]
    files = [
        {"@type": "DataDownload", "encodingFormat": media_type, "contentUrl": origin + url}
        for media_type, url in given["files"]
    ]
    return {
        "@type": "Dataset",
        "name": str(given["name"]),
        "description": str(given["description"]),
        "url": context["canonical_url"],
        "license": LICENCES[get_language()],
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": _("Express Entry Record"), "url": home(context)},
        "temporalCoverage": given["covers"],
        "distribution": files,
    }
