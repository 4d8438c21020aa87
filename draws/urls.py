from django.urls import path, re_path

from . import views
from .charts import files
from .pool import views as pool_views
from .streams import views as stream_views
from .syndication import atom, cards, ical

draw_patterns = [
    path("", views.DrawListView.as_view(), name="list"),
    re_path("^(?P<number>[0-9]+[a-z]?)/$", views.DrawDetailView.as_view(), name="detail"),
    path("<slug:slug>/", stream_views.stream, name="stream"),
]

pool_patterns = [
    path("", pool_views.current, name="current"),
    path("<str:day>/", pool_views.dated, name="detail"),
]

feed_patterns = [
    path("", atom.every_feed, name="list"),
    path("draws.atom", atom.with_filter(atom.DrawFeed()), name="draws"),
    path("draws.ics", atom.with_filter(ical.draws_ics), name="calendar"),
    path("kinds/<str:kind>.atom", atom.moved),
    path("programs/<slug:program>.atom", atom.moved),
    path("categories/<slug:category>.atom", atom.moved),
]

preview_patterns = [
    path("previews/draws/<slug:number>.png", cards.draw_card, name="draw"),
    path("previews/home.png", cards.home_card, name="home"),
    path("previews/streams/<slug:slug>.png", cards.stream_card, name="stream"),
    path("previews/categories/<slug:slug>.png", cards.category_card, name="category"),
    path("previews/categories/<slug:slug>/<slug:version>.png", cards.edition_card, name="edition"),
    path("badges/<slug:slug>.svg", cards.badge, name="badge"),
    path("embed/categories/<slug:slug>/", cards.embedded, name="embed"),
]

chart_patterns = [re_path(r"^(?P<key>[-a-z0-9]+)\.(?P<kind>svg|csv)$", files.chart_file, name="file")]
