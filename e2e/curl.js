// curl, as someone would use it in a terminal.

import { execFileSync } from 'node:child_process';

/** Calls with these arguments; returns the status and the body. */
export function curl(...args) {
  const output = execFileSync('curl', ['-sS', '-w', '\n%{http_code}', ...args], { encoding: 'utf8' });
  const end = output.lastIndexOf('\n');
  return { status: Number(output.slice(end + 1)), body: output.slice(0, end) };
}

/** Runs a curl command that a page shows in a shell; returns what it prints. */
export function paste(command) {
  return execFileSync('sh', ['-c', command], { encoding: 'utf8' });
}

/** The status that a curl command which a page shows is answered with. */
export function status(command) {
  return Number(paste(`${command} -o /dev/null -w '%{http_code}'`));
}
