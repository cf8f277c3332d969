"""What the drivers share: the demo's objects, the browser's part, and how steps are told."""

import base64
import html.parser
import importlib.metadata
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request

URL = os.environ["CLIENTS_URL"]
with open(os.environ["CLIENTS_DEMO"]) as demo:
    DEMO = json.load(demo)


def client(distribution):
    """Tells which client is driven."""
    print(f"client  {distribution} {importlib.metadata.version(distribution)}", flush=True)


def ok(what, right=True, seen=None):
    """Tells of a step; ends the run at the first that is wrong."""
    if not right:
        print(f"WRONG  {what}" + ("" if seen is None else f": {seen!r}"), flush=True)
        sys.exit(1)
    print(f"ok  {what}", flush=True)


def same(what, seen, expected):
    """A step that is right if two things are the same."""
    ok(what, seen == expected, seen)


def refused(what, error, call, *arguments, **named):
    """A step that is right if `call` raises `error`, which is returned."""
    try:
        answer = call(*arguments, **named)
    except error as raised:
        ok(what)
        return raised
    return ok(what, False, answer)


# The person's browser.


class Form(html.parser.HTMLParser):
    """The first form of a page, with what is filled in and chosen there; of its buttons, the first is pressed."""

    def __init__(self, page):
        super().__init__()
        self.action, self.fields, self.ended = None, {}, False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form" and self.action is None:
            self.action = given["action"]
        chosen = tag == "button" or (tag == "input" and (given.get("type") != "radio" or "checked" in given))
        if chosen and "name" in given and self.action is not None and not self.ended:
            self.fields.setdefault(given["name"], given.get("value", ""))

    def handle_endtag(self, tag):
        self.ended = self.ended or tag == "form"


class Stay(urllib.request.HTTPRedirectHandler):
    """Leaves the way back to the client to the driver."""

    def redirect_request(self, *_):
        return None


def browse(url, **filled_in):
    """Goes to a page as a browser does, approves there if it asks, and returns where the browser is sent."""
    opener = urllib.request.build_opener(Stay)

    def go(request):
        try:
            return opener.open(request, timeout=60)
        except urllib.error.HTTPError as answer:
            if answer.status in (302, 303):
                return answer
            raise

    answer = go(url)
    if answer.status == 200:
        form = Form(answer.read().decode())
        fields = urllib.parse.urlencode({**form.fields, **filled_in}).encode()
        answer = go(urllib.request.Request(urllib.parse.urljoin(url, form.action), fields))
    return answer.headers["Location"]


def query(url):
    """The members of a URL's query."""
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))


# Beyond Identity's objects.

BEYOND_IDENTITY = DEMO["beyond_identity"]
REALM = f"{URL}/v1/tenants/{BEYOND_IDENTITY['tenant_id']}/realms/{BEYOND_IDENTITY['realm_id']}"
REDIRECT_URI = "https://rp.example.com/callback"
MANAGEMENT_LIFETIME = 7776000


def issuer(application_id):
    """An application is the issuer of its tokens."""
    return f"{REALM}/applications/{application_id}"


MANAGEMENT = issuer(BEYOND_IDENTITY["application_id"])

# The demo's public application: its issuer, its client's name and no secret.
PUBLIC = (issuer(BEYOND_IDENTITY["public_application_id"]), BEYOND_IDENTITY["public_client_id"], None)

ORDERS = {
    "display_name": "Orders",
    "identifier": "https://orders.example.com",
    "scopes": ["orders:read", "orders:create"],
}


def relying_party(resource_server_id, **protocol):
    """What an application of people is made of."""
    config = {
        "type": "oidc",
        "confidentiality": "confidential",
        "token_endpoint_auth_method": "client_secret_basic",
        "grant_type": ["authorization_code"],
        "redirect_uris": [REDIRECT_URI],
        "allowed_scopes": ORDERS["scopes"],
        "token_configuration": {"expires_after": 3600, "token_signing_algorithm": "RS256", "subject_field": "id"},
        "pkce": "s256",
        "token_format": "self_contained",
        "enable_refresh_tokens": True,
    }
    application = {"display_name": "Driven by a client", "resource_server_id": resource_server_id}
    return {"application": application | {"protocol_config": config | protocol}}


def manage(method, url, body):
    """Sends to the management API, for clients that have no client credentials; the answer's JSON."""
    named = (BEYOND_IDENTITY["client_id"], BEYOND_IDENTITY["client_secret"])
    authorization = "Basic " + base64.b64encode(":".join(named).encode()).decode()
    grant = urllib.parse.urlencode({"grant_type": "client_credentials"}).encode()
    asked = urllib.request.Request(f"{MANAGEMENT}/token", grant, {"Authorization": authorization})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        token = json.load(answer)["access_token"]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    asked = urllib.request.Request(url, json.dumps(body).encode(), headers, method=method)
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return json.load(answer)


def make_relying_party(call, **protocol):
    """Makes a resource server and an application by the management API; `call` sends with an access token, and
    returns the answer's JSON. The issuer, and its client's name and secret."""
    server = call("POST", f"{REALM}/resource-servers", {"resource_server": ORDERS})
    application = call("POST", f"{REALM}/applications", relying_party(server["id"], **protocol))
    config = application["protocol_config"]
    ok("an application is made with an access token", len(config["client_id"]) > 0)
    return issuer(application["id"]), config["client_id"], config["client_secret"]
