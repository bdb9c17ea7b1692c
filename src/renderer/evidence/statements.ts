import { createContext, useContext } from 'react';
import type { Statement } from '../../shared/model/investigation.ts';

const StatementsContext = createContext<readonly Statement[] | null>(null);

/** The SQL that was run for the documents on the page, part by part, where it was kept. */
export const StatementsProvider = StatementsContext.Provider;

/** The statements behind a part of the document; all of them for the document as a whole. */
export const useStatementsOf = (pointer: string): readonly string[] => {
  const statements = useContext(StatementsContext) ?? [];
  const part = pointer.split('/')[1] ?? '';
  const own = statements.filter((statement) => part !== '' && statement.part.includes(part));
  return (own.length > 0 ? own : statements).map(({ part: name, sql }) => `-- ${name}\n${sql}`);
};
