import './styles.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { connect } from '../client/connection.ts';
import { App } from './app.tsx';
import { NoSessionPage } from './no-session-page.tsx';
import { installNonce } from './nonce.ts';

installNonce();

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root element');
const window = createRoot(root);

connect().then(
  (connection) =>
    window.render(
      <StrictMode>
        <App connection={connection} />
      </StrictMode>,
    ),
  (error: unknown) => window.render(<NoSessionPage error={error} />),
);
