from django.http import HttpResponse
from django.urls import path

from expressentry.urls import urlpatterns as site

# Below /healthz/, which no cache keeps: the one-line view that a warm page is measured against.
urlpatterns = [path("healthz/one-line/", lambda request: HttpResponse("one line")), *site]
