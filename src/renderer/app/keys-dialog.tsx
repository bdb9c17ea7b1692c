import { Checkbox, Modal } from '@mantine/core';
import { useAvailableActions } from '../ui/actions.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import classes from './keys-dialog.module.css';
import { usePreferences } from './preferences.ts';

const everywhere = [
  { keys: 'Tab', title: 'Next control' },
  { keys: 'Enter', title: 'Open or run what has focus' },
  { keys: 'Escape', title: 'Close what lies on top' },
  { keys: 'ArrowUp ArrowDown', title: 'Move through rows, options and dates' },
];

export const KeysDialog = () => {
  const { keysOpen, setKeysOpen, letterKeys, setLetterKeys } = usePreferences();
  const actions = useAvailableActions().filter((action) => action.keys);
  const groups = [...new Set(actions.map((action) => action.group))];
  return (
    // Locking the scroll would lay out the whole page below once more before the dialog is seen.
    <Modal opened={keysOpen} onClose={() => setKeysOpen(false)} title="Keys" size="md" lockScroll={false}>
      <div className={classes.groups}>
        {groups.map((group) => (
          <section key={group}>
            <h3 className={classes.group}>{group}</h3>
            <dl className={classes.list}>
              {actions
                .filter((action) => action.group === group)
                .map((action) => (
                  <div key={action.id} className={classes.line}>
                    <dt>{action.title}</dt>
                    <dd>
                      <KeyHint keys={action.keys ?? ''} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
        <section>
          <h3 className={classes.group}>Everywhere</h3>
          <dl className={classes.list}>
            {everywhere.map(({ keys, title }) => (
              <div key={title} className={classes.line}>
                <dt>{title}</dt>
                <dd>
                  <KeyHint keys={keys} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
        <Checkbox
          checked={letterKeys}
          onChange={(event) => setLetterKeys(event.currentTarget.checked)}
          label="Shortcuts without Ctrl or Command"
          description="Switch off when they get in the way of speech input"
        />
      </div>
    </Modal>
  );
};
