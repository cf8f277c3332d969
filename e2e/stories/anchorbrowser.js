// AnchorBrowser's hosted page: a person redeems an identity token.

import assert from 'node:assert/strict';

import { press, type } from '../keyboard.js';
import { look } from '../look.js';

const ORIGIN = 'https://app.example.com';
const ELSEWHERE = 'http://localhost:3000';
const CALLBACK = `${ORIGIN}/linked?from=e2e`;
const PASSWORD = 'correct horse battery staple';

/** The app that sends people here, and where they come back to; it tells the opener, so that one knows all was said. */
const APP = `<!doctype html><title>The app</title><h1>Back at the app</h1>
<script>window.opener?.postMessage('the end', '*')</script>`;

export default async function anchorbrowser({ specmint, browser, step }) {
  const { url, demo: { anchorbrowser: it } } = specmint;

  /** Calls the API; returns the answer. */
  const call = async (method, path, body) => {
    const headers = { 'anchor-api-key': it.api_key, 'Content-Type': 'application/json' };
    const answer = await fetch(`${url}${path}`, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  };

  const application = (name) => call('POST', '/v1/applications', { source: `https://${name}.example.com/login`, name });

  /** The link for a person, by a new token of an application. */
  const link = async (id = it.application_id) => {
    const { token } = await call('POST', `/v1/applications/${id}/tokens`, { callbackUrl: CALLBACK });
    return `${url}/identity/create?${new URLSearchParams({ token })}`;
  };

  /** Someone who follows a link: their window, and the visits to the app. */
  const arrive = async (href, options) => {
    const person = await browser.person(options);
    const returns = person.site(ORIGIN, APP);
    return { person, page: await person.open(href), returns };
  };

  /** The identity that the app hears of, once. */
  const back = async ({ page, returns }) => {
    await page.getByRole('heading', { name: 'Back at the app' }).waitFor();
    assert.equal(returns.length, 1);
    const { searchParams } = new URL(returns[0]);
    const { from, identity_id, identityId, status } = Object.fromEntries(searchParams);
    assert.deepEqual({ from, identityId, status }, { from: 'e2e', identityId: identity_id, status: 'success' });
    return call('GET', `/v1/identities/${identity_id}`);
  };

  const fillIn = async (page) => {
    await page.getByLabel('Username').fill('ada@example.com');
    await page.getByLabel('Password').fill(PASSWORD);
  };

  /** Opens what is no longer to be redeemed, and sees it refused. */
  const refused = async (href, status, heading, name) => {
    const person = await browser.person();
    person.expect(`status of ${status}`);
    const page = await person.open();
    const answer = await page.goto(href);
    assert.equal(answer.status(), status);
    await page.getByRole('heading', { name: heading }).waitFor();
    assert.equal(await page.getByRole('textbox').count(), 0);
    await look(page, name);
  };

  const used = await step('fill in the form, come back with an identity, that never shows what was filled in', async () => {
    const href = `${await link()}&userName=Ada`;
    const visit = await arrive(href);
    await visit.page.getByRole('heading', { name: 'Demo application' }).waitFor();
    await look(visit.page, 'anchorbrowser');
    await fillIn(visit.page);
    await visit.page.getByRole('button', { name: 'Connect' }).click();
    const identity = await back(visit);
    assert.equal(identity.name, 'Ada');
    assert.doesNotMatch(JSON.stringify(identity), new RegExp(PASSWORD));
    return href;
  });

  await step('a link that was used says so', () => refused(used, 410, 'has been used', 'anchorbrowser-used'));

  await step('a link that was cut off says so', async () => {
    const href = (await link()).slice(0, -9);
    await refused(href, 404, 'is not known', 'anchorbrowser-unknown');
  });

  await step('a link to an application that is gone says so', async () => {
    const { id } = await application('short-lived');
    const href = await link(id);
    await call('DELETE', `/v1/applications/${id}`);
    await refused(href, 410, 'no longer good', 'anchorbrowser-withdrawn');
  });

  await step('with the keyboard alone', async () => {
    const visit = await arrive(await link());
    const { page } = visit;
    await type(page, page.getByLabel('Username'), 'grace@example.com');
    await type(page, page.getByLabel('Password'), PASSWORD);
    await press(page, page.getByRole('button', { name: 'Connect' }), 'Enter');
    await back(visit);
  });

  await step('without JavaScript', async () => {
    const visit = await arrive(await link(), { javaScriptEnabled: false });
    await fillIn(visit.page);
    await visit.page.getByRole('button', { name: 'Connect' }).click();
    await back(visit);
  });

  await step('several flows, chosen with the keyboard; what is wrong is said, and the link stays good', async () => {
    const { id } = await application('several');
    await call('POST', `/v1/applications/${id}/auth-flows`, { name: 'Password', methods: ['username_password'] });
    await call('POST', `/v1/applications/${id}/auth-flows`, {
      name: 'Staff', description: 'As on the badge.', methods: ['authenticator', 'custom'], custom_fields: [{ name: 'Badge' }], is_recommended: true,
    });
    const visit = await arrive(await link(id));
    const { page, person } = visit;
    await page.getByLabel('Badge').waitFor();
    assert.equal(await page.getByLabel('Username').isVisible(), false);
    await look(page, 'anchorbrowser-flows');
    await press(page, page.locator('summary').filter({ hasText: 'Password' }), 'Enter');
    assert.equal(await page.getByLabel('Badge').isVisible(), false);
    await press(page, page.locator('summary').filter({ hasText: 'Staff' }), 'Enter');
    await type(page, page.getByLabel('Authenticator setup key'), 'not base 32: 01');
    await type(page, page.getByLabel('Badge'), '7');
    person.expect('status of 400');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'setup key' }).waitFor();
    await look(page, 'anchorbrowser-wrong');
    await type(page, page.getByLabel('Authenticator setup key'), 'JBSWY3DPEHPK3PXP');
    await type(page, page.getByLabel('Badge'), '7');
    await page.keyboard.press('Enter');
    await back(visit);
  });

  /** Someone redeems a link in a popup of a page at `opener`: the identity, and what that page heard of the popup. */
  const inPopup = async (opener) => {
    const href = await link();
    const person = await browser.person();
    const returns = person.site(ORIGIN, APP);
    person.site(ELSEWHERE, '<!doctype html><title>Another site</title>');
    const page = await person.open(opener);
    await page.evaluate(() => {
      window.heard = [];
      window.addEventListener('message', ({ origin, data }) => window.heard.push({ origin, data }));
    });
    const popup = await person.popup(() => page.evaluate((to) => {
      window.open(to, 'link', 'popup,width=480,height=640');
    }, href));
    await fillIn(popup);
    await popup.getByRole('button', { name: 'Connect' }).click();
    await page.waitForFunction(() => window.heard.at(-1)?.data === 'the end');
    const heard = await page.evaluate(() => window.heard.slice(0, -1));
    return { heard, identityId: new URL(returns.at(-1)).searchParams.get('identity_id') };
  };

  await step('a popup tells its opener', async () => {
    const { heard, identityId } = await inPopup(`${ORIGIN}/start`);
    assert.deepEqual(heard, [{ origin: url, data: { type: 'identity-created', identityId } }]);
  });

  await step('a popup tells its opener also where that is of another origin than the callback URL', async () => {
    const { heard, identityId } = await inPopup(`${ELSEWHERE}/start`);
    assert.deepEqual(heard, [{ origin: url, data: { type: 'identity-created', identityId } }]);
  });
}
