from django.urls import path

from . import views
from .pool import views as pool_views
from .syndication import atom, cards, ical

draw_patterns = [
    path("", views.DrawListView.as_view(), name="list"),
    path("<slug:number>/", views.DrawDetailView.as_view(), name="detail"),
]

pool_patterns = [
    path("", pool_views.current, name="current"),
    path("<str:day>/", pool_views.dated, name="detail"),
]

feed_patterns = [
    path("", atom.every_feed, name="list"),
    path("draws.atom", atom.DrawFeed(), name="draws"),
    path("draws.ics", ical.draws_ics, name="calendar"),
    path("corrections.atom", atom.CorrectionFeed(), name="corrections"),
    path("editions.atom", atom.EditionFeed(), name="editions"),
    path("kinds/<str:kind>.atom", atom.DrawFeed(), name="kind"),
    path("programs/<slug:program>.atom", atom.DrawFeed(), name="program"),
    path("categories/<slug:category>.atom", atom.DrawFeed(), name="category"),
]

preview_patterns = [
    path("previews/draws/<slug:number>.png", cards.draw_card, name="draw"),
    path("previews/categories/<slug:slug>/<slug:version>.png", cards.edition_card, name="edition"),
    path("badges/<slug:slug>.svg", cards.badge, name="badge"),
    path("embed/categories/<slug:slug>/", cards.embedded, name="embed"),
]
