import { createRoot } from 'react-dom/client';
import { App } from '../../../src/renderer/app/app.tsx';
import type { WorkbenchClient } from '../../../src/renderer/client/workbench-client.ts';
import { exampleClient } from './example-client.ts';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import '../../../src/renderer/ui/tokens.css';
import '../../../src/renderer/ui/base.css';

// The window with documents instead of a backend: for states that no dataset brings about on demand.
const state = location.pathname.slice(1) || 'answer';
const root = document.getElementById('root');
if (!root) throw new Error('the page has no root element');
createRoot(root).render(
  <App connection={{ face: 'browser', client: exampleClient(state) as unknown as WorkbenchClient, desktop: null }} />,
);
