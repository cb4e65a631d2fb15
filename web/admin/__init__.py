"""The administrator's room (管理): everything that changes from year to year, without code."""

from web.admin.views import blueprint

__all__ = ["blueprint"]
