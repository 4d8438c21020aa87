from django.urls import path

from . import views

category_patterns = [
    path("", views.CategoryListView.as_view(), name="list"),
    path("<slug:slug>/", views.CategoryDetailView.as_view(), name="detail"),
    path("<slug:slug>/compare/<slug:old>/<slug:new>/", views.compare, name="compare"),
    path("<slug:slug>/<slug:version>/", views.EditionDetailView.as_view(), name="edition"),
]
occupation_patterns = [
    path("", views.OccupationListView.as_view(), name="list"),
    path("<slug:code>/", views.OccupationDetailView.as_view(), name="detail"),
]
