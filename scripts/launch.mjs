import { attach, environment } from './child.mjs';
import { orSentence } from './fault.mjs';
import { at } from './places.mjs';
import { ready } from './ready.mjs';

// What the POSIX launcher does in a few lines of shell, for the command prompt of Windows.
orSentence(async () => {
  const node = await ready();
  process.exitCode = await attach(node, [at('out/main/cli.js'), ...process.argv.slice(2)], {
    env: environment(node),
    cwd: process.cwd(),
  });
});
