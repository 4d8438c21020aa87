from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from draws.models import Draw, PoolSnapshot
from occupations.models import Category, Edition, Occupation
from programs.models import Program

PAGES = [
    "home",
    "draws:list",
    "pool:current",
    "tools:list",
    "tools:invited",
    "tools:crs",
    "tools:fsw",
    "tools:language",
    "statistics",
    "categories:list",
    "occupations:list",
    "shortlist",
    "programs:list",
    "how-it-works",
    "crs-grid",
    "glossary",
    "timeline",
    "about",
    "about-data",
    "worked-cases",
    "corrections",
    "feeds:list",
]


class BilingualSitemap(Sitemap):
    i18n = True
    alternates = x_default = True


class PageSitemap(BilingualSitemap):
    def items(self):
        return PAGES

    def location(self, item):
        return reverse(item)


class RowSitemap(BilingualSitemap):
    """Every public row of a model that has a page."""

    def __init__(self, rows):
        self.rows = rows

    def items(self):
        return self.rows()


SITEMAPS = {
    "pages": PageSitemap(),
    "draws": RowSitemap(Draw.objects.published),
    "pool": RowSitemap(PoolSnapshot.objects.published),
    "categories": RowSitemap(Category.objects.public),
    "editions": RowSitemap(lambda: Edition.objects.published().select_related("category")),
    "occupations": RowSitemap(Occupation.objects.all),
    "programs": RowSitemap(Program.objects.all),
}
