from django.urls import path

from . import views
from .categories import views as categories_views

category_patterns = [
    path("", categories_views.CategoryListView.as_view(), name="list"),
    path("<slug:slug>/", categories_views.CategoryDetailView.as_view(), name="detail"),
    path("<slug:slug>/compare/<slug:old>/<slug:new>/", categories_views.compare, name="compare"),
    path("<slug:slug>/<slug:version>/", categories_views.EditionDetailView.as_view(), name="edition"),
]
occupation_patterns = [
    path("", views.OccupationListView.as_view(), name="list"),
    path("<slug:code>/", views.OccupationDetailView.as_view(), name="detail"),
]
