"""Infisical's own SDK. It has methods for secrets and signing in; for Token Auth, there are its own requests."""

from infisical_sdk import InfisicalSDKClient
from infisical_sdk.infisical_requests import APIError

from common import DEMO, URL, client, ok, same

KNOWN = DEMO["infisical"]


def signed_in(token):
    """The SDK, signed in with a token."""
    sdk = InfisicalSDKClient(host=URL, cache_ttl=None)
    same("the SDK signs in with a token", sdk.auth.token_auth.login(token), token)
    return sdk.api


def send(method, path, body=None):
    """The answer's JSON; the body goes as the SDK sends it."""
    if method.__name__ == "get":
        return method(path, model=dict, params=body).data
    return method(path, model=dict, json=body).data


def refused(what, status, method, path, body=None):
    """A step that is right if the SDK raises its error, with this status."""
    try:
        answer = send(method, path, body)
    except APIError as error:
        same(f"{what}: {error}", error.status_code, status)
    else:
        ok(what, False, answer)


def main():
    client("infisicalsdk")
    api = signed_in(KNOWN["access_token"])
    refused("a token that is none is refused", 403, signed_in("none").get, f"/api/v1/identities/{KNOWN['identity_id']}")

    wanted = {"name": "driven", "organizationId": KNOWN["organization_id"], "role": "admin"}
    identity = send(api.post, "/api/v1/identities", wanted)["identity"]
    same("an identity is made", identity["name"], "driven")
    auth = f"/api/v1/auth/token-auth/identities/{identity['id']}"
    refused("it has no Token Auth yet", 400, api.post, f"{auth}/tokens", {"name": "early"})
    limits = {"accessTokenTTL": 3600, "accessTokenMaxTTL": 7200, "accessTokenNumUsesLimit": 2}
    attached = send(api.post, auth, limits)["identityTokenAuth"]
    same("Token Auth is attached", {name: attached[name] for name in limits}, limits)

    minted = send(api.post, f"{auth}/tokens", {"name": "first"})
    same("a token is minted", (minted["expiresIn"], minted["tokenType"]), (3600, "Bearer"))
    own = signed_in(minted["accessToken"])
    read = f"/api/v1/identities/{identity['id']}"
    for turn in ("first", "second"):
        same(f"it works the {turn} time", send(own.get, read)["identity"]["identityId"], identity["id"])
    refused("and no third", 401, own.get, read)

    send(api.patch, auth, {"accessTokenNumUsesLimit": 0})
    minted = send(api.post, f"{auth}/tokens", {"name": "second"})
    [record, _] = send(api.get, f"{auth}/tokens", {"offset": 0, "limit": 20})["tokens"]
    same("tokens are listed, the last first", record["name"], "second")
    token = f"/api/v1/auth/token-auth/tokens/{record['id']}"
    same("one is renamed", send(api.patch, token, {"name": "renamed"})["token"]["name"], "renamed")
    same("one is read", send(api.get, token)["token"]["name"], "renamed")
    renewed = send(api.post, "/api/v1/auth/token/renew", {"accessToken": minted["accessToken"]})
    same("one is renewed", renewed["accessTokenMaxTTL"], 7200)
    own = signed_in(renewed["accessToken"])
    same("and works", send(own.get, read)["identity"]["identityId"], identity["id"])
    send(api.post, f"{token}/revoke")
    refused("one is revoked, and refused then", 401, own.get, read)
    refused("it cannot be revoked again", 404, api.post, f"{token}/revoke")

    minted = send(api.post, f"{auth}/tokens")
    own = signed_in(minted["accessToken"])
    send(api.delete, auth)
    refused("without Token Auth its tokens are of no use", 401, own.get, read)
    send(api.delete, read)
    refused("the identity is deleted, and not found then", 404, api.get, read)


main()
