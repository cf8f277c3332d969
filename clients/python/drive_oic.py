"""pyoidc, an OpenID Connect relying party; here of a client that sends no challenge."""

from oic.oic import Client
from oic.oic.message import AuthorizationResponse, RegistrationResponse
from oic.utils.authn.client import CLIENT_AUTHN_METHOD

from common import REDIRECT_URI, browse, client, make_relying_party, manage, ok, same


def people(url, client_id, client_secret):
    """Discovery, the code flow, userinfo and a refresh."""
    party = Client(client_authn_method=CLIENT_AUTHN_METHOD)
    provider = party.provider_config(url)
    same("the provider is discovered", provider["issuer"], url)
    known = RegistrationResponse(client_id=client_id, client_secret=client_secret, redirect_uris=[REDIRECT_URI])
    party.store_registration_info(known)
    party.redirect_uris = [REDIRECT_URI]
    asking = {
        "client_id": client_id,
        "response_type": "code",
        "scope": ["openid", "profile", "email", "offline_access"],
        "state": "a state of its own",
        "nonce": "a nonce of its own",
        "redirect_uri": REDIRECT_URI,
    }
    request = party.construct_AuthorizationRequest(request_args=asking)
    back = browse(request.request(party.authorization_endpoint))
    answer = party.parse_response(AuthorizationResponse, info=back.partition("?")[2], sformat="urlencoded")
    same("the state comes back", answer["state"], asking["state"])
    tokens = party.do_access_token_request(
        state=answer["state"],
        request_args={"code": answer["code"], "redirect_uri": REDIRECT_URI},
        authn_method="client_secret_basic",
    )
    identified = tokens.get("id_token")
    ok("the ID token is verified by the keys that were discovered", identified is not None, tokens)
    same("its nonce is ours", identified["nonce"], asking["nonce"])
    person = party.do_user_info_request(state=answer["state"])
    same("userinfo tells of the same person", person["sub"], identified["sub"])
    renewed = party.do_access_token_refresh(state=answer["state"], authn_method="client_secret_basic")
    ok("a refresh token brings another access token", renewed["access_token"] != tokens["access_token"])
    same("which tells of the same person", party.do_user_info_request(state=answer["state"])["sub"], identified["sub"])


client("oic")
people(*make_relying_party(manage, pkce="disabled"))
