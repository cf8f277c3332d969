"""AnchorBrowser's own SDK."""

import urllib.error

import anchorbrowser
from anchorbrowser import Anchorbrowser

from common import DEMO, URL, browse, client, ok, query, refused, same

CALLBACK = "https://app.example.com/done?from=shop"
CREDENTIALS = {"type": "username_password", "username": "ada", "password": "a secret of hers"}


def api(key):
    return Anchorbrowser(api_key=key, base_url=URL, max_retries=0)


def flows(applications, application):
    """Ways to sign in."""
    flow = applications.create_auth_flow(application, name="Password", methods=["username_password"])
    same("an auth flow is made", flow.methods, ["username_password"])
    listed = applications.list_auth_flows(application).auth_flows
    same("it is listed", [each.id for each in listed], [flow.id])
    changed = applications.update_auth_flow(application, str(flow.id), is_recommended=True)
    same("it is changed", (changed.name, changed.is_recommended), ("Password", True))
    code = applications.create_auth_flow(application, name="Code", methods=["authenticator"])
    ok("another is deleted", applications.delete_auth_flow(application, str(code.id)).success)


def redeem(sdk, application):
    """An identity token, from its minting to the identity that the person makes with it."""
    minted = sdk.applications.create_identity_token(application, callback_url=CALLBACK)
    ok("an identity token is minted", minted.token not in ("", minted.token_hash), minted)
    page = f"{URL}/identity/create?token={minted.token}&userName=Ada"
    back = browse(page, username="ada", password="a secret of hers")
    ok("the person signs in on the page and goes back", back.startswith(CALLBACK + "&"), back)
    said = query(back)
    same("with what became of it", (said["status"], said["identity_id"]), ("success", said["identityId"]))
    error = refused("the token works once", urllib.error.HTTPError, browse, page)
    same("and is gone", error.code, 410)
    made = sdk.identities.get_identity(said["identity_id"])
    same("the identity has the name that was given", made.name, "Ada")
    listed = sdk.applications.list_application_identities(application).identities
    same("it is listed with its application", [each.id for each in listed], [made.id])
    same("which counts it", sdk.applications.get_application(application).identity_count, 1)


def identities(sdk):
    """Identities made by the API."""
    given = {"credentials": [CREDENTIALS], "metadata": {"team": "blue"}, "validate_async": False}
    made = sdk.identities.create_identity(source="https://mail.example.com/login", name="Mail", **given)
    same("an identity is made with credentials", (made.name, made.metadata), ("Mail", {"team": "blue"}))
    name = str(made.id)
    same("it is renamed", sdk.identities.update_identity(name, name="Post").name, "Post")
    read = sdk.identities.get_identity(name)
    same("it is read", (read.name, read.source), ("Post", "https://mail.example.com/login"))
    ok("and tells nothing of its credentials", CREDENTIALS["password"] not in read.model_dump_json())
    sdk.identities.delete_identity(name)
    refused("it is deleted", anchorbrowser.NotFoundError, sdk.identities.get_identity, name)


def main():
    client("anchorbrowser")
    sdk = api(DEMO["anchorbrowser"]["api_key"])
    applications = sdk.applications
    stranger = api("wrong").applications
    refused("a wrong key is refused", anchorbrowser.AuthenticationError, stranger.list_applications)
    made = applications.create_application(source="https://books.example.com/login", name="Books")
    same("an application is made", made.name, "Books")
    name = str(made.id)
    found = applications.list_applications(search="Books").applications
    same("it is found by its name", [each.id for each in found], [made.id])
    same("and by no other", applications.list_applications(search="no such").applications, [])
    insecure = {"callback_url": "http://app.example.com/done"}
    refused(
        "a callback has to be https",
        anchorbrowser.BadRequestError,
        applications.create_identity_token,
        name,
        **insecure,
    )
    flows(applications, name)
    redeem(sdk, name)
    identities(sdk)
    ok("the application is deleted", applications.delete_application(name).success)
    refused("it is not found then", anchorbrowser.NotFoundError, applications.get_application, name)


main()
