from django.urls import path

from . import category_views, views

category_patterns = [
    path("", category_views.CategoryListView.as_view(), name="list"),
    path("<slug:slug>/", category_views.CategoryDetailView.as_view(), name="detail"),
    path("<slug:slug>/compare/<slug:old>/<slug:new>/", category_views.compare, name="compare"),
    path("<slug:slug>/<slug:version>/", category_views.EditionDetailView.as_view(), name="edition"),
]
occupation_patterns = [
    path("", views.OccupationListView.as_view(), name="list"),
    path("<slug:code>/", views.OccupationDetailView.as_view(), name="detail"),
]
