// oauth4webapi: each step by itself, each answer validated by the specification.

import * as oauth from "oauth4webapi";

import {
  BEYOND_IDENTITY,
  MANAGEMENT,
  REDIRECT_URI,
  browse,
  client,
  makeRelyingParty,
  ok,
  refused,
  same,
} from "./common.mjs";

// The client's own switch for servers without TLS.
const plain = { [oauth.allowInsecureRequests]: true };
const is = (error) => (raised) => raised.error === error;

async function discover(url, algorithm) {
  const issuer = new URL(url);
  const answer = await oauth.discoveryRequest(issuer, { algorithm, ...plain });
  return oauth.processDiscoveryResponse(issuer, answer);
}

/** Client credentials, introspection and revocation. */
async function machine() {
  const server = await discover(MANAGEMENT, "oauth2");
  ok("the authorization server is discovered", server.introspection_endpoint);
  const own = { client_id: BEYOND_IDENTITY.client_id };
  const authentication = oauth.ClientSecretBasic(BEYOND_IDENTITY.client_secret);
  const grant = async (how, scope) => {
    const answer = await oauth.clientCredentialsGrantRequest(server, own, how, { scope }, plain);
    return oauth.processClientCredentialsResponse(server, own, answer);
  };
  const all = await grant(authentication, "applications:create resource-servers:create");
  same("client credentials bring a token", all.token_type, "bearer");
  await refused(
    "a wrong secret is refused",
    () => grant(oauth.ClientSecretPost("wrong"), "tokens:read"),
    (error) => error.status === 401,
  );
  await refused("a scope that is not allowed is refused", () => grant(authentication, "no:such"), is("invalid_scope"));
  const { access_token } = await grant(oauth.ClientSecretPost(BEYOND_IDENTITY.client_secret), "tokens:read");
  const introspect = async () => {
    const answer = await oauth.introspectionRequest(server, own, authentication, access_token, plain);
    return oauth.processIntrospectionResponse(server, own, answer);
  };
  same("introspection knows it", (await introspect()).scope, "tokens:read");
  const revoked = await oauth.revocationRequest(server, own, authentication, access_token, plain);
  same("it is revoked", await oauth.processRevocationResponse(revoked), undefined);
  same("introspection knows it no more", await introspect(), { active: false });
  return all.access_token;
}

/** The code flow with state, nonce and PKCE, the answers' `iss` included, and a refresh. */
async function people({ url, clientId, clientSecret }) {
  const server = await discover(url, "oidc");
  const own = { client_id: clientId };
  const authentication = oauth.ClientSecretBasic(clientSecret);
  const [verifier, state, nonce] = [
    oauth.generateRandomCodeVerifier(),
    oauth.generateRandomState(),
    oauth.generateRandomNonce(),
  ];
  const asked = new URL(server.authorization_endpoint);
  asked.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: REDIRECT_URI,
    response_type: "code",
    scope: "openid email offline_access orders:read",
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
  });
  const back = new URL(await browse(asked));
  same("the issuer is named on the way back", back.searchParams.get("iss"), url);
  const parameters = oauth.validateAuthResponse(server, own, back, state);
  const exchange = () =>
    oauth.authorizationCodeGrantRequest(server, own, authentication, parameters, REDIRECT_URI, verifier, plain);
  const how = { expectedNonce: nonce, requireIdToken: true };
  const answer = await exchange();
  const tokens = await oauth.processAuthorizationCodeResponse(server, own, answer, how);
  await oauth.validateApplicationLevelSignature(server, answer, plain);
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  same("the ID token is verified, its signature as well", claims.aud, clientId);
  const told = await oauth.userInfoRequest(server, own, tokens.access_token, plain);
  const person = await oauth.processUserInfoResponse(server, own, claims.sub, told);
  same("userinfo tells who approved", person.email, "ada@example.com");
  const refresh = async (token) => {
    const answer = await oauth.refreshTokenGrantRequest(server, own, authentication, token, plain);
    return oauth.processRefreshTokenResponse(server, own, answer);
  };
  const renewed = await refresh(tokens.refresh_token);
  ok("a refresh token brings its successor", renewed.refresh_token !== tokens.refresh_token);
  const replayed = async () => oauth.processAuthorizationCodeResponse(server, own, await exchange(), how);
  await refused("the code works once", replayed, is("invalid_grant"));
  await refused("what came of it is gone then", () => refresh(renewed.refresh_token), is("invalid_grant"));
}

client("oauth4webapi");
await people(await makeRelyingParty(await machine()));
