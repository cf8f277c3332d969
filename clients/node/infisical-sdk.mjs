// Infisical's own SDK. Of what is served it knows how to sign in with a token and how to renew that.

import { InfisicalSDK } from "@infisical/sdk";

import { DEMO, URL_, client, ok, refused, same } from "./common.mjs";

const KNOWN = DEMO.infisical;

/** Sends with the token that the SDK holds, which keeps its own requests to itself. */
async function send(sdk, method, path, body) {
  const headers = { authorization: `Bearer ${sdk.auth().getAccessToken()}`, "content-type": "application/json" };
  const answer = await fetch(`${URL_}/api/v1/${path}`, { method, headers, body: body && JSON.stringify(body) });
  return { status: answer.status, ...(await answer.json()) };
}

const signedIn = (token) => new InfisicalSDK({ siteUrl: URL_ }).auth().accessToken(token);

client("@infisical/sdk");
const admin = signedIn(KNOWN.access_token);
const wanted = { name: "driven", organizationId: KNOWN.organization_id, role: "admin" };
const { identity } = await send(admin, "POST", "identities", wanted);
ok("an identity is made with the token that the SDK holds", identity?.id, identity);
const auth = `auth/token-auth/identities/${identity.id}`;
await send(admin, "POST", auth, { accessTokenTTL: 3600, accessTokenMaxTTL: 7200 });
const minted = await send(admin, "POST", `${auth}/tokens`, { name: "driven" });
same("a token is minted", minted.expiresIn, 3600);

let sdk = signedIn(minted.accessToken);
const [token] = (await send(admin, "GET", `${auth}/tokens`)).tokens;
same("and listed by its name", token.name, "driven");
sdk = await sdk.auth().universalAuth.renew();
ok("the SDK renews it", sdk.auth().getAccessToken().split(".").length === 3);
same("and goes on with its successor", (await send(sdk, "GET", `identities/${identity.id}`)).status, 200);
await send(admin, "POST", `auth/token-auth/tokens/${token.id}/revoke`);
same("the token is revoked", (await send(sdk, "GET", `identities/${identity.id}`)).status, 401);
const revoked = (error) => /StatusCode=401.*revoked/.test(error.message);
await refused("the SDK cannot renew it then, and says why", () => sdk.auth().universalAuth.renew(), revoked);
await refused("nor one that is none", () => signedIn("none").auth().universalAuth.renew());
