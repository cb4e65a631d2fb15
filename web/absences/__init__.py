"""Who is away and who stands in (代办)."""

from flask import Blueprint

from web.absences import views

blueprint = Blueprint("absences", __name__, url_prefix="/absences")
blueprint.add_url_rule("", "listing", views.listing, methods=["GET"])
blueprint.add_url_rule("", "set_absence", views.set_absence, methods=["POST"])
blueprint.add_url_rule("/<int:absence_id>/accept", "accept", views.accept, methods=["POST"])
blueprint.add_url_rule("/<int:absence_id>/end", "end", views.end, methods=["POST"])
