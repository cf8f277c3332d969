// Beyond Identity's authorization endpoint: a person approves or denies.

import assert from 'node:assert/strict';

import { press, tabTo } from '../keyboard.js';
import { look } from '../look.js';

// RFC 7636, appendix B.
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

export default async function authorize({ specmint, browser, step }) {
  const { url, demo: { beyond_identity: it } } = specmint;
  const application = `${url}/v1/tenants/${it.tenant_id}/realms/${it.realm_id}/applications/${it.public_application_id}`;
  const { origin } = new URL(it.redirect_uri);
  const asked = { client_id: it.public_client_id, redirect_uri: it.redirect_uri };

  /** Someone who follows the client's link: their window, the page's parts, and where the client hears of it. */
  const arrive = async (state, options) => {
    const person = await browser.person(options);
    const returns = person.site(origin, '<!doctype html><title>The client</title><h1>Back at the client</h1>');
    const query = new URLSearchParams({
      response_type: 'code', ...asked, scope: 'orders:read', state, code_challenge: CHALLENGE, code_challenge_method: 'S256',
    });
    const page = await person.open(`${application}/authorize?${query}`);
    await page.getByRole('heading', { name: 'asks for access' }).waitFor();
    return { person, page, returns };
  };

  /** What came back to the client, once. */
  const back = async ({ page, returns }) => {
    await page.getByRole('heading', { name: 'Back at the client' }).waitFor();
    assert.equal(returns.length, 1);
    const came = new URL(returns[0]);
    assert.equal(`${came.origin}${came.pathname}`, it.redirect_uri);
    return Object.fromEntries(came.searchParams);
  };

  /** Redeems a code: the status, and the answer. */
  const redeem = async (code) => {
    const body = new URLSearchParams({ grant_type: 'authorization_code', code, ...asked, code_verifier: VERIFIER });
    const answer = await fetch(`${application}/token`, { method: 'POST', body });
    return { status: answer.status, answer: await answer.json() };
  };

  const subject = (accessToken) => JSON.parse(Buffer.from(accessToken.split('.')[1], 'base64url')).sub;

  await step('the page names what is asked, who may go on and what they can do', async () => {
    const { page } = await arrive('names');
    await page.getByRole('listitem').filter({ hasText: 'orders:read' }).waitFor();
    const people = page.getByRole('group', { name: 'Go on as' }).getByRole('radio');
    assert.equal(await people.count(), 2);
    assert.equal(await people.first().isChecked(), true);
    await page.getByRole('button', { name: 'Approve' }).waitFor();
    await page.getByRole('button', { name: 'Deny' }).waitFor();
    await look(page, 'authorize');
  });

  const first = await step('approve with the mouse, redeem the code once', async () => {
    const visit = await arrive('mouse');
    await visit.page.getByRole('button', { name: 'Approve' }).click();
    const { code, state } = await back(visit);
    assert.equal(state, 'mouse');
    const { status, answer } = await redeem(code);
    assert.equal(status, 200, JSON.stringify(answer));
    assert.equal(answer.token_type.toLowerCase(), 'bearer');
    assert.equal((await redeem(code)).status, 400);
    return subject(answer.access_token);
  });

  await step('approve with the keyboard alone, as another person', async () => {
    const visit = await arrive('keyboard');
    const { page } = visit;
    await tabTo(page, page.getByRole('radio').first());
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.getByRole('radio').nth(1).isChecked(), true);
    await press(page, page.getByRole('button', { name: 'Approve' }), 'Enter');
    const { code, state } = await back(visit);
    assert.equal(state, 'keyboard');
    const { status, answer } = await redeem(code);
    assert.equal(status, 200, JSON.stringify(answer));
    assert.notEqual(subject(answer.access_token), first);
  });

  await step('deny with the keyboard alone', async () => {
    const visit = await arrive('no');
    await press(visit.page, visit.page.getByRole('button', { name: 'Deny' }), 'Space');
    const { error, state, code } = await back(visit);
    assert.deepEqual({ error, state, code }, { error: 'access_denied', state: 'no', code: undefined });
  });

  await step('approve without JavaScript', async () => {
    const visit = await arrive('plain', { javaScriptEnabled: false });
    await visit.page.getByRole('button', { name: 'Approve' }).click();
    const { code } = await back(visit);
    assert.equal((await redeem(code)).status, 200);
  });
}
