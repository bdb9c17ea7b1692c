import { Button, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { useConnection } from '../../../client/use-connection.ts';
import { FolderBrowser } from '../../../ui/folder-browser.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { DropZone } from './drop-zone.tsx';
import classes from './source-picker.module.css';

/** Three ways to the same thing: drop it, type its path, or look for it. */
export const SourcePicker = ({ autoFocus = false }: { autoFocus?: boolean }) => {
  const { client, desktop } = useConnection();
  const navigate = useNavigate();
  const [path, setPath] = useState('');
  const [browsing, setBrowsing] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  const open = (chosen: string) => void navigate({ to: '/accuracy/import', search: { path: chosen } });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (path.trim() === '') field.current?.focus();
    else open(path.trim());
  };

  const browse = async () => {
    if (!desktop) return setBrowsing(true);
    const picked = await desktop.pickFolder();
    if (picked) open(picked);
  };

  return (
    <div className={classes.picker}>
      <DropZone onSource={open} />
      <form className={classes.path} onSubmit={submit}>
        <TextInput
          ref={field}
          className={classes.field}
          label="Path of a folder, a dataset.yaml or a Parquet file"
          placeholder="/data/exports/expenses"
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
          spellCheck={false}
          autoComplete="off"
          data-autofocus={autoFocus || undefined}
          autoFocus={autoFocus}
        />
        <Button type="submit">Look inside</Button>
        <Button variant="default" leftSection={<Icon name="folder" />} onClick={() => void browse()}>
          Browse
        </Button>
      </form>
      <FolderBrowser
        opened={browsing}
        title="Choose a folder or a file"
        nothing="No folders, Parquet or YAML files here."
        folders
        list={(folder) => client.files.browse(folder === undefined ? {} : { path: folder })}
        onClose={() => setBrowsing(false)}
        onPick={open}
      />
    </div>
  );
};
