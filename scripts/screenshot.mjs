import { attach, environment } from './child.mjs';
import { bringChromium } from './chromium.mjs';
import { orSentence, SetupFault } from './fault.mjs';
import { at } from './places.mjs';
import { ready } from './ready.mjs';

// The pictures of the README, taken by the test of the result page.
orSentence(async () => {
  const node = await ready();
  const { path, reason } = await bringChromium();
  if (!path) throw new SetupFault(reason);
  const playwright = [at('node_modules/@playwright/test/cli.js'), 'test', '--project=browser', 'result.spec.ts'];
  process.exitCode = await attach(node, playwright, {
    env: { ...environment(node), PLAYWRIGHT_CHROMIUM: path, DRIFTBENCH_PICTURES: '1' },
  });
});
