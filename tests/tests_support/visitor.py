"""A browser without a screen, for tests that read pages."""


class Visitor:
    """A browser without a screen: keeps cookies and sends the form's own token, as a page would."""

    def __init__(self, app):
        self.http = app.test_client()
        self.from_here = {"environ_base": {"REMOTE_ADDR": "127.0.0.1"}, "base_url": "http://127.0.0.1:8000"}

    def get(self, address, **options):
        return self.http.get(address, **{**self.from_here, **options})

    def read(self, address):
        return self.get(address, follow_redirects=True).get_data(as_text=True)

    def post(self, address, data=None, **options):
        return self.http.post(
            address, data={"csrf_token": self.token(), **(data or {})}, **{**self.from_here, **options}
        )

    def token(self):
        """The token of any page: the sign-in page has one for strangers, the first page for people."""
        return self.read("/").split('name="csrf_token" value="', 1)[1].split('"', 1)[0]

    def be(self, account):
        """Signs in as somebody of the demonstration."""
        answer = self.post("/sign-in/as", {"account": account})
        assert answer.status_code == 303
        return self
