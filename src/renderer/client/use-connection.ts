import { createContext, useContext } from 'react';
import type { Connection } from './connection.ts';
import type { WorkbenchClient } from './workbench-client.ts';

const ConnectionContext = createContext<Connection | null>(null);

export const ConnectionProvider = ConnectionContext.Provider;

export const useConnection = (): Connection => {
  const connection = useContext(ConnectionContext);
  if (!connection) throw new Error('no connection above this component');
  return connection;
};

export const useClient = (): WorkbenchClient => useConnection().client;
