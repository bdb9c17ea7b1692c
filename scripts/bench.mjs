import { attach, environment } from './child.mjs';
import { orSentence } from './fault.mjs';
import { at } from './places.mjs';
import { ready } from './ready.mjs';

orSentence(async () => {
  const node = await ready();
  process.exitCode = await attach(node, [at('bench/run.ts'), ...process.argv.slice(2)], { env: environment(node) });
});
