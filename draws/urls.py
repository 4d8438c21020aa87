from django.urls import path

from . import draw_calendar, feeds, pool_views, previews, views

draw_patterns = [
    path("", views.DrawListView.as_view(), name="list"),
    path("<slug:number>/", views.DrawDetailView.as_view(), name="detail"),
]

pool_patterns = [
    path("", pool_views.current, name="current"),
    path("<str:day>/", pool_views.dated, name="detail"),
]

feed_patterns = [
    path("", feeds.every_feed, name="list"),
    path("draws.atom", feeds.DrawFeed(), name="draws"),
    path("draws.ics", draw_calendar.draws_ics, name="calendar"),
    path("corrections.atom", feeds.CorrectionFeed(), name="corrections"),
    path("editions.atom", feeds.EditionFeed(), name="editions"),
    path("kinds/<str:kind>.atom", feeds.DrawFeed(), name="kind"),
    path("programs/<slug:program>.atom", feeds.DrawFeed(), name="program"),
    path("categories/<slug:category>.atom", feeds.DrawFeed(), name="category"),
]

preview_patterns = [
    path("previews/draws/<slug:number>.png", previews.draw_card, name="draw"),
    path("previews/categories/<slug:slug>/<slug:version>.png", previews.edition_card, name="edition"),
    path("badges/<slug:slug>.svg", previews.badge, name="badge"),
    path("embed/categories/<slug:slug>/", previews.embedded, name="embed"),
]
