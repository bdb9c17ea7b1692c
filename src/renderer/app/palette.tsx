import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useMemo } from 'react';
import { useAvailableActions } from '../ui/actions.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import classes from './palette.module.css';

export const Palette = () => {
  const actions = useAvailableActions();
  const groups = useMemo(() => {
    const byGroup = new Map<string, SpotlightActionGroupData>();
    for (const action of actions) {
      if (action.id === 'palette') continue;
      const group = byGroup.get(action.group) ?? { group: action.group, actions: [] };
      group.actions.push({
        id: action.id,
        label: action.title,
        description: action.disabled ?? action.description,
        disabled: action.disabled !== undefined,
        rightSection: action.keys ? <KeyHint keys={action.keys} /> : undefined,
        onClick: () => action.run(),
      });
      byGroup.set(action.group, group);
    }
    return [...byGroup.values()];
  }, [actions]);
  return (
    <Spotlight
      actions={groups}
      shortcut={null}
      nothingFound="No command matches"
      scrollable
      maxHeight={420}
      limit={40}
      transitionProps={{ duration: 0 }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.45 }}
      classNames={classes}
      attributes={{ content: { 'aria-label': 'Commands' } }}
      searchProps={{ placeholder: 'Type a command', 'aria-label': 'Type a command' }}
    />
  );
};
