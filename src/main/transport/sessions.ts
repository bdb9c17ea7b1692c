/** Who may talk to the loopback server: keys are exchanged once, tokens live as long as the server. */
export interface Sessions {
  /** A key for the fragment of a link; it opens one session. */
  issueKey(): string;
  /** The token for a key, or null when the key is unknown or was used. */
  exchange(key: string): string | null;
  accepts(token: string): boolean;
}

export interface SessionSecrets {
  newSecret(): string;
  equal(a: string, b: string): boolean;
}

export const createSessions = ({ newSecret, equal }: SessionSecrets): Sessions => {
  const keys = new Set<string>();
  const tokens = new Set<string>();
  const find = (secrets: Set<string>, candidate: string): string | undefined => {
    let found: string | undefined;
    for (const secret of secrets) if (equal(secret, candidate)) found = secret;
    return found;
  };
  return {
    issueKey: () => {
      const key = newSecret();
      keys.add(key);
      return key;
    },
    exchange: (candidate) => {
      const key = find(keys, candidate);
      if (key === undefined) return null;
      keys.delete(key);
      const token = newSecret();
      tokens.add(token);
      return token;
    },
    accepts: (candidate) => find(tokens, candidate) !== undefined,
  };
};
