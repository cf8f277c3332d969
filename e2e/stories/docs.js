// The contracts in Swagger UI: each opens, and an operation can be tried.

import assert from 'node:assert/strict';

import { shoot } from '../look.js';

const APIS = ['AnchorBrowser', 'Infisical', 'Applivery', 'Beyond Identity', 'VTEX'];

/** What the file of a contract is called. */
const file = (api) => api.toLowerCase().replace(' ', '-');

export default async function docs({ specmint, browser, step }) {
  const person = await browser.person();
  const page = await person.open();
  const choice = page.getByLabel('Select a definition');

  await step('whoever opens the server finds the contracts', async () => {
    await page.goto(specmint.url);
    await choice.waitFor();
    assert.equal(new URL(page.url()).pathname, '/docs/');
    assert.deepEqual(await choice.locator('option').allTextContents(), APIS);
  });

  for (const api of APIS) {
    await step(`${api}'s contract opens`, async () => {
      await choice.selectOption({ label: api });
      await page.getByRole('link', { name: `/docs/${file(api)}.json` }).waitFor();
      await page.locator('.opblock').first().waitFor();
      assert.equal(await page.locator('.errors-wrapper').count(), 0);
      await shoot(page, `docs-${file(api)}`);
    });
  }

  await step('an operation is tried', async () => {
    const operation = page.locator('.opblock').filter({ hasText: '/authorization/token' });
    await operation.locator('.opblock-summary-control').click();
    await operation.getByRole('button', { name: 'Execute' }).click();
    await operation.locator('.live-responses-table .response-col_status').filter({ hasText: '200' }).waitFor();
  });
}
