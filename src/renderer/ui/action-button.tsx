import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import type { Action } from './actions.ts';
import { Icon, type IconName } from './icon.tsx';
import { KeyHint } from './key-hint.tsx';

export interface ActionButtonProps extends ButtonProps {
  action: Action;
  icon?: IconName;
  /** Draws the keys inside the button; otherwise they are in its tooltip. */
  showKeys?: boolean;
}

export const ActionButton = ({ action, icon, showKeys = false, ...rest }: ActionButtonProps) => {
  const button = (
    <Button
      leftSection={icon ? <Icon name={icon} /> : undefined}
      rightSection={showKeys && action.keys ? <KeyHint keys={action.keys} /> : undefined}
      disabled={action.disabled !== undefined}
      onClick={() => action.run()}
      {...rest}
    >
      {action.title}
    </Button>
  );
  const hint = action.disabled ?? action.description;
  if (!hint && (showKeys || !action.keys)) return button;
  return (
    <Tooltip
      label={
        <span>
          {hint} {action.keys && !showKeys ? <KeyHint keys={action.keys} /> : null}
        </span>
      }
    >
      <span>{button}</span>
    </Tooltip>
  );
};
