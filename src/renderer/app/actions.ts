import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Action } from '../ui/actions.ts';
import { copyText } from '../ui/copy-text.ts';
import { usePreferences } from './preferences.ts';

/** The commands that exist on every screen; pages add theirs with `useActions`. */
export const useShellActions = () => {
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const setKeysOpen = usePreferences((state) => state.setKeysOpen);

  return useMemo(() => {
    const palette: Action = {
      id: 'palette',
      title: 'Commands',
      group: 'Window',
      keys: 'mod+k',
      run: () => spotlight.toggle(),
    };
    const keys: Action = {
      id: 'keys',
      title: 'Show keys',
      group: 'Window',
      keys: '?',
      run: () => setKeysOpen(true),
    };
    const theme: Action = {
      id: 'theme',
      title: scheme === 'dark' ? 'Switch to light' : 'Switch to dark',
      group: 'Window',
      keys: 't',
      run: () => setColorScheme(scheme === 'dark' ? 'light' : 'dark'),
    };
    const others: Action[] = [
      { id: 'start', title: 'Go to start', group: 'Go to', keys: 'g s', run: () => void navigate({ to: '/' }) },
      {
        id: 'import',
        title: 'Import exported predictions',
        group: 'Go to',
        keys: 'g i',
        run: () => void navigate({ to: '/accuracy/import' }),
      },
      {
        id: 'runs',
        title: 'Runs and comparisons of speed',
        group: 'Go to',
        keys: 'g r',
        run: () => void navigate({ to: '/throughput' }),
      },
      {
        id: 'which',
        title: 'Model or machine? Answer three questions',
        group: 'Go to',
        keys: 'g w',
        run: () => void navigate({ to: '/which' }),
      },
      {
        id: 'copy-link',
        title: 'Copy the link to this view',
        group: 'Window',
        keys: 'y',
        run: () => copyText(location.href, 'the link'),
      },
    ];
    return { palette, keys, theme, all: [palette, keys, theme, ...others] };
  }, [navigate, scheme, setColorScheme, setKeysOpen]);
};
