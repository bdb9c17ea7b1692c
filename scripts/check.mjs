import { orSentence } from './fault.mjs';
import { ready } from './ready.mjs';
import { runSuites } from './suites.mjs';

// What to run before every commit: nothing here needs a build, a browser or more than a minute.
orSentence(async () => {
  const node = await ready({ build: false });
  if (!(await runSuites(['format', 'lint', 'types', 'architecture', 'unit'], node))) process.exitCode = 1;
});
