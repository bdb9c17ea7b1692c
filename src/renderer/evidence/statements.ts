import { createContext, useContext } from 'react';
import type { Statement } from '../../shared/model/investigation.ts';

const none: readonly string[] = [];

const StatementsContext = createContext<ReadonlyMap<object, readonly string[]>>(new Map());

/** The SQL that was run for the documents of a page, where it was kept. */
export const StatementsProvider = StatementsContext.Provider;

/**
 * The statements behind exactly this document. Whatever is computed to be looked at only - inside a pick, another metric - is another
 * document, and what was asked for the stored one did not make it.
 */
export const useStatementsOf = (document: object | undefined): readonly string[] => {
  const kept = useContext(StatementsContext);
  return (document && kept.get(document)) ?? none;
};

/** Statements by the document they were run for; the names of the parts are those under which they were recorded. */
export const statementsByDocument = (
  documents: Readonly<Record<string, object | null>>,
  statements: readonly Statement[],
): ReadonlyMap<object, readonly string[]> =>
  new Map(
    Object.entries(documents).flatMap(([part, document]) => {
      const sql = statements.flatMap((statement) => (statement.part === part ? [statement.sql] : []));
      return document ? [[document, sql] as const] : [];
    }),
  );
