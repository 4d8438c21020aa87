from django.shortcuts import render
from django.views.generic import DetailView, ListView

from .models import Program


class ProgramListView(ListView):
    model = Program


class ProgramDetailView(DetailView):
    model = Program


def how_it_works(request):
    return render(request, "programs/how_it_works.html")


def glossary(request):
    return render(request, "programs/glossary.html")


def timeline(request):
    return render(request, "programs/timeline.html")
