import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import classes from './history-drawer.module.css';
import { useInvestigationPage } from './investigation-context.ts';
import { useChoose } from './use-investigation.ts';

/** The name under which the investigation is found again. */
export const TitleField = () => {
  const { investigation } = useInvestigationPage();
  const choose = useChoose(investigation.id);
  const [title, setTitle] = useState(investigation.title);
  const changed = title.trim() !== '' && title.trim() !== investigation.title;
  return (
    <form
      className={classes.rename}
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) choose.mutate({ kind: 'title-changed', title: title.trim() });
      }}
    >
      <TextInput
        label="Title"
        value={title}
        maxLength={200}
        error={choose.error?.message}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={!changed || choose.isPending}>
        Rename
      </Button>
    </form>
  );
};
