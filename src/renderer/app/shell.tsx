import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useActions } from '../ui/actions.ts';
import { useShellActions } from './actions.ts';
import { Header } from './header.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { Palette } from './palette.tsx';
import classes from './shell.module.css';
import { useActionKeys } from './use-action-keys.ts';
import { useFollowedJobs } from './use-followed-jobs.ts';

/** Focus follows the page: without it a keyboard user would start at the header after every link. */
const usePageFocus = () => {
  const page = useRef<HTMLElement>(null);
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    page.current?.focus({ preventScroll: true });
  }, [pathname]);
  return page;
};

export const Shell = () => {
  const actions = useShellActions();
  useActions(actions.all);
  useActionKeys();
  useFollowedJobs();
  const page = usePageFocus();
  return (
    <>
      <button type="button" className={classes.skip} onClick={() => page.current?.focus()}>
        Skip to content
      </button>
      <Header actions={actions} />
      <main ref={page} tabIndex={-1} className={classes.page}>
        <Outlet />
      </main>
      <Palette />
      <KeysDialog />
    </>
  );
};
