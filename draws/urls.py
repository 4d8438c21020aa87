from django.urls import path

from . import pool_views, views

draw_patterns = [
    path("", views.DrawListView.as_view(), name="list"),
    path("<str:number>/", views.DrawDetailView.as_view(), name="detail"),
]

pool_patterns = [
    path("", pool_views.current, name="current"),
    path("<str:day>/", pool_views.dated, name="detail"),
]
