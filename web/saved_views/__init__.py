"""Named filters of a person, and how dense her lists are."""

from flask import Blueprint

from web.saved_views import views

blueprint = Blueprint("saved_views", __name__, url_prefix="/views")
blueprint.add_url_rule("", "save", views.save, methods=["POST"])
blueprint.add_url_rule("/density", "set_density", views.set_density, methods=["POST"])
blueprint.add_url_rule("/<int:view_id>/default", "make_default", views.make_default, methods=["POST"])
blueprint.add_url_rule("/<int:view_id>/remove", "remove", views.remove, methods=["POST"])
