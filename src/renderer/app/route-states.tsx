import { Button } from '@mantine/core';
import { type ErrorComponentProps, Link, useRouterState } from '@tanstack/react-router';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { PageHeader } from '../ui/page-header.tsx';

const ToStart = () => (
  <Button variant="default" component={Link} to="/">
    Go to start
  </Button>
);

export const NotFoundPage = () => {
  const address = useRouterState({ select: (state) => state.location.href });
  return (
    <>
      <PageHeader title="No such page" />
      <EmptyState title={`Nothing lives at ${address}`} actions={<ToStart />}>
        The address may be from another version or cut off. The start screen lists recent work.
      </EmptyState>
    </>
  );
};

/** Also shown for an address whose parameters do not fit, such as windows that are not days. */
export const RouteErrorPage = ({ error, reset }: ErrorComponentProps) => (
  <>
    <PageHeader title="This page can't be shown" />
    <ErrorState
      title="The page stopped"
      error={error}
      next="If the address was typed or shortened, check its dates; otherwise try again or go back to the start screen."
      onRetry={reset}
      actions={<ToStart />}
    />
  </>
);
