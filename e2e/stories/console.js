// The console, on the administration's listener: an administrator makes tokens, sees them at work, and revokes them.

import assert from 'node:assert/strict';

import { paste, status } from '../curl.js';
import { press, tabTo, type } from '../keyboard.js';
import { look } from '../look.js';

/** What has tokens in the demo; whether those are given scopes; whether pictures are taken of how one is made, and under which name. */
const OWNERS = [
  { provider: 'AnchorBrowser', name: 'Demo team', scoped: false },
  { provider: 'Applivery', name: 'Demo application', scoped: false },
  { provider: 'Applivery', name: 'Demo organization', scoped: true },
  { provider: 'Infisical', name: 'Demo identity', scoped: false },
  { provider: 'Beyond Identity', name: 'Beyond Identity Management API', scoped: true, pictures: 'console-scopes' },
];
const [TEAM] = OWNERS;
const SCOPED = OWNERS.find(({ scoped }) => scoped);

export default async function administer({ specmint, browser, step }) {
  const { consoleUrl } = specmint;
  const key = specmint.run('admin', 'key', '--name', 'e2e');
  const person = await browser.person();
  await person.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(consoleUrl).origin });
  const page = await person.open();
  const heading = (name, of = page) => of.getByRole('heading', { name, level: 1 });
  const menu = (name, of = page) => of.getByRole('navigation', { name: 'Console' }).getByRole('link', { name });
  const button = (name, of = page) => of.getByRole('button', { name, exact: true });
  const row = (name, of = page) => of.getByRole('row').filter({ has: of.getByRole('rowheader', { name }) });

  const signIn = async (of, secret = key) => {
    await of.getByLabel('Administration key').fill(secret);
    await button('Sign in', of).click();
  };

  /** From the menu to the tokens of `owner`. */
  const visit = async ({ provider, name }, of = page) => {
    await menu('Applications', of).click();
    await of.getByLabel('Search').fill(name);
    await button('Show', of).click();
    await row(name, of).filter({ hasText: provider }).getByRole('link', { name }).first().click();
    await heading(name, of).waitFor();
  };

  /** From the tokens of an owner to a new one: its secret, and the command that uses it. */
  const create = async (name, { scoped, pictures }, of = page) => {
    await of.getByRole('link', { name: 'Create token' }).click();
    await of.getByLabel('Name').fill(name);
    if (scoped) await of.getByRole('checkbox', { name: /^All/ }).check();
    if (pictures) await look(of, `${pictures}-create`);
    await button('Create token', of).click();
    await heading('Token created', of).waitFor();
    if (pictures) await look(of, `${pictures}-created`);
    return { secret: await of.locator('#secret').textContent(), command: await of.locator('#curl').textContent() };
  };

  await step('asks for a key, and refuses a wrong one', async () => {
    await page.goto(`${consoleUrl}tokens?state=active`);
    await heading('Sign in').waitFor();
    await look(page, 'console-sign-in');
    person.expect('status of 403');
    await signIn(page, `${key}x`);
    await page.getByRole('alert').waitFor();
    assert.equal(await page.getByLabel('Administration key').inputValue(), '');
    await look(page, 'console-sign-in-wrong');
  });

  await step('sign in with the keyboard alone, and go on to where one wanted to', async () => {
    await type(page, page.getByLabel('Administration key'), key);
    await page.keyboard.press('Enter');
    await heading('Tokens').waitFor();
    assert.equal(page.url(), `${consoleUrl}tokens?state=active`);
    const cookies = await person.context.cookies();
    assert.ok(cookies.length > 0);
    for (const { httpOnly, sameSite, name, value } of cookies) {
      assert.deepEqual({ name, httpOnly, sameSite }, { name, httpOnly: true, sameSite: 'Lax' });
      assert.notEqual(value, key);
    }
  });

  await step('the overview counts what is there', async () => {
    await menu('Overview').click();
    await heading('Overview').waitFor();
    for (const { provider } of OWNERS) await page.getByRole('heading', { name: provider, level: 3 }).waitFor();
    await look(page, 'console-overview');
  });

  await step('the applications of all providers are listed and found', async () => {
    await menu('Applications').click();
    for (const { name, provider } of OWNERS) await row(name).filter({ hasText: provider }).first().waitFor();
    await look(page, 'console-applications');
    await page.getByLabel('Search').fill('nobody is called like that');
    await page.keyboard.press('Enter');
    await page.getByText('Nothing is called like that').waitFor();
    await look(page, 'console-applications-none');
  });

  await step('create a token with the keyboard alone, with all scopes', async () => {
    await visit(SCOPED);
    await press(page, page.getByRole('link', { name: 'Create token' }), 'Enter');
    await heading('Create token').waitFor();
    await look(page, 'console-create');
    await type(page, page.getByLabel('Name'), 'By keyboard');
    const boxes = page.getByRole('checkbox');
    await press(page, boxes.first(), 'Space');
    const ticked = await boxes.evaluateAll((each) => each.filter((one) => one.checked).length);
    assert.equal(ticked, await boxes.count());
    await press(page, button('Create token'), 'Enter');
    await heading('Token created').waitFor();
    await look(page, 'console-created');
  });

  await step('copy the secret, which is shown only once', async () => {
    const secret = await page.locator('#secret').textContent();
    await tabTo(page, page.getByRole('button', { name: 'Copy the token' }));
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: 'Copied' }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), secret);
    await page.getByRole('link', { name: 'View token' }).click();
    await heading('By keyboard').waitFor();
    assert.ok(!(await page.content()).includes(secret));
    await look(page, 'console-token');
  });

  for (const owner of OWNERS) {
    await step(`${owner.provider}, ${owner.name}: create, use by curl, revoke, refused by curl`, async () => {
      await visit(owner);
      const name = `E2E for ${owner.name}`;
      const { secret, command } = await create(name, owner);
      assert.ok(command.includes(secret));
      await page.getByRole('button', { name: 'Copy the command' }).click();
      await page.getByRole('status').filter({ hasText: 'Copied' }).waitFor();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      assert.equal(copied, command);
      assert.ok(!paste(copied).includes('error'));
      assert.equal(status(command), 200, command);
      await page.getByRole('link', { name: 'Done' }).click();
      await row(name).getByText('active').waitFor();
      await look(page, `console-tokens-of-${owner.provider}-${owner.name}`.toLowerCase().replaceAll(' ', '-'));
      await row(name).getByRole('link', { name: 'Revoke' }).click();
      await heading('Revoke').waitFor();
      if (owner === TEAM) await look(page, 'console-revoke');
      await button('Revoke token').click();
      await row(name).getByText('revoked').waitFor();
      assert.ok([401, 403].includes(status(command)), command);
    });
  }

  await step('think better of revoking', async () => {
    await visit(SCOPED);
    await press(page, row('By keyboard').getByRole('link', { name: 'Revoke' }), 'Enter');
    await press(page, page.getByRole('link', { name: 'Cancel' }), 'Enter');
    await row('By keyboard').getByText('active').waitFor();
  });

  await step('a list shows what others do, without being loaded again', async () => {
    const { href } = new URL(await row('By keyboard').getByRole('link', { name: 'By keyboard', exact: true }).getAttribute('href'), page.url());
    await page.evaluate(() => { window.isTheSame = true; });
    await row('By keyboard').evaluate((element) => { element.isTheSame = true; });
    specmint.run('admin', 'revoke', href.split('/').at(-1));
    await row('By keyboard').getByText('revoked').waitFor();
    assert.equal(await page.evaluate(() => window.isTheSame), true);
    const isTheSameRow = await row('By keyboard').evaluate((element) => element.isTheSame === true);
    assert.equal(isTheSameRow, true, 'a row that changed was replaced');
  });

  await step('a list stands still under the focus, and when it is paused, also on other pages', async () => {
    await tabTo(page, row('By keyboard').getByRole('link', { name: 'By keyboard', exact: true }));
    await page.getByRole('status').filter({ hasText: 'Held' }).waitFor();
    await button('Pause').click();
    await page.getByRole('status').filter({ hasText: 'Paused' }).waitFor();
    await menu('Trail').click();
    await heading('Trail').waitFor();
    await page.getByRole('status').filter({ hasText: 'Paused' }).waitFor();
    await button('Resume').click();
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
  });

  await step('search tokens and choose a state', async () => {
    await menu('Tokens').click();
    await page.getByLabel('Search').fill('E2E for');
    await page.keyboard.press('Enter');
    await row('E2E for Demo team').waitFor();
    assert.equal(await page.getByRole('rowheader').count(), OWNERS.length);
    await look(page, 'console-tokens');
    await page.getByLabel('State').selectOption({ label: 'active' });
    await row('E2E for Demo team').waitFor();
    await button('Show').click();
    await page.getByText('No token is like that').waitFor();
  });

  await step('the trail has who did what, and no secret', async () => {
    await menu('Trail').click();
    await heading('Trail').waitFor();
    await page.getByRole('cell', { name: 'minted' }).first().waitFor();
    await page.getByRole('cell', { name: 'revoked' }).first().waitFor();
    await look(page, 'console-trail');
    assert.ok(!(await page.content()).includes(key));
  });

  await step('make an owner, look around in it, and delete it', async () => {
    await menu('Applications').click();
    const made = page.getByRole('link', { name: 'Applivery: organization' });
    const summary = page.locator('summary').filter({ hasText: 'New' });
    await summary.click();
    await look(page, 'console-new-menu');
    await page.keyboard.press('Escape');
    await made.waitFor({ state: 'hidden' });
    await summary.click();
    await heading('Applications').click();
    await made.waitFor({ state: 'hidden' });
    await summary.click();
    await page.getByRole('link', { name: 'Applivery: organization' }).click();
    await look(page, 'console-new');
    await page.getByLabel('Name').fill('Made by hand');
    await page.getByLabel('Slug').fill('demo-organization');
    person.expect('status of 422');
    await button('Create').click();
    await page.getByRole('alert').filter({ hasText: 'The slug is taken' }).waitFor();
    assert.match(await page.title(), /^Error: /);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'trouble');
    await look(page, 'console-new-wrong');
    await page.getByRole('alert').getByRole('link').click();
    await page.getByLabel('Slug').fill('');
    await button('Create').click();
    await heading('Made by hand').waitFor();
    await page.getByRole('link', { name: 'Contents' }).first().click();
    await look(page, 'console-contents');
    await page.getByRole('navigation', { name: 'Made by hand' }).getByRole('link', { name: 'Trail' }).click();
    await page.getByRole('cell', { name: 'created' }).first().waitFor();
    await page.getByRole('link', { name: 'Settings' }).click();
    await look(page, 'console-settings');
    await page.getByRole('link', { name: 'Delete' }).click();
    await look(page, 'console-delete');
    await page.locator('main').getByRole('button').click();
    await page.getByRole('status').filter({ hasText: 'deleted' }).waitFor();
    assert.equal(await row('Made by hand').count(), 0);
  });

  await step('without JavaScript: sign in, create, use, revoke', async () => {
    const plain = await browser.person({ javaScriptEnabled: false });
    const of = await plain.open(consoleUrl);
    await signIn(of);
    await visit(TEAM, of);
    const { command } = await create('Without scripts', TEAM, of);
    assert.equal(await of.getByRole('button', { name: /Copy/ }).count(), 0);
    assert.equal(status(command), 200);
    await of.getByRole('link', { name: 'Done' }).click();
    await row('Without scripts', of).getByRole('link', { name: 'Revoke' }).click();
    await button('Revoke token', of).click();
    await row('Without scripts', of).getByText('revoked').waitFor();
    assert.ok([401, 403].includes(status(command)));
  });

  await step('a page that is not there says so', async () => {
    person.expect('status of 404');
    await page.goto(`${consoleUrl}nowhere`);
    await heading('Not found').waitFor();
    await look(page, 'console-not-found');
  });

  await step('sign out ends the session, also in other windows', async () => {
    const other = await person.open(consoleUrl);
    await heading('Overview', other).waitFor();
    await button('Sign out').click();
    await heading('Sign in').waitFor();
    await menu('Tokens', other).click();
    await heading('Sign in', other).waitFor();
  });
}
