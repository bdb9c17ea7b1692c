import { visibleText } from '../../../../shared/visible-text.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { evidenceOf } from '../result/evidence-of.ts';
import { useInvestigationPage } from './investigation-context.ts';
import classes from './ruled-out-panel.module.css';

/** Which other explanations were looked at, and what speaks against each. */
export const RuledOutPanel = () => {
  const { comparison, request } = useInvestigationPage();
  return (
    <EvidencePanel
      title="What it is not"
      note="looked at and set aside, with what was seen"
      evidence={evidenceOf(comparison, request, { pointer: '/ruledOut', json: comparison.ruledOut, methods: [] })}
      table={{
        columns: ['cause', 'what was seen'],
        rows: comparison.ruledOut.map(({ cause, text }) => [cause, text]),
      }}
    >
      {comparison.ruledOut.length === 0 ? (
        <p className={classes.none}>Nothing was ruled out.</p>
      ) : (
        <dl className={classes.list}>
          {comparison.ruledOut.map(({ cause, text }) => (
            <div key={cause + text}>
              <dt>
                <Icon name="cross" size={10} /> {visibleText(cause)}
              </dt>
              <dd>{visibleText(text)}</dd>
            </div>
          ))}
        </dl>
      )}
    </EvidencePanel>
  );
};
