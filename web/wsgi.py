"""`gunicorn web.wsgi:app`: the pages alone, for a cluster whose workers run by themselves."""

from tasks.bootstrap import bootstrap
from tasks.settings import Settings
from web import garbage
from web.application import create_app

app = create_app(bootstrap(Settings.from_environment()), https=True)
garbage.spare(app)
