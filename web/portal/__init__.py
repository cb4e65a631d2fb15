"""The deputy's pages: my suggestions, the road of each, submitting one."""

from web.portal.views import blueprint

__all__ = ["blueprint"]
