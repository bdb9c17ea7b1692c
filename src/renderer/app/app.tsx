import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import type { Connection } from '../client/connection.ts';
import { ConnectionProvider } from '../client/use-connection.ts';
import { Appearance } from './appearance.tsx';
import { createWindowRouter } from './router.tsx';

/** Nothing changes behind the window's back, so nothing is fetched again on its own. */
const createQueries = () =>
  new QueryClient({
    defaultOptions: {
      queries: { retry: false, staleTime: 30_000, refetchOnWindowFocus: false, networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
  });

export const App = ({ connection }: { connection: Connection }) => {
  const [queries] = useState(createQueries);
  const [router] = useState(createWindowRouter);
  return (
    <Appearance>
      <ConnectionProvider value={connection}>
        <QueryClientProvider client={queries}>
          <Notifications position="bottom-right" />
          <RouterProvider router={router} />
        </QueryClientProvider>
      </ConnectionProvider>
    </Appearance>
  );
};
