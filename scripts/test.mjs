import { orSentence } from './fault.mjs';
import { ready } from './ready.mjs';
import { runSuites, suites } from './suites.mjs';

// Everything, or only the suites named: `npm test -- unit contract`.
orSentence(async () => {
  const named = process.argv.slice(2).filter((name) => name in suites);
  const node = await ready({ build: false });
  if (!(await runSuites(named.length > 0 ? named : Object.keys(suites), node))) process.exitCode = 1;
});
