import { Button, Drawer, Tabs } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { duration } from '../../shared/units.ts';
import { downloadJson } from '../ui/download.ts';
import { Icon } from '../ui/icon.tsx';
import { type Evidence, fileStem } from './evidence.ts';
import classes from './inspect-drawer.module.css';
import { sha256 } from './sha256.ts';
import { useStatementsOf } from './statements.ts';

const longestShown = 200_000;

const CopyButton = ({ text, what }: { text: string; what: string }) => {
  const [copied, setCopied] = useState(false);
  return (
    <Button
      variant="default"
      size="compact-xs"
      leftSection={<Icon name={copied ? 'check' : 'copy'} size={12} />}
      onClick={() => {
        void navigator.clipboard.writeText(text).then(() => {
          setCopied(true);
          setTimeout(() => setCopied(false), 1500);
        });
      }}
    >
      {copied ? 'Copied' : `Copy ${what}`}
    </Button>
  );
};

const Listing = ({ label, text }: { label: string; text: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable to be scrolled by key
  <section className={classes.listing} aria-label={label} tabIndex={0}>
    <pre>
      {text.length > longestShown ? `${text.slice(0, longestShown)}\n… cut here; the saved file holds all of it` : text}
    </pre>
  </section>
);

const Hashes = ({ evidence, text }: { evidence: Evidence; text: string }) => {
  const [own, setOwn] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    void sha256(text).then((hash) => {
      if (current) setOwn(hash);
    });
    return () => {
      current = false;
    };
  }, [text]);
  const rows = [...evidence.hashes, { name: 'this part, as shown', value: own ?? 'unknown: no secure context' }];
  return (
    <dl className={classes.hashes}>
      {rows.map((row) => (
        <div key={row.name}>
          <dt>{row.name}</dt>
          <dd>
            <code>{row.value}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
};

export interface InspectDrawerProps {
  title: string;
  evidence: Evidence;
  opened: boolean;
  onClose(): void;
}

/** How the numbers of a panel came about: the document part itself, methods, n, hashes and the way to repeat it. */
export const InspectDrawer = ({ title, evidence, opened, onClose }: InspectDrawerProps) => {
  const kept = useStatementsOf(evidence.document);
  const sql = evidence.sql ?? kept;
  const text = useMemo(() => (opened ? JSON.stringify(evidence.json, null, 2) : ''), [opened, evidence.json]);
  return (
    <Drawer.Root
      opened={opened}
      onClose={onClose}
      position="right"
      size={640}
      transitionProps={{ duration: 0 }}
      classNames={{ content: classes.content }}
    >
      <Drawer.Overlay />
      <Drawer.Content>
        {/* Not Drawer.Header: its header element would be a second banner of the page. */}
        <div className={classes.header}>
          <Drawer.Title className={classes.title}>Inspect: {title}</Drawer.Title>
          <Drawer.CloseButton aria-label="Close" />
        </div>
        <Drawer.Body>
          <dl className={classes.facts}>
            <div>
              <dt>Rests on</dt>
              <dd>{evidence.n}</dd>
            </div>
            <div>
              <dt>Answered in</dt>
              <dd>
                {evidence.answeredMs == null
                  ? 'not measured here: it was computed before'
                  : `${duration(evidence.answeredMs)} from asking to the whole document`}
              </dd>
            </div>
            <div>
              <dt>Methods</dt>
              <dd>
                {evidence.methods.length === 0
                  ? 'none recorded'
                  : evidence.methods.map((method) => <code key={method}>{method}</code>)}
              </dd>
            </div>
            <div>
              <dt>Document part</dt>
              <dd>
                <code>{evidence.pointer === '' ? '/ (all of it)' : evidence.pointer}</code>
              </dd>
            </div>
          </dl>
          <Tabs defaultValue="json" keepMounted={false}>
            <Tabs.List>
              <Tabs.Tab value="json">JSON</Tabs.Tab>
              {evidence.command ? <Tabs.Tab value="command">Command</Tabs.Tab> : null}
              {sql.length > 0 ? <Tabs.Tab value="sql">SQL</Tabs.Tab> : null}
              <Tabs.Tab value="hashes">Hashes</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="json" pt="sm">
              <div className={classes.tools}>
                <CopyButton text={text} what="JSON" />
                <Button
                  variant="default"
                  size="compact-xs"
                  leftSection={<Icon name="download" size={12} />}
                  onClick={() => downloadJson(`${fileStem(title)}.json`, evidence.json)}
                >
                  Save JSON
                </Button>
              </div>
              <Listing label={`JSON of ${title}`} text={text} />
            </Tabs.Panel>
            {evidence.command ? (
              <Tabs.Panel value="command" pt="sm">
                <p className={classes.note}>
                  The same document from the command line: same input, same seed, same bytes.
                </p>
                <Listing label="Command" text={evidence.command} />
                <div className={classes.tools}>
                  <CopyButton text={evidence.command} what="command" />
                </div>
              </Tabs.Panel>
            ) : null}
            {sql.length > 0 ? (
              <Tabs.Panel value="sql" pt="sm">
                <Listing label="SQL" text={sql.join('\n\n')} />
                <div className={classes.tools}>
                  <CopyButton text={sql.join('\n\n')} what="SQL" />
                </div>
              </Tabs.Panel>
            ) : null}
            <Tabs.Panel value="hashes" pt="sm">
              <Hashes evidence={evidence} text={text} />
            </Tabs.Panel>
          </Tabs>
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
};
