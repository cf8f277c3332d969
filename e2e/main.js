// Runs the stories, or those that are named on the command line: a line for each step, and an end at the first failure.

import { Browser } from './browser.js';
import { ARTEFACTS, prepare, shoot } from './look.js';
import { Specmint, build } from './specmint.js';
import anchorbrowser from './stories/anchorbrowser.js';
import authorize from './stories/authorize.js';
import administer from './stories/console.js';
import docs from './stories/docs.js';
import vtex from './stories/vtex.js';

const STORIES = { authorize, anchorbrowser, vtex, console: administer, docs };

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(STORIES);
const unknown = names.filter((name) => !Object.hasOwn(STORIES, name));
if (unknown.length > 0) {
  console.error(`no story ${unknown.join(', ')}; there are ${Object.keys(STORIES).join(', ')}`);
  process.exit(2);
}

prepare();
const specmint = new Specmint(build());
let browser;
let doing = 'start';
try {
  await specmint.start();
  browser = await Browser.open();
  console.log(`specmint at ${specmint.url}, Chromium ${browser.version}`);
  for (const name of names) {
    await STORIES[name]({ specmint, browser, step: (what, act) => step(`${name}: ${what}`, act) });
    await leave(() => true);
  }
  doing = 'stop';
  await specmint.stop();
  console.log(`all passed; screenshots in ${ARTEFACTS}`);
} catch (error) {
  console.error(`FAILED ${doing}\n${error.stack}`);
  await photograph();
  if (specmint.said) console.error(`specmint said:\n${specmint.said}`);
  process.exitCode = 1;
} finally {
  await browser?.close();
  // What still runs is ended on the way out.
  process.exit();
}

/** One step: it passes if `act` does and nothing went wrong in any window meanwhile. Who came for it leaves. */
async function step(what, act) {
  doing = what;
  const before = browser.people;
  const outcome = await act();
  for (const person of browser.people) person.check();
  await leave((person) => !before.includes(person));
  console.log(`ok ${what}`);
  return outcome;
}

async function leave(which) {
  await Promise.all(browser.people.filter(which).map((person) => person.leave()));
}

/** Keeps a picture of every window that is open. */
async function photograph() {
  const pages = browser?.people.flatMap((person) => person.context.pages()) ?? [];
  for (const [index, page] of pages.entries()) {
    const name = `failed-${index + 1}`;
    const outcome = await shoot(page, name).then(() => `${ARTEFACTS}/${name}.png`, (error) => error.message);
    console.error(`${page.url()}: ${outcome}`);
  }
}
