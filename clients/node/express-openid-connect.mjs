// express-openid-connect, a site of Express that has people sign in; answers come by POST.

import express from "express";
import openidConnect from "express-openid-connect";

import { BEYOND_IDENTITY, MANAGEMENT, client, makeRelyingParty, ok, same } from "./common.mjs";

/** A browser that keeps cookies, and sends the form of a page that sends itself. */
function browser() {
  const cookies = new Map();
  return async function go(url, init = {}) {
    const cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
    const answer = await fetch(url, { redirect: "manual", headers: { cookie }, ...init });
    for (const given of answer.headers.getSetCookie()) {
      const [, name, value] = given.match(/^([^=]+)=([^;]*)/);
      cookies.set(name, value);
    }
    return answer;
  };
}

/** What a page's form sends, and where to. */
function form(page) {
  const text = (escaped) => escaped.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code));
  const fields = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  const body = new URLSearchParams(fields.map(([, name, value]) => [name, text(value)]));
  return [text(page.match(/action="([^"]*)"/)[1]), { method: "POST", body }];
}

client("express-openid-connect");
const { client_id, client_secret } = BEYOND_IDENTITY;
const asked = new URLSearchParams({ grant_type: "client_credentials", client_id, client_secret });
const granted = await (await fetch(`${MANAGEMENT}/token`, { method: "POST", body: asked })).json();

const app = express();
const listening = await new Promise((done) => {
  const server = app.listen(0, "127.0.0.1", () => done(server));
});
const site = `http://127.0.0.1:${listening.address().port}`;
const made = await makeRelyingParty(granted.access_token, { redirect_uris: [`${site}/callback`], pkce: "disabled" });
app.use(
  openidConnect.auth({
    issuerBaseURL: made.url,
    baseURL: site,
    clientID: made.clientId,
    clientSecret: made.clientSecret,
    clientAuthMethod: "client_secret_basic",
    secret: "a secret of the site's own, to seal its cookies",
    authRequired: false,
    authorizationParams: { response_type: "code", response_mode: "form_post", scope: "openid profile email offline_access" },
  }),
);
app.get("/me", openidConnect.requiresAuth(), async (request, response) => {
  const before = request.oidc.accessToken.access_token;
  const after = (await request.oidc.accessToken.refresh()).access_token;
  const told = await request.oidc.fetchUserInfo();
  response.json({ claims: request.oidc.user, told, refreshed: before !== after });
});

const go = browser();
const page = await go((await go(`${site}/login`)).headers.get("location"));
const [action, answer] = form(await page.text());
same("the answer is sent by POST", action, `${site}/callback`);
const back = await go(action, answer);
ok("the site takes it and its tokens", back.status === 302, `${back.status}`);
const me = await (await go(`${site}/me`)).json();
same("the ID token names the person", me.claims.name, "Ada Lovelace");
same("userinfo does", me.told.email, "ada@example.com");
ok("the access token is refreshed", me.refreshed);
listening.close();
listening.closeAllConnections();
