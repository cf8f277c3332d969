// openid-client: discovery, the code flow, refresh, introspection and revocation, as its documentation shows them.

import * as oidc from "openid-client";

import {
  BEYOND_IDENTITY,
  MANAGEMENT,
  REDIRECT_URI,
  browse,
  client,
  issuer,
  makeRelyingParty,
  ok,
  refused,
  same,
} from "./common.mjs";

// The client's own switch for servers without TLS.
const plain = { execute: [oidc.allowInsecureRequests] };
const is = (error) => (raised) => raised.error === error;

/** Client credentials, introspection and revocation; the metadata is found by RFC 8414. */
async function machine() {
  const { client_id, client_secret } = BEYOND_IDENTITY;
  const discover = (secret) =>
    oidc.discovery(new URL(MANAGEMENT), client_id, secret, undefined, { ...plain, algorithm: "oauth2" });
  const config = await discover(client_secret);
  same("the authorization server is discovered", config.serverMetadata().issuer, MANAGEMENT);
  const stranger = await discover(`${client_secret}x`);
  await refused(
    "a wrong secret is refused",
    () => oidc.clientCredentialsGrant(stranger),
    (error) => error.status === 401,
  );
  const all = await oidc.clientCredentialsGrant(config);
  same("client credentials bring a token for three months", all.expiresIn(), 7776000);
  const narrow = await oidc.clientCredentialsGrant(config, { scope: "tokens:read" });
  same("a scope narrows it", narrow.scope, "tokens:read");
  const list = () => oidc.fetchProtectedResource(config, narrow.access_token, new URL(`${MANAGEMENT}/tokens`), "GET");
  const listed = await (await list()).json();
  ok("it opens the list of tokens", listed.total_size >= 2, listed);
  const said = await oidc.tokenIntrospection(config, narrow.access_token);
  same("introspection knows it", [said.active, said.scope, said.client_id], [true, "tokens:read", client_id]);
  await oidc.tokenRevocation(config, narrow.access_token, { token_type_hint: "access_token" });
  same("it is revoked", await oidc.tokenIntrospection(config, narrow.access_token), { active: false });
  await refused("and opens nothing", list, (error) => error.status === 401);
  return all.access_token;
}

/** The code flow. */
async function signIn(config, redirectUri) {
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [oidc.randomState(), oidc.randomNonce()];
  const asked = oidc.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: "openid profile email offline_access orders:read",
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
    state: expectedState,
    nonce: expectedNonce,
  });
  const back = new URL(await browse(asked));
  const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true };
  const tokens = await oidc.authorizationCodeGrant(config, back, checks);
  const { sub, auth_time } = tokens.claims();
  ok("the code and its verifier bring tokens, and the ID token is verified", sub && auth_time);
  const person = await oidc.fetchUserInfo(config, tokens.access_token, sub);
  same("userinfo tells who approved", person.preferred_username, "ada@example.com");
  await refused("the code works once", () => oidc.authorizationCodeGrant(config, back, checks), is("invalid_grant"));
  return async () => oidc.fetchUserInfo(config, tokens.access_token, sub);
}

/** The code flow again, then refresh tokens. */
async function renew(config, redirectUri) {
  const stale = await signIn(config, redirectUri);
  await refused("and what came of it is gone then", stale);
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const asked = oidc.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: "openid offline_access orders:read orders:create",
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
  });
  const first = await oidc.authorizationCodeGrant(config, new URL(await browse(asked)), { pkceCodeVerifier });
  const second = await oidc.refreshTokenGrant(config, first.refresh_token, { scope: "openid orders:read" });
  same("a refresh token brings a narrower token", second.scope, "openid orders:read");
  ok("an ID token", second.claims().sub === first.claims().sub);
  ok("and its successor", second.refresh_token && second.refresh_token !== first.refresh_token);
  const third = await oidc.refreshTokenGrant(config, second.refresh_token);
  await refused("one works once", () => oidc.refreshTokenGrant(config, second.refresh_token), is("invalid_grant"));
  await refused(
    "the last is gone then",
    () => oidc.refreshTokenGrant(config, third.refresh_token),
    is("invalid_grant"),
  );
}

client("openid-client");
const accessToken = await machine();
const { public_application_id, public_client_id, redirect_uri } = BEYOND_IDENTITY;
const open = await oidc.discovery(
  new URL(issuer(public_application_id)),
  public_client_id,
  undefined,
  oidc.None(),
  plain,
);
ok("a public application is discovered", open.serverMetadata().supportsPKCE());
await renew(open, redirect_uri);
const made = await makeRelyingParty(accessToken);
const closed = await oidc.discovery(
  new URL(made.url),
  made.clientId,
  made.clientSecret,
  oidc.ClientSecretPost(made.clientSecret),
  plain,
);
await renew(closed, REDIRECT_URI);
