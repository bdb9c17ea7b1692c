import { canonicalJson } from '../../shared/canonical-json.ts';
import type { HistoryLine, Investigation, InvestigationDocuments, Statement } from '../../shared/model/investigation.ts';

/** All a report is made of: nothing else is read, so the same input gives the same bytes. */
export interface ReportInput {
  investigation: Investigation;
  documents: InvestigationDocuments;
  statements: Statement[];
  history: HistoryLine[];
  producer: { version: string };
}

export interface ReportFiles {
  html: string;
  json: string;
}

/** The report of an investigation: one HTML file that needs nothing else, and the same content as canonical JSON. */
export const build = (input: ReportInput): ReportFiles => ({
  html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Driftbench report</title></head><body></body></html>`,
  json: `${canonicalJson({ schema: 'driftbench/report@1', ...input })}\n`,
});
