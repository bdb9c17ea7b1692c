import { quoted } from '../../shared/commands.ts';
import type { CheckLine } from '../../shared/model/checklist.ts';
import type { Investigation } from '../../shared/model/investigation.ts';
import { counted } from '../../shared/units.ts';
import { visible } from './text-table.ts';

/** One item as scripts read it. */
export const checkAnswer = ({ item, status, by, collected, answered, reason }: CheckLine) => ({
  id: item.id,
  phase: item.phase,
  question: item.question,
  status,
  by,
  expected: item.expected,
  observed: answered?.sentence ?? collected?.observed ?? null,
  observations: collected?.observations ?? [],
  rule: collected?.rule ?? null,
  evidence: collected?.evidence ?? [],
  reason: reason ?? null,
  remedy: item.remedy,
});

const lines = (line: CheckLine): string[] => {
  const { item, status, collected, answered, reason } = line;
  const seen = answered?.sentence ?? collected?.observed;
  const evidence = collected?.evidence.map(({ id }) => id).join(' ');
  return [
    `  ${status.padEnd(8)}  ${visible(item.question)}`,
    `            expected: ${visible(item.expected)}`,
    ...(seen ? [`            observed: ${visible(seen)}${evidence ? ` (${evidence})` : ''}`] : []),
    ...(reason ? [`            because: ${visible(reason)}`] : []),
    ...(status === 'FAILED' || status === 'WARNED' ? [`            next: ${visible(item.remedy)}`] : []),
  ];
};

/** The checklist as a person reads it on a terminal, phase by phase. */
export const investigationText = (investigation: Investigation): string => {
  const { id, title, verdict, summary, checklist } = investigation;
  const open = checklist.lines.filter(({ by }) => by === null).length;
  return [
    `${verdict.toUpperCase()}  ${visible(title)}`,
    visible(summary),
    ...checklist.phases.flatMap((phase) => [
      '',
      visible(phase.title),
      ...checklist.lines.filter(({ item }) => item.phase === phase.id).flatMap(lines),
    ]),
    '',
    `${counted(open, 'item needs', 'items need')} a person. Go on in the window, or write the report so far:`,
    `  driftbench report ${quoted(id)} --format html --out report.html`,
    '',
  ].join('\n');
};
