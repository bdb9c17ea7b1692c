import { orSentence } from './fault.mjs';
import { ready } from './ready.mjs';

orSentence(ready);
