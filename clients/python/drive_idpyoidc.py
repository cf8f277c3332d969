"""IdPy OIDC, a relying party that is configured and then does all by itself."""

from idpyoidc.client.rp_handler import RPHandler

from common import (
    REDIRECT_URI,
    browse,
    client,
    make_relying_party,
    manage,
    ok,
    query,
    same,
)


def party(url, client_id, client_secret):
    """The relying party's configuration."""
    services = {
        "discovery": {"class": "idpyoidc.client.oidc.provider_info_discovery.ProviderInfoDiscovery"},
        "authorization": {"class": "idpyoidc.client.oidc.authorization.Authorization"},
        "access_token": {"class": "idpyoidc.client.oidc.access_token.AccessToken"},
        "refresh_access_token": {"class": "idpyoidc.client.oidc.refresh_access_token.RefreshAccessToken"},
        "userinfo": {"class": "idpyoidc.client.oidc.userinfo.UserInfo"},
    }
    return {
        "issuer": url,
        "client_id": client_id,
        "client_secret": client_secret,
        "client_type": "oidc",
        "redirect_uris": [REDIRECT_URI],
        "response_types_supported": ["code"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        "client_authn_methods": ["client_secret_basic", "bearer_header"],
        "services": services,
        "add_ons": {
            "pkce": {
                "function": "idpyoidc.client.oauth2.add_on.pkce.add_support",
                "kwargs": {"code_challenge_length": 64, "code_challenge_method": "S256"},
            }
        },
    }


client("idpyoidc")
url, name, secret = make_relying_party(manage)
handler = RPHandler(REDIRECT_URI, client_configs={"specmint": party(url, name, secret)})
asked = handler.begin(issuer_id="specmint")
ok("the endpoint is discovered", asked.startswith(f"{url}/authorize?"), asked)
ok("a challenge is sent", "code_challenge" in query(asked))
back = query(browse(asked))
done = handler.finalize(url, back)
ok("the ID token is verified, and userinfo read", done["userinfo"]["sub"] == done["id_token"]["sub"], done)
same("it tells who approved", done["userinfo"]["preferred_username"], "ada@example.com")
renewed = handler.refresh_access_token(done["state"])
ok("a refresh token brings another access token", renewed["access_token"] != done["token"], renewed)
