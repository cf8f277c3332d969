// A headless Chromium that reaches nothing but this machine, and people who use it.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

import { PATIENCE } from './specmint.js';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** The system's browser: `CHROMIUM`, or the first that is installed. */
function installed() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(executable);
  if (!found) throw new Error(`no ${NAMES.join(', ')} in PATH: install Debian's package chromium, or say CHROMIUM=/path/to/it`);
  return found;
}

function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export class Browser {
  #chromium;
  #people = [];

  /** Starts the browser. */
  static async open() {
    const browser = new Browser();
    browser.#chromium = await chromium.launch({
      executablePath: installed(),
      // Root has no sandbox; all that is opened here is ours.
      chromiumSandbox: false,
      args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
    });
    return browser;
  }

  get version() {
    return this.#chromium.version();
  }

  /** Someone with a fresh profile. */
  async person(options = {}) {
    const context = await this.#chromium.newContext({ viewport: { width: 1000, height: 760 }, ...options });
    context.setDefaultTimeout(PATIENCE);
    const person = new Person(context);
    this.#people.push(person);
    return person;
  }

  /** The people who are still there. */
  get people() {
    return this.#people.filter((person) => !person.gone);
  }

  async close() {
    await this.#chromium.close();
  }
}

/** A browser's profile and its windows, watched for what goes wrong in them. */
export class Person {
  /** What went wrong and was not expected, a line each. */
  faults = [];
  gone = false;
  #expected = [];
  #sites = new Map();
  #windows = new Map();

  constructor(context) {
    this.context = context;
    context.on('page', (page) => this.#watch(page));
  }

  /** Opens a window. */
  async open(url) {
    const page = await this.context.newPage();
    await this.#windows.get(page);
    if (url) await page.goto(url);
    return page;
  }

  /** The window that `act` makes a page open. */
  async popup(act) {
    const [page] = await Promise.all([this.context.waitForEvent('page'), act()]);
    await this.#windows.get(page);
    return page;
  }

  /**
   * Answers requests to `origin`, which exists nowhere, by `html`; redirects as well, which Playwright's own routing
   * leaves alone. Call it before the windows open. Returns the list of the URLs that were asked for.
   */
  site(origin, html) {
    const visits = [];
    this.#sites.set(origin, { html, visits });
    return visits;
  }

  /** That the browser will report this to its console once, as it does each answer of status 400 or more. */
  expect(report) {
    this.#expected.push(report);
  }

  /** Throws if something went wrong since. */
  check() {
    const missing = this.#expected.map((report) => `the browser did not report ${report}`);
    const faults = [...this.faults, ...missing];
    this.faults = [];
    this.#expected = [];
    if (faults.length > 0) throw new Error(faults.join('\n'));
  }

  /** Ends the session. */
  async leave() {
    await this.context.close();
    this.gone = true;
  }

  #watch(page) {
    this.#windows.set(page, this.#answer(page));
    page.on('pageerror', (error) => this.faults.push(`${page.url()}: ${error}`));
    page.on('console', (message) => {
      // Violations of a page's policy come as errors.
      const isFault = ['error', 'warning'].includes(message.type()) && !this.#expects(message.text());
      if (isFault) this.faults.push(`${page.url()}: ${message.text()}`);
    });
    page.on('response', (response) => {
      const isPage = response.request().isNavigationRequest() && response.headers()['content-type']?.startsWith('text/html');
      if (isPage && ![...this.#sites.keys()].includes(new URL(response.url()).origin)) this.faults.push(...unguarded(response));
    });
  }

  #expects(text) {
    const at = this.#expected.findIndex((report) => text.includes(report));
    if (at >= 0) this.#expected.splice(at, 1);
    return at >= 0;
  }

  /** Answers requests of `page` to the sites. */
  async #answer(page) {
    if (this.#sites.size === 0) return;
    const session = await this.context.newCDPSession(page);
    session.on('Fetch.requestPaused', ({ requestId, request, resourceType }) => {
      const { html, visits } = this.#sites.get(new URL(request.url).origin);
      // Not its icon.
      if (resourceType === 'Document') visits.push(request.url);
      const body = Buffer.from(html).toString('base64');
      const responseHeaders = [{ name: 'Content-Type', value: 'text/html; charset=utf-8' }];
      // The window may be gone by now.
      session.send('Fetch.fulfillRequest', { requestId, responseCode: 200, responseHeaders, body }).catch(() => {});
    });
    const patterns = [...this.#sites.keys()].map((origin) => ({ urlPattern: `${origin}/*` }));
    await session.send('Fetch.enable', { patterns });
  }
}

/** What a page of ours lacks of what guards it. */
function unguarded(response) {
  const headers = response.headers();
  const policy = headers['content-security-policy'] ?? '';
  const wrong = [];
  if (!/default-src '(none|self)'/.test(policy)) wrong.push(`policy "${policy}" does not say what may be loaded`);
  if (!/frame-ancestors 'none'/.test(policy)) wrong.push(`policy "${policy}" lets others frame it`);
  if (/script-src[^;]*'unsafe-/.test(policy)) wrong.push(`policy "${policy}" lets anything run`);
  return wrong.map((what) => `${response.url()}: ${what}`);
}
