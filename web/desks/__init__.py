"""Desks: the unit's office, the leader who signs, the committee."""

from web.desks.office import blueprint as office
from web.desks.signing import blueprint as signing

BLUEPRINTS = (office, signing)

__all__ = ["BLUEPRINTS"]
