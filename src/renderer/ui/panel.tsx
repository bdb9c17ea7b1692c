import { Button, Menu } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import { Icon } from './icon.tsx';
import classes from './panel.module.css';

export interface PanelExport {
  label: string;
  run(): void;
}

export interface PanelProps {
  title: ReactNode;
  /** Said beside the title: what the numbers rest on. */
  note?: ReactNode;
  /** Controls of this panel only. */
  actions?: ReactNode;
  /** How the numbers came about: SQL or command, timing, row counts, hashes. */
  inspect?: ReactNode;
  exports?: readonly PanelExport[];
  /** Drawn hatched: what it shows may still change. */
  provisional?: boolean;
  /** No inner padding: for tables and charts that reach the edge. */
  flush?: boolean;
  children: ReactNode;
}

export const Panel = ({ title, note, actions, inspect, exports, provisional, flush, children }: PanelProps) => {
  const [inspecting, setInspecting] = useState(false);
  const id = useId();
  return (
    <section className={classes.panel} aria-labelledby={`${id}-title`} data-provisional={provisional || undefined}>
      <header className={classes.head}>
        <div className={classes.words}>
          <h2 className={classes.title} id={`${id}-title`}>
            {title}
          </h2>
          {note ? <span className={classes.note}>{note}</span> : null}
        </div>
        {actions}
        {exports && exports.length > 0 ? (
          <Menu position="bottom-end" shadow="md">
            <Menu.Target>
              <Button variant="subtle" color="gray" size="compact-xs" leftSection={<Icon name="download" size={12} />}>
                Export
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {exports.map((entry) => (
                <Menu.Item key={entry.label} onClick={() => entry.run()}>
                  {entry.label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        ) : null}
        {inspect ? (
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            leftSection={<Icon name="inspect" size={12} />}
            aria-expanded={inspecting}
            aria-controls={`${id}-inspect`}
            onClick={() => setInspecting(!inspecting)}
          >
            Inspect
          </Button>
        ) : null}
      </header>
      {inspect ? (
        <div className={classes.inspect} id={`${id}-inspect`} hidden={!inspecting}>
          {inspecting ? inspect : null}
        </div>
      ) : null}
      <div className={flush ? classes.flush : classes.body}>{children}</div>
    </section>
  );
};
