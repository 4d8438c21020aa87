from django.shortcuts import render
from django.views.generic import DetailView, ListView

from .models import Draw


class DrawListView(ListView):
    queryset = Draw.objects.published


class DrawDetailView(DetailView):
    slug_field = slug_url_kwarg = "number"

    def get_queryset(self):
        return Draw.objects.published()


def corrections(request):
    return render(request, "draws/corrections.html")
