import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useClient } from '../client/use-connection.ts';
import type { Action } from '../ui/actions.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import classes from './header.module.css';
import { Mark } from './mark.tsx';
import { RunningJobsMenu } from './running-jobs-menu.tsx';

const IconAction = ({ action, icon }: { action: Action; icon: IconName }) => (
  <Tooltip
    label={
      <span>
        {action.title} {action.keys ? <KeyHint keys={action.keys} /> : null}
      </span>
    }
  >
    <ActionIcon aria-label={action.title} onClick={() => action.run()}>
      <Icon name={icon} size={16} />
    </ActionIcon>
  </Tooltip>
);

/** The last part of the folder is what tells two workspaces apart. */
const folderName = (path: string): string => path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;

const Workspace = () => {
  const client = useClient();
  const info = useQuery({
    queryKey: ['workbench'],
    queryFn: () => client.workbench.info({}),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (info.isError) return <span className={classes.lost}>workbench does not answer</span>;
  if (!info.data) return null;
  return (
    <span className={classes.workspace} title={`${info.data.workspace} (Driftbench ${info.data.version})`}>
      workspace <b>{folderName(info.data.workspace)}</b>
    </span>
  );
};

export interface HeaderProps {
  actions: { palette: Action; keys: Action; theme: Action };
}

export const Header = ({ actions }: HeaderProps) => (
  <header className={classes.header}>
    <div className={classes.line}>
      <Link to="/" className={classes.home}>
        <Mark />
        Driftbench
      </Link>
      <Workspace />
      <span className={classes.spring} />
      <RunningJobsMenu />
      <Button
        variant="default"
        className={classes.commands}
        onClick={() => actions.palette.run()}
        rightSection={<KeyHint keys={actions.palette.keys ?? ''} />}
      >
        {actions.palette.title}
      </Button>
      <IconAction action={actions.keys} icon="keyboard" />
      <IconAction action={actions.theme} icon={actions.theme.title.endsWith('light') ? 'sun' : 'moon'} />
    </div>
  </header>
);
