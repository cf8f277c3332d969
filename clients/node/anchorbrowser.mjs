// AnchorBrowser's own SDK.

import Anchorbrowser from "anchorbrowser";

import { DEMO, URL_, browse, client, ok, refused, same } from "./common.mjs";

const CALLBACK = "https://app.example.com/done";
const api = (apiKey) => new Anchorbrowser({ apiKey, baseURL: URL_, maxRetries: 0 });
const missing = (error) => error instanceof Anchorbrowser.NotFoundError;

client("anchorbrowser");
const { applications, identities } = api(DEMO.anchorbrowser.api_key);
const wrong = (error) => error instanceof Anchorbrowser.AuthenticationError;
await refused("a wrong key is refused", () => api("wrong").applications.list(), wrong);

const made = await applications.create({
  source: "https://books.example.com/login",
  name: "Books",
  description: "Of a shop",
});
same("an application is made", [made.name, made.description], ["Books", "Of a shop"]);
const found = await applications.list({ search: "Books" });
same(
  "it is found by its name",
  found.applications.map((each) => each.id),
  [made.id],
);

const flow = await applications.authFlows.create(made.id, {
  name: "Both",
  methods: ["username_password", "authenticator"],
});
const flows = await applications.authFlows.list(made.id);
same(
  "an auth flow is made and listed",
  flows.auth_flows.map((each) => each.id),
  [flow.id],
);

const { data } = await applications.createIdentityToken(made.id, { callbackUrl: CALLBACK });
ok(
  "an identity token is minted for a quarter of an hour",
  Date.parse(data.expires_at) - Date.now() < 901_000,
  data.expires_at,
);
const page = `${URL_}/identity/create?token=${data.token}`;
const entered = { username: "grace", password: "a secret of hers", secret: "JBSWY3DPEHPK3PXP" };
const back = new URL(await browse(page, entered));
same(
  "the person signs in on the page and goes back",
  [back.origin + back.pathname, back.searchParams.get("status")],
  [CALLBACK, "success"],
);
const id = back.searchParams.get("identity_id");
const again = await fetch(page);
same("the token works once", again.status, 410);
same("the identity is read", (await identities.retrieve(id)).id, id);
const listed = await applications.listIdentities(made.id);
same(
  "and listed",
  listed.identities.map((each) => each.id),
  [id],
);

const credentials = [{ type: "custom", fields: [{ name: "pin", value: "1234" }] }];
const other = await identities.create({
  source: "https://books.example.com/login",
  credentials,
  metadata: { team: "blue" },
});
same("an identity is made by the API", other.metadata, { team: "blue" });
const filtered = await applications.listIdentities(made.id, { metadata: JSON.stringify({ team: "blue" }) });
same(
  "it is found by its metadata",
  filtered.identities.map((each) => each.id),
  [other.id],
);
same("it is renamed", (await identities.update(other.id, { name: "Renamed" })).name, "Renamed");
await identities.delete(other.id);
await refused("and deleted", () => identities.retrieve(other.id), missing);
ok("the auth flow is deleted", (await applications.authFlows.delete(flow.id, { application_id: made.id })).success);
ok("the application is deleted", (await applications.delete(made.id)).success);
await refused("and not found then", () => applications.retrieve(made.id), missing);
