"""Authlib: its session for a machine, and its integration with Flask for people."""

from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from authlib.integrations.requests_client import OAuth2Session
from flask import Flask

import common
from common import BEYOND_IDENTITY, MANAGEMENT, REALM, browse, client, make_relying_party, ok, query, refused, same

INTROSPECT = f"{REALM}/introspect"
SCOPE = "openid profile email offline_access orders:read"
INACTIVE = {"active": False}


def machine():
    """Client credentials, introspection and revocation."""
    name, secret = BEYOND_IDENTITY["client_id"], BEYOND_IDENTITY["client_secret"]
    session = OAuth2Session(name, secret, token_endpoint=f"{MANAGEMENT}/token")
    token = session.fetch_token(grant_type="client_credentials")
    same("client credentials bring a token for three months", token["expires_in"], common.MANAGEMENT_LIFETIME)
    narrow = OAuth2Session(name, secret, scope="tokens:read", token_endpoint_auth_method="client_secret_post")
    narrowed = narrow.fetch_token(f"{MANAGEMENT}/token", grant_type="client_credentials")
    same("a scope narrows it, with the secret in the body", narrowed["scope"], "tokens:read")
    short = session.fetch_token(grant_type="client_credentials", expiration_time=60)
    same("it may be asked to end sooner", short["expires_in"], 60)
    stranger = OAuth2Session(name, secret + "x", token_endpoint=f"{MANAGEMENT}/token")
    error = refused("a wrong secret is refused", OAuthError, stranger.fetch_token, grant_type="client_credentials")
    same("as invalid_client", error.error, "invalid_client")

    said = session.introspect_token(INTROSPECT, token=narrowed["access_token"]).json()
    ok("introspection knows the token", said["active"] and said["scope"] == "tokens:read", said)
    same("it opens the list of tokens", narrow.get(f"{MANAGEMENT}/tokens").status_code, 200)
    same("and not that of applications", narrow.get(f"{REALM}/applications").status_code, 403)
    revoked = session.revoke_token(f"{MANAGEMENT}/revoke", narrowed["access_token"], token_type_hint="access_token")
    same("the token is revoked", revoked.status_code, 200)
    said = session.introspect_token(INTROSPECT, token=narrowed["access_token"]).json()
    same("introspection knows no more of it", said, INACTIVE)
    same("it opens nothing", narrow.get(f"{MANAGEMENT}/tokens").status_code, 401)
    session.token = token
    return session


def sign_in(url, client_id, client_secret, redirect_uri):
    """Signs a person in to a web application; the tokens, and what userinfo says."""
    app = Flask(__name__)
    app.secret_key = "of no account, for nobody else can reach it"
    provider = OAuth(app).register(
        "provider",
        client_id=client_id,
        client_secret=client_secret,
        server_metadata_url=f"{url}/.well-known/openid-configuration",
        client_kwargs={"scope": SCOPE, "code_challenge_method": "S256"},
    )
    got = {}

    @app.get("/login")
    def login():
        return provider.authorize_redirect(redirect_uri)

    @app.get("/callback")
    def callback():
        got["token"] = provider.authorize_access_token()
        got["person"] = provider.userinfo(token=got["token"])
        return ""

    with app.test_client() as visitor:
        asked = visitor.get("/login").headers["Location"]
        ok("the endpoint is discovered", asked.startswith(f"{url}/authorize?"), asked)
        ok("a challenge and a nonce are sent", {"code_challenge", "nonce"} <= query(asked).keys())
        answer = visitor.get("/callback", query_string=query(browse(asked)))
        same("the code and its verifier bring tokens", answer.status_code, 200)
    claims = got["token"]["userinfo"]
    same("the ID token is verified", (claims["iss"], claims["aud"]), (url, client_id))
    same("userinfo tells of the same person", got["person"]["sub"], claims["sub"])
    same("and who that is", got["person"]["preferred_username"], "ada@example.com")
    return got["token"]


def renew(url, client_id, client_secret, token):
    """Refresh tokens: rotation, and what becomes of one that comes again."""
    how = {"token_endpoint": f"{url}/token"} | ({} if client_secret else {"token_endpoint_auth_method": "none"})
    own = OAuth2Session(client_id, client_secret, token=dict(token), **how)
    renewed = dict(own.refresh_token())
    ok("a refresh token brings its successor", renewed["refresh_token"] != token["refresh_token"])
    error = refused("it works once", OAuthError, own.refresh_token, refresh_token=token["refresh_token"])
    same("as invalid_grant", error.error, "invalid_grant")
    refused("its successor is gone then", OAuthError, own.refresh_token, refresh_token=renewed["refresh_token"])
    return own, renewed


def people(session):
    """The code flow of a public application, and of one that the management API makes."""
    public = common.PUBLIC
    token = sign_in(*public, BEYOND_IDENTITY["redirect_uri"])
    renew(*public, token)
    confidential = make_relying_party(sending(session))
    token = sign_in(*confidential, common.REDIRECT_URI)
    own, renewed = renew(*confidential, token)
    said = own.introspect_token(INTROSPECT, token=renewed["access_token"]).json()
    same("with all that came of it", said, INACTIVE)
    url, _, _ = confidential
    same("the application is deleted", session.delete(url).status_code, 200)
    same("it is not found then", session.get(url).status_code, 404)


def references(session):
    """Tokens that are no JWTs."""
    send = sending(session)
    named = {"type": "oauth2", "pkce": "disabled", "redirect_uris": [], "enable_refresh_tokens": False}
    how = named | {"grant_type": ["client_credentials"], "token_format": "referential"}
    servers = send("GET", f"{REALM}/resource-servers")["resource_servers"]
    orders = next(each for each in servers if each["identifier"] == common.ORDERS["identifier"])
    application = send("POST", f"{REALM}/applications", common.relying_party(orders["id"], **how))
    config, url = application["protocol_config"], common.issuer(application["id"])
    own = OAuth2Session(config["client_id"], config["client_secret"], token_endpoint=f"{url}/token")
    text = own.fetch_token(grant_type="client_credentials", scope="orders:create")["access_token"]
    ok("a referential token is no JWT", text.count(".") != 2)
    said = own.introspect_token(INTROSPECT, token=text).json()
    ok("introspection tells what it is for", said["active"] and orders["identifier"] in said["aud"], said)
    [listed] = send("GET", f"{url}/tokens")["tokens"]
    ok("it is listed by its end", text.endswith(listed["token_suffix"]), listed)
    same("it is deleted by its id", session.delete(f"{url}/tokens/{listed['id']}").status_code, 200)
    same("and is of no use then", own.introspect_token(INTROSPECT, token=text).json(), INACTIVE)


def sending(session):
    """Sends to the management API with the session's token."""

    def send(method, url, body=None):
        answer = session.request(method, url, json=body)
        ok(f"{method} {url.removeprefix(common.REALM)} is answered", answer.ok, answer.text)
        return answer.json()

    return send


client("Authlib")
management = machine()
people(management)
references(management)
