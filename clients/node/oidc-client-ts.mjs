// oidc-client-ts, the library of applications in a browser, as a public client.

import { InMemoryWebStorage, OidcClient, WebStorageStateStore } from "oidc-client-ts";

import { BEYOND_IDENTITY, browse, client, issuer, ok, refused, same } from "./common.mjs";

const url = issuer(BEYOND_IDENTITY.public_application_id);
const stateStore = new WebStorageStateStore({ store: new InMemoryWebStorage() });

client("oidc-client-ts");
const own = new OidcClient({
  authority: url,
  client_id: BEYOND_IDENTITY.public_client_id,
  redirect_uri: BEYOND_IDENTITY.redirect_uri,
  scope: "openid profile email offline_access orders:read",
  loadUserInfo: true,
  stateStore,
});
const asked = await own.createSigninRequest({ nonce: "a nonce of its own", state: { page: 7 } });
ok("the endpoint is discovered", asked.url.startsWith(`${url}/authorize?`), asked.url);
const first = await own.processSigninResponse(await browse(asked.url));
same("the state comes back", first.userState, { page: 7 });
same("the ID token is of this application", [first.profile.iss, first.profile.aud], [url, own.settings.client_id]);
same("userinfo is read with it", first.profile.email, "ada@example.com");
const { refresh_token, id_token, scope, profile } = first;
const state = { refresh_token, id_token, scope, profile, session_state: null };
const second = await own.useRefreshToken({ state });
ok("a refresh token brings its successor", second.refresh_token !== refresh_token);
await own.revokeToken(second.refresh_token, "refresh_token");
ok("that is revoked");
await refused("and of no use then", () =>
  own.useRefreshToken({ state: { ...state, refresh_token: second.refresh_token } }),
);
