from django.urls import path

from . import views

draw_patterns = [
    path("", views.DrawListView.as_view(), name="list"),
    path("<str:number>/", views.DrawDetailView.as_view(), name="detail"),
]
