"""Desks: the unit's office, the leader who signs, the committee."""

from web.desks.committee import blueprint as committee
from web.desks.office import blueprint as office
from web.desks.signing import blueprint as signing

BLUEPRINTS = (office, signing, committee)

__all__ = ["BLUEPRINTS"]
