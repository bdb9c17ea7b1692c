import { useState } from 'react';
import { type LedgerLine, ledgerLines } from '../../../../shared/ledger-lines.ts';
import type { RowLedger } from '../../../../shared/model/dataset.ts';
import { count, counted } from '../../../../shared/units.ts';
import { visibleText, visibleValue } from '../../../../shared/visible-text.ts';
import { downloadJson } from '../../../ui/download.ts';
import { Icon } from '../../../ui/icon.tsx';
import { Panel } from '../../../ui/panel.tsx';
import classes from './ledger-panel.module.css';

const Ids = ({ ids, line }: { ids: readonly string[]; line: LedgerLine }) => (
  <div className={classes.ids}>
    <p>{ids.length < line.count ? `The first ${count(ids.length)} of ${count(line.count)}` : 'All'} ids:</p>
    <code>{ids.map(visibleValue).join('  ')}</code>
  </div>
);

const Line = ({ line, ids }: { line: LedgerLine; ids: readonly string[] }) => {
  const [open, setOpen] = useState(false);
  return (
    <>
      <tr className={classes.line} data-aside={line.setAside || undefined} data-zero={line.count === 0 || undefined}>
        <th scope="row">
          {line.setAside ? <Icon name="warning" size={13} /> : null} {line.title}
        </th>
        <td className={classes.count}>{count(line.count)}</td>
        <td className={classes.text}>
          {line.text}{' '}
          {ids.length > 0 ? (
            <button type="button" className={classes.more} aria-expanded={open} onClick={() => setOpen(!open)}>
              {open ? 'Hide ids' : 'Show ids'}
            </button>
          ) : null}
        </td>
      </tr>
      {open ? (
        <tr>
          <td colSpan={3}>
            <Ids ids={ids} line={line} />
          </td>
        </tr>
      ) : null}
    </>
  );
};

export interface LedgerPanelProps {
  ledger: RowLedger;
  keep: 'first' | 'last';
  name: string;
}

export const LedgerPanel = ({ ledger, keep, name }: LedgerPanelProps) => {
  const lines = ledgerLines(ledger, keep);
  const aside = lines.filter((line) => line.setAside).length;
  return (
    <Panel
      title="Row ledger"
      note={aside === 0 ? 'no row was set aside' : `${counted(aside, 'kind')} of rows set aside or worth a look`}
      exports={[{ label: 'Ledger as JSON', run: () => downloadJson(`${name}-ledger.json`, ledger) }]}
    >
      <table className={classes.table}>
        <thead className={classes.head}>
          <tr>
            <th scope="col">Rows</th>
            <th scope="col">Count</th>
            <th scope="col">What became of them</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Line key={line.key} line={line} ids={ledger.examples[line.key] ?? []} />
          ))}
        </tbody>
      </table>
      {ledger.notes.length > 0 ? (
        <div className={classes.notes}>
          <h3>Tolerated during import</h3>
          <ul>
            {ledger.notes.map((note) => (
              <li key={`${note.code} ${note.text}`}>{visibleText(note.text)}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </Panel>
  );
};
