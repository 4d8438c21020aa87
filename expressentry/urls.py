from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from draws import urls as draws
from draws.charts import views as charts_views
from draws.invited import views as invited_views
from occupations import urls as occupations
from occupations.shortlist import views as shortlist_views
from programs import urls as programs
from programs import views as program_views
from programs.calculators import views as calculators_views

from . import views
from .api import api, docs
from .changes import feed as changes_feed
from .changes import views as changes_views
from .checking import views as checking_views
from .serving import outages
from .sitemaps import sitemap

tool_patterns = [
    path("", calculators_views.tool_list, name="list"),
    path("invited/", invited_views.invited, name="invited"),
    path("crs/", calculators_views.crs_score, name="crs"),
    path("fsw/", calculators_views.fsw_points, name="fsw"),
    path("language/", calculators_views.language_levels, name="language"),
]

handler400 = outages.refused
handler404 = views.missing
handler500 = outages.failed

urlpatterns = [
    path(settings.ADMIN_PATH, admin.site.urls),
    *i18n_patterns(path("api/v1/docs", docs, name="api-docs"), prefix_default_language=False),
    path("api/v1/", api.urls),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("draws/", include((draws.draw_patterns, "draws"))),
        path("feeds/", include((draws.feed_patterns, "feeds"))),
        path("", include((draws.preview_patterns, "previews"))),
        path("pool/", include((draws.pool_patterns, "pool"))),
        path("tools/", include((tool_patterns, "tools"))),
        path("charts/", include((draws.chart_patterns, "charts"))),
        path("statistics/", charts_views.statistics, name="statistics"),
        path("categories/", include((occupations.category_patterns, "categories"))),
        path("occupations/", include((occupations.occupation_patterns, "occupations"))),
        path("shortlist/", shortlist_views.shortlist, name="shortlist"),
        path("check/", checking_views.check, name="check"),
        path("programs/", include((programs.program_patterns, "programs"))),
        path("changes/", changes_views.changes, name="changes"),
        path("changes.atom", changes_feed.ChangesFeed(), name="changes-feed"),
        path("about/corrections/", changes_views.moved, name="moved"),
        path("feeds/corrections.atom", changes_feed.corrections, name="moved-corrections"),
        path("feeds/editions.atom", changes_feed.editions, name="moved-editions"),
        path("how-it-works/", program_views.how_it_works, name="how-it-works"),
        path("how-it-works/crs/", program_views.crs_grid, name="crs-grid"),
        path("glossary/", program_views.glossary, name="glossary"),
        path("search/", views.search, name="search"),
        path("timeline/", program_views.timeline, name="timeline"),
        path("about/", views.about, name="about"),
        path("about/worked-cases/", calculators_views.worked_cases, name="worked-cases"),
        path("about/data/", views.about_data, name="about-data"),
        prefix_default_language=False,
    ),
]
