"""Markdown in the admin: shown as readers will see it, sanitised alike."""

from django.contrib.admin import widgets
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.safestring import mark_safe
from django.views.decorators.csrf import csrf_protect

from editing.pages.markdown import LONGEST, to_html


class MarkdownWidget(widgets.AdminTextareaWidget):
    """A text with its preview below, which the script keeps in step."""

    class Media:
        js = ["admin-extra/markdown.js"]

    def render(self, name, value, attrs=None, renderer=None):
        context = {"text_id": (attrs or {}).get("id", ""), "preview": mark_safe(to_html(value or ""))}  # noqa: S308 - sanitised
        return super().render(name, value, attrs, renderer) + render_to_string("admin/markdown_preview.html", context)


class MarkdownAdmin:
    """Gives the text fields named in ``markdown_fields`` a preview."""

    markdown_fields = []

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in self.markdown_fields:
            kwargs["widget"] = MarkdownWidget
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_urls(self):
        view = self.admin_site.admin_view(self.markdown_view)
        return [path("markdown/", view, name=self.page_name("markdown")), *super().get_urls()]

    @method_decorator(csrf_protect)
    def markdown_view(self, request):
        if request.method != "POST" or not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return HttpResponse(to_html(request.POST.get("text", "")[:LONGEST]))
