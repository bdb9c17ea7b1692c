import { Panel } from '../../../ui/panel.tsx';
import classes from './export-guide.module.css';

const layout = `expenses/
  predictions/dt=2026-03-01/part-0.parquet
  predictions/dt=2026-03-02/part-0.parquet
  labels/arrived=2026-03-05/part-0.parquet
  dataset.yaml`;

/** What a system has to write down today so that the question can be answered later. */
export const ExportGuide = () => (
  <Panel title="What to export" note="Parquet, in any layout of folders">
    <div className={classes.guide}>
      <div>
        <h3>Predictions</h3>
        <p>
          One row for every answer: an id, the time, the predicted class or number. Worth adding: the score, the
          versions of model and provider, the columns to look into (country, channel, customer) and the input features.
        </p>
      </div>
      <div>
        <h3>Labels</h3>
        <p>
          One row for every answer that was checked: the same id, the true value and the time it arrived. Without that
          time it can’t be told which labels are still to come.
        </p>
      </div>
      <div>
        <h3>For example</h3>
        <pre>{layout}</pre>
        <p>The dataset.yaml is optional: columns are guessed, and what you confirm is written down in it.</p>
      </div>
    </div>
  </Panel>
);
