from django.shortcuts import render
from django.views.generic import DetailView, ListView

from .models import Category, Edition, Occupation


class CategoryListView(ListView):
    model = Category


class CategoryDetailView(DetailView):
    model = Category


class EditionDetailView(DetailView):
    model = Edition


def compare(request, slug, old, new):
    return render(request, "occupations/compare.html")


class OccupationListView(ListView):
    model = Occupation


class OccupationDetailView(DetailView):
    model = Occupation
    slug_field = slug_url_kwarg = "code"
