import { attach, environment } from './child.mjs';
import { orSentence } from './fault.mjs';
import { at } from './places.mjs';
import { ready } from './ready.mjs';

// Every widget and chart with sample data, and the result page in its states.
orSentence(async () => {
  const node = await ready({ build: false });
  process.exitCode = await attach(node, [at('scripts/gallery-server.mjs'), ...process.argv.slice(2)], {
    env: environment(node),
  });
});
