"""Requests-OAuthlib, which asks the person on the page."""

import os

# The client's own switch for servers without TLS; it is read on import.
os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"

from oauthlib.oauth2 import BackendApplicationClient, InvalidClientError, InvalidGrantError, OAuth2Error
from requests.auth import HTTPBasicAuth
from requests_oauthlib import OAuth2Session

from common import (
    BEYOND_IDENTITY,
    MANAGEMENT,
    REALM,
    REDIRECT_URI,
    browse,
    client,
    make_relying_party,
    ok,
    refused,
    same,
)


def machine():
    """Client credentials, and the management API."""
    name, secret = BEYOND_IDENTITY["client_id"], BEYOND_IDENTITY["client_secret"]
    session = OAuth2Session(client=BackendApplicationClient(client_id=name))
    refused(
        "a wrong secret is refused",
        InvalidClientError,
        session.fetch_token,
        f"{MANAGEMENT}/token",
        client_secret=secret + "x",
    )
    token = session.fetch_token(f"{MANAGEMENT}/token", client_secret=secret, include_client_id=True)
    ok("client credentials bring a token", "applications:create" in token["scope"], token["scope"])
    narrow = OAuth2Session(client=BackendApplicationClient(client_id=name, scope=["tokens:read", "roles:read"]))
    narrow.fetch_token(f"{MANAGEMENT}/token", auth=HTTPBasicAuth(name, secret))
    same("scopes narrow it", narrow.get(f"{REALM}/applications").status_code, 403)
    return session


def people(session):
    """The code flow with a challenge, through the page."""

    def call(method, url, body):
        answer = session.request(method, url, json=body)
        answer.raise_for_status()
        return answer.json()

    url, client_id, secret = make_relying_party(call)
    auth = HTTPBasicAuth(client_id, secret)
    scope = ["openid", "email", "offline_access", "orders:read"]
    own = OAuth2Session(client_id, redirect_uri=REDIRECT_URI, scope=scope, pkce="S256")
    asked, state = own.authorization_url(f"{url}/authorize")
    back = browse(asked)
    ok("the person approves on the page", back.startswith(REDIRECT_URI + "?") and state in back, back)
    token = own.fetch_token(f"{url}/token", authorization_response=back, auth=auth)
    same("the code and its verifier bring a token with the scopes asked for", set(token["scope"]), set(scope))
    same("it tells who approved", own.get(f"{url}/userinfo").json()["email"], "ada@example.com")
    refused(
        "the code works once",
        InvalidGrantError,
        own.fetch_token,
        f"{url}/token",
        authorization_response=back,
        auth=auth,
    )
    same("and what came of it is gone then", own.get(f"{url}/userinfo").status_code, 401)

    asked, _ = own.authorization_url(f"{url}/authorize")
    refused(
        "the person denies",
        OAuth2Error,
        own.fetch_token,
        f"{url}/token",
        authorization_response=browse(asked, decision="deny"),
        auth=auth,
    )
    asked, _ = own.authorization_url(f"{url}/authorize")
    token = own.fetch_token(f"{url}/token", authorization_response=browse(asked), auth=auth)
    renewed = own.refresh_token(f"{url}/token", auth=auth)
    ok("a refresh token brings its successor", renewed["refresh_token"] != token["refresh_token"])
    same("whose access token works", own.get(f"{url}/userinfo").status_code, 200)
    refused(
        "it works once",
        InvalidGrantError,
        own.refresh_token,
        f"{url}/token",
        refresh_token=token["refresh_token"],
        auth=auth,
    )
    same("and all that came of it is gone then", own.get(f"{url}/userinfo").status_code, 401)


client("requests-oauthlib")
people(machine())
