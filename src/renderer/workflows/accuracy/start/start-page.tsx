import { PageHeader } from '../../../ui/page-header.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SourcePicker } from '../import/source-picker.tsx';
import { Entrances } from './entrances.tsx';
import { RecentPanel } from './recent-panel.tsx';
import { SamplesPanel } from './samples-panel.tsx';
import classes from './start-page.module.css';

export const StartPage = () => (
  <>
    <PageHeader title="What got worse?">
      Two things decay, and they are independent. Pick the one that was noticed; each is measured on its own and says
      what it can’t see.
    </PageHeader>
    <div className={classes.sections}>
      <Entrances />
      <Panel title="Open exported predictions">
        <SourcePicker />
      </Panel>
      <SamplesPanel />
      <RecentPanel />
    </div>
  </>
);
