import { Button } from '@mantine/core';
import type { DatasetFile } from '../../../../shared/model/dataset.ts';
import { copyText } from '../../../ui/copy-text.ts';
import { Panel } from '../../../ui/panel.tsx';
import classes from './confirm-source.module.css';
import { datasetYaml } from './dataset-yaml.ts';

export const YamlPreview = ({ spec, asItStands }: { spec: DatasetFile; asItStands: boolean }) => {
  const text = datasetYaml(spec);
  return (
    <Panel
      title="dataset.yaml"
      note={asItStands ? 'as read' : 'kept beside the data'}
      actions={
        <Button variant="subtle" color="gray" size="compact-xs" onClick={() => copyText(text, 'dataset.yaml')}>
          Copy
        </Button>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the keyboard too */}
      <section className={classes.yaml} tabIndex={0} aria-label="Text of dataset.yaml">
        <pre>{text}</pre>
      </section>
      {asItStands ? null : (
        <p className={classes.small}>A folder that can’t be written to keeps it in the workspace instead.</p>
      )}
    </Panel>
  );
};
