import { finding, pieceOfEvidence, type Seen, suspectFields, type ThroughputProvider } from './look.ts';

/** What differs of the host, and whether what fell is what the host does: launches, copies, the beginning of a run. */
export const host: ThroughputProvider = {
  observations: { differing: 'number', launchesOnly: 'flag', copiesOnly: 'flag', slowAtFirst: 'flag' },
  collect: ({ comparison }) => {
    const flags: Seen[] = [
      pieceOfEvidence(comparison, 'launchesOnly', 'only launches slower:', 'signature.chain-only'),
      pieceOfEvidence(comparison, 'copiesOnly', 'only copies slower:', 'signature.link-only'),
      pieceOfEvidence(comparison, 'slowAtFirst', 'slow at the beginning of a run:', 'shape.slow-at-first'),
    ];
    return finding([suspectFields(comparison, 'differing', 'host'), ...flags]);
  },
};
