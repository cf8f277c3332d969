// What the drivers share: the demo's objects, the browser's part, and how steps are told.

import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";

export const URL_ = process.env.CLIENTS_URL;
export const DEMO = JSON.parse(readFileSync(process.env.CLIENTS_DEMO, "utf8"));

/** Tells which client is driven. */
export function client(name) {
  const manifest = new URL(`node_modules/${name}/package.json`, import.meta.url);
  console.log(`client  ${name} ${JSON.parse(readFileSync(manifest, "utf8")).version}`);
}

/** Tells of a step; ends the run at the first that is wrong. */
export function ok(what, right = true, seen = undefined) {
  if (!right) {
    console.log(`WRONG  ${what}${seen === undefined ? "" : `: ${seen?.stack ?? JSON.stringify(seen)}`}`);
    process.exit(1);
  }
  console.log(`ok  ${what}`);
}

/** A step that is right if two things are the same. */
export const same = (what, seen, expected) => ok(what, isDeepStrictEqual(seen, expected), seen);

/** A step that is right if `call` fails, with an error that `is` says is the right one. */
export async function refused(what, call, is = () => true) {
  let answer;
  try {
    answer = await call();
  } catch (error) {
    return ok(what, is(error), error);
  }
  ok(what, false, answer);
}

/** Goes to a page as a browser does, approves there if it asks, and returns where the browser is sent. */
export async function browse(url, filledIn = {}) {
  let answer = await fetch(url, { redirect: "manual" });
  if (answer.status === 200) {
    const [form, inside] = (await answer.text()).match(/<form[^>]*>([\s\S]*?)<\/form>/);
    const fields = {};
    for (const [tag] of inside.matchAll(/<(?:input|button)\b[^>]*>/g)) {
      const given = Object.fromEntries([...tag.matchAll(/([a-z_]+)="([^"]*)"/g)].map((each) => each.slice(1)));
      const chosen = given.type !== "radio" || / checked/.test(tag);
      if (given.name && chosen && !(given.name in fields)) fields[given.name] = given.value ?? "";
    }
    const action = new URL(form.match(/action="([^"]*)"/)[1], url);
    const body = new URLSearchParams({ ...fields, ...filledIn });
    answer = await fetch(action, { method: "POST", body, redirect: "manual" });
  }
  const location = answer.headers.get("location");
  ok("the browser is sent back", location !== null, `${answer.status}`);
  return location;
}

// Beyond Identity's objects.

export const BEYOND_IDENTITY = DEMO.beyond_identity;
export const REALM = `${URL_}/v1/tenants/${BEYOND_IDENTITY.tenant_id}/realms/${BEYOND_IDENTITY.realm_id}`;
export const REDIRECT_URI = "https://rp.example.com/callback";

/** An application is the issuer of its tokens. */
export const issuer = (applicationId) => `${REALM}/applications/${applicationId}`;

export const MANAGEMENT = issuer(BEYOND_IDENTITY.application_id);

const ORDERS = {
  display_name: "Orders",
  identifier: "https://orders.example.com",
  scopes: ["orders:read", "orders:create"],
};

/** Makes a resource server and an application by the management API, with an access token: its issuer, and its
 * client's name and secret. */
export async function makeRelyingParty(accessToken, protocol = {}) {
  const post = async (path, body) => {
    const headers = { authorization: `Bearer ${accessToken}`, "content-type": "application/json" };
    const answer = await fetch(`${REALM}/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    const made = await answer.json();
    ok(`POST /${path} is answered`, answer.ok, made);
    return made;
  };
  const server = await post("resource-servers", { resource_server: ORDERS });
  const application = await post("applications", {
    application: {
      display_name: "Driven by a client",
      resource_server_id: server.id,
      protocol_config: {
        type: "oidc",
        confidentiality: "confidential",
        token_endpoint_auth_method: "client_secret_basic",
        grant_type: ["authorization_code"],
        redirect_uris: [REDIRECT_URI],
        allowed_scopes: ORDERS.scopes,
        token_configuration: { expires_after: 3600, token_signing_algorithm: "RS256", subject_field: "id" },
        pkce: "s256",
        token_format: "self_contained",
        enable_refresh_tokens: true,
        ...protocol,
      },
    },
  });
  const config = application.protocol_config;
  return { url: issuer(application.id), clientId: config.client_id, clientSecret: config.client_secret };
}
