import type { ThroughputRun } from '../../../../shared/model/throughput-run.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import panels from '../panels.module.css';
import { evidenceOf } from './run-evidence.ts';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const longest = 120;

/** What was executed, as far as it fits: only runs of an equal hash are compared. */
export const DefinitionPanel = ({ run }: { run: ThroughputRun }) => {
  const entries = Object.entries(run.workload.definition);
  return (
    <EvidencePanel
      title="Workload definition"
      note={<code title={run.workload.hash}>{run.workload.hash.slice(0, 12)}</code>}
      evidence={evidenceOf(run, { pointer: '/workload', json: run.workload, n: `${entries.length} fields` })}
    >
      {entries.length === 0 ? (
        <p className={panels.text}>
          The source defines nothing beyond the name: runs of one file are comparable, others not.
        </p>
      ) : (
        <dl className={panels.facts}>
          {entries.slice(0, 12).map(([name, value]) => {
            const text = visibleText(textOf(value));
            return (
              <div key={name}>
                <dt>{visibleText(name)}</dt>
                <dd title={text}>{text.length > longest ? `${text.slice(0, longest)}…` : text}</dd>
              </div>
            );
          })}
        </dl>
      )}
      {entries.length > 12 ? <p className={panels.quiet}>and {entries.length - 12} more, under Inspect</p> : null}
    </EvidencePanel>
  );
};
