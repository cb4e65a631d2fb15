"""Desks: the unit's office, the leader who signs, the committee."""

from web.desks.office import blueprint as office

BLUEPRINTS = (office,)

__all__ = ["BLUEPRINTS"]
