import { createRoot } from 'react-dom/client';
import { App } from '../../../src/renderer/app/app.tsx';
import { Appearance } from '../../../src/renderer/app/appearance.tsx';
import type { WorkbenchClient } from '../../../src/renderer/client/workbench-client.ts';
import { exampleClient } from './example-client.ts';
import { GalleryPage } from './gallery-page.tsx';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import '../../../src/renderer/ui/tokens.css';
import '../../../src/renderer/ui/base.css';

// Every part on one page, or the window with documents instead of a backend: states that no dataset brings about on demand.
const state = location.pathname.slice(1);
const root = document.getElementById('root');
if (!root) throw new Error('the page has no root element');
createRoot(root).render(
  state === '' ? (
    <Appearance>
      <GalleryPage />
    </Appearance>
  ) : (
    <App connection={{ face: 'browser', client: exampleClient(state) as unknown as WorkbenchClient, desktop: null }} />
  ),
);
