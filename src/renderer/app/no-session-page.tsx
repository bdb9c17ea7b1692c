import { ErrorState } from '../ui/error-state.tsx';
import { Appearance } from './appearance.tsx';
import classes from './shell.module.css';

export const NoSessionPage = ({ error }: { error: unknown }) => (
  <Appearance>
    <main className={classes.page}>
      <h1 className={classes.lonely}>Driftbench</h1>
      <ErrorState title="This window is not connected to a workbench" error={error} onRetry={() => location.reload()} />
    </main>
  </Appearance>
);
