// What every page must be like: readable by all, in light and dark, on a narrow window; with a screenshot of each.

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';

import { ROOT } from './specmint.js';

/** Where the screenshots are kept. */
export const ARTEFACTS = join(ROOT, 'target', 'e2e');

const NARROW = { width: 360, height: 740 };
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Makes an empty folder for the screenshots. */
export function prepare() {
  rmSync(ARTEFACTS, { recursive: true, force: true });
  mkdirSync(ARTEFACTS, { recursive: true });
}

/** Looks at `page` as it stands, in every way; `name` is that of its screenshots. */
export async function look(page, name) {
  const wide = page.viewportSize();
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await shoot(page, `${name}-${colorScheme}`);
    await accessible(page, `${name} in ${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(NARROW);
  await shoot(page, `${name}-narrow`);
  await accessible(page, `${name} in a narrow window`);
  await fits(page, name);
  await page.setViewportSize(wide);
}

/** Takes a screenshot of the whole page. */
export async function shoot(page, name) {
  await page.screenshot({ path: join(ARTEFACTS, `${name}.png`), fullPage: true, caret: 'initial' });
}

/** Throws where axe-core finds something. */
async function accessible(page, what) {
  const isThere = await page.evaluate(() => 'axe' in window);
  if (!isThere) await page.evaluate(axe.source);
  const violations = await page.evaluate(async (tags) => {
    const results = await window.axe.run(document, { runOnly: { type: 'tag', values: tags } });
    return results.violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(' ')}`);
  }, TAGS);
  if (violations.length > 0) throw new Error(`${what}: ${violations.join('\n')}`);
}

/** Throws where the page must be scrolled sideways. */
async function fits(page, name) {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (excess > 0) throw new Error(`${name}: ${excess} px wider than a window of ${NARROW.width} px`);
}
