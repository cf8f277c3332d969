// VTEX's pages: a merchant signs up or in and lets VTEX call the provider.

import assert from 'node:assert/strict';

import { curl } from '../curl.js';
import { press, type } from '../keyboard.js';
import { look } from '../look.js';

const STORE = 'https://store.example.com';
const EMAIL = 'ada@merchant.example';
const PASSWORD = 'correct horse battery staple';
const PAIRS = [['X-VTEX-API-AppKey', 'X-VTEX-API-AppToken'], ['X-PROVIDER-API-AppKey', 'X-PROVIDER-API-AppToken']];

export default async function vtex({ specmint, browser, step }) {
  const { url, demo: { vtex: { application_id: applicationId } } } = specmint;

  /** The address that VTEX sends the merchant to. */
  const link = (query) => {
    const data = JSON.stringify({ applicationId, returnUrl: `${STORE}/return${query}` });
    const { status, body } = curl(`${url}/authorization/token`, '-H', 'Content-Type: application/json', '-d', data);
    assert.equal(status, 200, body);
    const { token } = JSON.parse(body);
    return `${url}/authorization/redirect?${new URLSearchParams({ token, applicationId })}`;
  };

  /** A merchant at the page: their window, and the visits to the store. */
  const arrive = async (query, options) => {
    const person = await browser.person(options);
    const returns = person.site(STORE, '<!doctype html><title>The store</title><h1>Back at the store</h1>');
    const page = await person.open(link(query));
    await page.getByRole('heading', { name: 'Connect store.example.com' }).waitFor();
    return { person, page, returns };
  };

  /** The parts of the page on which one signs in. */
  const parts = (page) => ({
    email: page.getByLabel('E-mail address', { exact: true }),
    password: page.getByLabel('Password', { exact: true }),
    signIn: page.getByRole('button', { name: 'Sign in' }),
    newEmail: page.getByLabel('Your e-mail address'),
    newPassword: page.getByLabel('A new password'),
    signUp: page.getByRole('button', { name: 'Make the account' }),
    unfold: page.locator('summary'),
    connect: page.getByRole('button', { name: 'Connect', exact: true }),
    deny: page.getByRole('button', { name: 'Do not connect' }),
  });

  const signIn = async ({ page }, password = PASSWORD) => {
    const { email, password: field, signIn: button } = parts(page);
    await email.fill(EMAIL);
    await field.fill(password);
    await button.click();
  };

  /** The query that the store gets, once. */
  const back = async ({ page, returns }) => {
    await page.getByRole('heading', { name: 'Back at the store' }).waitFor();
    assert.equal(returns.length, 1);
    assert.ok(returns[0].startsWith(`${STORE}/return?`), returns[0]);
    return [...new URL(returns[0]).searchParams];
  };

  /** VTEX's last call. */
  const redeem = (code) => curl(`${url}/authorization/credentials?${new URLSearchParams({ authorizationCode: code, applicationId })}`);

  const manifest = (pair, appKey, appToken) => curl(`${url}/manifest`, '-H', `${pair[0]}: ${appKey}`, '-H', `${pair[1]}: ${appToken}`).status;

  await step('sign up and connect; the credentials open the manifest, until the code is used again', async () => {
    const visit = await arrive('?authorizationCode=&store=1');
    const { page } = visit;
    const { unfold, newEmail, newPassword, signUp, connect } = parts(page);
    await look(page, 'vtex');
    await unfold.click();
    await newEmail.fill(EMAIL);
    await newPassword.fill(PASSWORD);
    await look(page, 'vtex-sign-up');
    await signUp.click();
    await page.getByText(EMAIL).waitFor();
    await look(page, 'vtex-consent');
    await connect.click();
    const [[name, code], ...rest] = await back(visit);
    assert.deepEqual([name, rest], ['authorizationCode', [['store', '1']]]);
    const { status, body } = redeem(code);
    assert.equal(status, 200, body);
    const { appKey, appToken } = JSON.parse(body);
    for (const pair of PAIRS) {
      assert.equal(manifest(pair, appKey, appToken), 200);
      assert.equal(manifest(pair, appKey, `${appToken}x`), 401);
    }
    // Who has the code as well may have what it gave.
    assert.equal(redeem(code).status, 400);
    assert.equal(manifest(PAIRS[0], appKey, appToken), 401);
  });

  await step('a wrong password is refused and the page stays usable', async () => {
    const visit = await arrive('?x=1');
    const { page, person } = visit;
    person.expect('status of 403');
    await signIn(visit, 'wrong horse battery staple');
    await page.getByRole('alert').waitFor();
    assert.equal(await parts(page).email.inputValue(), EMAIL);
    assert.equal(await parts(page).password.inputValue(), '');
    await look(page, 'vtex-wrong');
    await signIn(visit);
    await parts(page).connect.click();
    const [first, [name, code]] = await back(visit);
    assert.deepEqual([first, name, Boolean(code)], [['x', '1'], 'authorizationCode', true]);
  });

  await step('an e-mail address that is taken is refused', async () => {
    const { page, person } = await arrive('?x=1');
    const { unfold, newEmail, newPassword, signUp } = parts(page);
    await unfold.click();
    await newEmail.fill(EMAIL);
    await newPassword.fill(PASSWORD);
    person.expect('status of 409');
    await signUp.click();
    await page.getByRole('alert').filter({ hasText: 'Sign in instead' }).waitFor();
    await look(page, 'vtex-taken');
  });

  await step('with the keyboard alone', async () => {
    const visit = await arrive('?authorizationCode=');
    const { page } = visit;
    const { email, password, connect } = parts(page);
    await type(page, email, EMAIL);
    await type(page, password, PASSWORD);
    await page.keyboard.press('Enter');
    await connect.waitFor();
    await press(page, connect, 'Enter');
    assert.equal((await back(visit)).length, 1);
  });

  await step('without JavaScript', async () => {
    const visit = await arrive('?authorizationCode=', { javaScriptEnabled: false });
    await signIn(visit);
    await parts(visit.page).connect.click();
    assert.equal((await back(visit)).length, 1);
  });

  await step('who does not connect goes nowhere, and the link is of no more use', async () => {
    const visit = await arrive('?authorizationCode=');
    const { page, person, returns } = visit;
    const href = page.url();
    await signIn(visit);
    await press(page, parts(page).deny, 'Enter');
    await page.getByRole('button').first().waitFor({ state: 'detached' });
    await look(page, 'vtex-denied');
    person.expect('status of 400');
    await page.goto(href);
    await look(page, 'vtex-used');
    assert.equal(await page.getByRole('textbox').count(), 0);
    assert.deepEqual(returns, []);
  });
}
