import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { BuiltReport } from '../../../../shared/model/report.ts';
import { bytes } from '../../../../shared/units.ts';
import { useClient } from '../../../client/use-connection.ts';
import { fileStem } from '../../../evidence/evidence.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { type Action, useActions } from '../../../ui/actions.ts';
import { download } from '../../../ui/download.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { LoadingState } from '../../../ui/loading-state.tsx';
import { styleNonce } from '../../../ui/nonce.ts';
import { Panel } from '../../../ui/panel.tsx';
import { useInvestigationPage } from './investigation-context.ts';
import { NotDonePanel } from './not-done-panel.tsx';
import { previewedHtml } from './previewed-html.ts';
import classes from './report-step.module.css';
import { StepFrame } from './step-frame.tsx';

const sizeOf = (text: string): number => new Blob([text]).size;

const Files = ({ report }: { report: BuiltReport }) => {
  const { investigation } = useInvestigationPage();
  const stem = fileStem(investigation.title, 'report');
  const actions: [Action, Action] = [
    {
      id: 'save-html',
      title: 'Save HTML',
      group: 'This page',
      keys: 'mod+s',
      run: () => download(`${stem}.html`, report.html, 'text/html;charset=utf-8'),
    },
    {
      id: 'save-json',
      title: 'Save JSON',
      group: 'This page',
      keys: 'mod+shift+s',
      run: () => download(`${stem}.json`, report.json, 'application/json'),
    },
  ];
  useActions(actions);
  const files = [
    { action: actions[0], name: `${stem}.html`, text: report.html, sha256: report.htmlSha256 },
    { action: actions[1], name: `${stem}.json`, text: report.json, sha256: report.jsonSha256 },
  ];
  return (
    <Panel title="Files" note={`made from entry ${report.seq} of the log: the same entries give the same bytes`}>
      <ul className={classes.files}>
        {files.map(({ action, name, text, sha256 }) => (
          <li key={name}>
            <ActionButton action={action} showKeys variant={action === actions[0] ? 'filled' : 'default'} />
            <span className={classes.file}>
              <span>
                {name} <b>{bytes(sizeOf(text))}</b>
              </span>
              <span className={classes.hash}>
                SHA-256 <code>{sha256}</code>
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
};

const Preview = ({ report }: { report: BuiltReport }) => {
  const html = useMemo(() => previewedHtml(report.html, styleNonce()), [report.html]);
  return (
    <Panel title="Preview" note="what the saved file shows; scripts are off" flush>
      {/* No permission at all: the report needs no script, no form and no window. */}
      <iframe className={classes.frame} title="Preview of the report" sandbox="" srcDoc={html} />
    </Panel>
  );
};

export const ReportStep = () => {
  const client = useClient();
  const { investigation } = useInvestigationPage();
  const { id, seq, conclusion } = investigation;
  const report = useQuery({
    queryKey: ['report', id, seq],
    queryFn: () => client.reports.build({ investigation: id, seq }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <StepFrame step="report">
      {conclusion ? null : (
        <p className={classes.warning} role="status">
          No conclusion is recorded: the report says so. It can be saved all the same.
        </p>
      )}
      {report.isError ? (
        <ErrorState title="The report could not be built" error={report.error} onRetry={() => void report.refetch()} />
      ) : report.data ? (
        <>
          <Files report={report.data} />
          <NotDonePanel />
          <Preview report={report.data} />
        </>
      ) : (
        <LoadingState what="the log and the evidence, and building the report" height={420} />
      )}
    </StepFrame>
  );
};
