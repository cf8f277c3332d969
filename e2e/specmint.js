// Builds specmint and runs it in a directory of its own, on free ports.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Longer than anything here takes on a slow machine, in milliseconds. */
export const PATIENCE = 60_000;

/** Builds the debug binary; returns its path. */
export function build() {
  const output = execFileSync(
    'cargo',
    ['build', '--quiet', '--package', 'specmint-cli', '--message-format', 'json-render-diagnostics'],
    { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const messages = output.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  return messages.findLast((message) => message.executable).executable;
}

/** A specmint with a database of its own. */
export class Specmint {
  #binary;
  #place = mkdtempSync(join(tmpdir(), 'specmint-e2e-'));
  #child;

  /** All that the server said, on both streams. */
  said = '';
  /** Where the APIs are. */
  url;
  /** Where the console is. */
  consoleUrl;
  /** The demo's objects and keys. */
  demo;

  constructor(binary) {
    this.#binary = binary;
    // Also when this process ends early, or by a signal.
    process.once('exit', () => this.#clear());
  }

  /** Makes the demo, starts the server and waits until it is ready. */
  async start() {
    this.demo = JSON.parse(this.run('demo', '--json'));
    const addresses = ['--listen', '127.0.0.1:0', '--admin-listen', '127.0.0.1:0'];
    const child = spawn(this.#binary, ['serve', ...addresses], this.#options());
    this.#child = child;
    const said = this.#listen(child);
    this.url = await said(/^Serving .* at (http:\S+)$/m);
    this.consoleUrl = await said(/(http:\S+\/console\/)/);
    await Specmint.#ready(this.url);
  }

  /** Runs a command on the same database; returns what it prints. */
  run(...args) {
    return execFileSync(this.#binary, args, { ...this.#options(), encoding: 'utf8' }).trim();
  }

  /** Ends the server in order. */
  async stop() {
    const child = this.#child;
    if (child?.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      const code = await within(ended, 'the server ends');
      if (code !== 0) throw new Error(`the server ended with ${code}`);
    }
  }

  /** Without the caller's variables that could change what it does. */
  #options() {
    const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('SPECMINT_') && name !== 'RUST_LOG');
    return { cwd: this.#place, env: Object.fromEntries(kept), stdio: ['ignore', 'pipe', 'pipe'] };
  }

  /** Gathers what `child` says; returns a function that waits for a pattern in it and returns its first group. */
  #listen(child) {
    const hear = (text) => {
      this.said += text;
      child.emit('said');
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', hear);
    return (pattern) => {
      const found = new Promise((resolve, reject) => {
        const look = () => pattern.test(this.said) && resolve(pattern.exec(this.said)[1]);
        child.on('said', look);
        child.once('error', reject);
        child.once('exit', (code) => reject(new Error(`specmint ended with ${code}: ${this.said}`)));
        look();
      });
      return within(found, `specmint says ${pattern}`);
    };
  }

  static async #ready(url) {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok) throw new Error(`/readyz answers ${answer.status}`);
  }

  #clear() {
    this.#child?.kill('SIGKILL');
    rmSync(this.#place, { recursive: true, force: true });
  }
}

/** The outcome of `promise`, or an error that names what did not come about in time. */
export async function within(promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`never: ${what}`)), PATIENCE);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
