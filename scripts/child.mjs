import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, dirname } from 'node:path';
import { root } from './places.mjs';

/** The environment in which `node` and everything started through a shebang is the Node given. */
export function environment(node) {
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...process.env, [key]: [dirname(node), process.env[key] ?? ''].join(delimiter) };
}

/** Runs a command with its output collected: `{ code, output }`; a command that cannot start has code 127. */
export function collect(command, args, { env = process.env, shell = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const add = (chunk) => {
      output += chunk;
    };
    child.stdout.setEncoding('utf8').on('data', add);
    child.stderr.setEncoding('utf8').on('data', add);
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code, signal) => resolve({ code: code ?? 128 + constants.signals[signal], output }));
  });
}

/** Runs a command on this terminal and gives its exit code (128 + n when signal n ended it, 124 past `limitMs`). */
export function attach(command, args, { env = process.env, cwd = root, limitMs = 0 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: 'inherit' });
    let late = false;
    const timers = [];
    if (limitMs > 0) {
      timers.push(
        setTimeout(() => {
          late = true;
          child.kill('SIGTERM');
        }, limitMs),
      );
      timers.push(setTimeout(() => child.kill('SIGKILL'), limitMs + 5_000));
    }
    // The terminal sends Ctrl-C to the whole group, so it must not be sent twice; a SIGTERM comes to us alone.
    const ignore = () => {};
    const pass = (signal) => child.kill(signal);
    process.on('SIGINT', ignore).on('SIGTERM', pass).on('SIGHUP', pass);
    child.on('error', (error) => {
      process.stderr.write(`driftbench: cannot start: ${error.message}\n`);
      resolve(127);
    });
    child.on('close', (code, signal) => {
      for (const timer of timers) clearTimeout(timer);
      process.off('SIGINT', ignore).off('SIGTERM', pass).off('SIGHUP', pass);
      resolve(late ? 124 : (code ?? 128 + constants.signals[signal]));
    });
  });
}
