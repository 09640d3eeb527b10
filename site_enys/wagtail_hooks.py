"""The admin's home page is a desk: what waits, and nothing about software."""

from typing import Any

from django.http import HttpRequest

from wagtail import hooks

from .admin.todo import TodoPanel


@hooks.register("construct_homepage_panels")
def show_the_desk(request: HttpRequest, panels: list[Any]) -> None:
    panels.insert(0, TodoPanel())
