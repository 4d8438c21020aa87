from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render


def home(request):
    return render(request, "home.html")


def about(request):
    return render(request, "about.html")


def about_data(request):
    return render(request, "about_data.html")


def robots(request):
    return HttpResponse("User-agent: *\nAllow: /\n", content_type="text/plain")


def health(request):
    """Up, and the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
