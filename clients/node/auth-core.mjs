// Auth.js, with the provider that it ships for Beyond Identity.

import { Auth } from "@auth/core";
import BeyondIdentity from "@auth/core/providers/beyondidentity";
import { ClientCredentials } from "simple-oauth2";

import { BEYOND_IDENTITY, MANAGEMENT, browse, client, makeRelyingParty, ok, same } from "./common.mjs";

const SITE = "https://rp.example.com/auth";

client("@auth/core");
const machine = new ClientCredentials({
  client: { id: BEYOND_IDENTITY.client_id, secret: BEYOND_IDENTITY.client_secret },
  auth: { tokenHost: MANAGEMENT, tokenPath: `${new URL(MANAGEMENT).pathname}/token` },
});
const { token } = await machine.getToken({});
const made = await makeRelyingParty(token.access_token, { redirect_uris: [`${SITE}/callback/beyondidentity`] });

const checks = ["pkce", "state", "nonce"];
const provider = BeyondIdentity({ clientId: made.clientId, clientSecret: made.clientSecret, issuer: made.url, checks });
const config = {
  basePath: "/auth",
  providers: [provider],
  secret: "of no account, for nobody else can reach it",
  trustHost: true,
};

// The site's cookies, as the person's browser keeps them.
const cookies = new Map();

/** What the site answers the browser. */
async function visit(path, init = {}) {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const request = new Request(`${SITE}/${path}`, { ...init, headers: { ...init.headers, cookie } });
  const answer = await Auth(request, config);
  for (const each of answer.headers.getSetCookie()) {
    const [, name, value] = each.match(/^([^=]+)=([^;]*)/);
    if (value === "") cookies.delete(name);
    else cookies.set(name, value);
  }
  return answer;
}

const { csrfToken } = await (await visit("csrf")).json();
const form = {
  method: "POST",
  headers: { "content-type": "application/x-www-form-urlencoded" },
  body: new URLSearchParams({ csrfToken }).toString(),
};
const asked = (await visit("signin/beyondidentity", form)).headers.get("location");
ok("the site sends the browser to the endpoint that it discovered", asked.startsWith(`${made.url}/authorize?`), asked);
const back = new URL(await browse(asked));
const answer = await visit(`callback/beyondidentity${back.search}`);
ok(
  "the site takes the code and verifies the ID token",
  !answer.headers.get("location")?.includes("error"),
  answer.headers.get("location"),
);
const session = await (await visit("session")).json();
ok("there is a session", session?.user, session);
same("of the person who approved", [session.user.name, session.user.email], ["Ada Lovelace", "ada@example.com"]);
