import { Button } from '@mantine/core';
import { KeyHint } from '../../../ui/key-hint.tsx';
import classes from './record-foot.module.css';
import type { useChoose } from './use-investigation.ts';

export interface RecordFootProps {
  /** On the button that records. */
  title: string;
  /** What still keeps it from being recorded. */
  missing: string | null;
  /** Said when nothing is missing. */
  standing: string;
  choosing: Pick<ReturnType<typeof useChoose>, 'isError' | 'isPending' | 'error'>;
}

/** The last line of a form that adds an entry to the log: what is missing or went wrong, and the button. */
export const RecordFoot = ({ title, missing, standing, choosing }: RecordFootProps) => (
  <div className={classes.foot}>
    <span className={choosing.isError ? classes.fault : classes.quiet} role={choosing.isError ? 'alert' : 'status'}>
      {choosing.error?.message ?? missing ?? standing}
    </span>
    <Button type="submit" disabled={missing !== null || choosing.isPending} rightSection={<KeyHint keys="mod+enter" />}>
      {title}
    </Button>
  </div>
);
