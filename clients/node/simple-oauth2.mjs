// simple-oauth2, which knows no PKCE; the person approves on the page.

import { AuthorizationCode, ClientCredentials } from "simple-oauth2";

import {
  BEYOND_IDENTITY,
  MANAGEMENT,
  REDIRECT_URI,
  URL_,
  browse,
  client,
  makeRelyingParty,
  ok,
  refused,
  same,
} from "./common.mjs";

const at = (issuer) => {
  const path = new URL(issuer).pathname;
  return { tokenHost: URL_, tokenPath: `${path}/token`, revokePath: `${path}/revoke` };
};
const failing = (error) => (raised) => raised.data?.payload?.error === error;

client("simple-oauth2");
const { client_id, client_secret } = BEYOND_IDENTITY;
const machine = new ClientCredentials({ client: { id: client_id, secret: client_secret }, auth: at(MANAGEMENT) });
const stranger = new ClientCredentials({ client: { id: client_id, secret: "wrong" }, auth: at(MANAGEMENT) });
await refused("a wrong secret is refused", () => stranger.getToken({}), failing("invalid_client"));
const { token } = await machine.getToken({});
same("client credentials bring a token for three months", token.expires_in, 7776000);

const made = await makeRelyingParty(token.access_token, { pkce: "disabled" });
for (const authorizationMethod of ["header", "body"]) {
  const people = new AuthorizationCode({
    client: { id: made.clientId, secret: made.clientSecret },
    auth: { ...at(made.url), authorizePath: `${new URL(made.url).pathname}/authorize` },
    options: { authorizationMethod },
    // By RFC 7009 a client ignores the body of the answer to a revocation; this one would insist on JSON.
    http: { json: true },
  });
  const state = `a state of its own, by ${authorizationMethod}`;
  const asked = people.authorizeURL({
    redirect_uri: REDIRECT_URI,
    scope: ["openid", "offline_access", "orders:read"],
    state,
  });
  const denied = new URL(await browse(asked, { decision: "deny" })).searchParams;
  same("the person may deny", [denied.get("error"), denied.get("state")], ["access_denied", state]);
  const back = new URL(await browse(asked)).searchParams;
  same("the person approves, and the state comes back", back.get("state"), state);
  const exchange = () => people.getToken({ code: back.get("code"), redirect_uri: REDIRECT_URI });
  const first = await exchange();
  ok(`the code brings a token, the secret in the ${authorizationMethod}`, first.token.id_token && !first.expired());
  const second = await first.refresh();
  ok("a refresh token brings its successor", second.token.refresh_token !== first.token.refresh_token);
  await second.revokeAll();
  ok("both tokens are revoked");
  await refused("and of no use then", () => second.refresh(), failing("invalid_grant"));
  await refused("as the code", exchange, failing("invalid_grant"));
}
