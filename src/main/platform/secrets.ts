import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret of 256 bits that fits an address. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** Compare two secrets without telling by the time taken how much of them agrees. */
export const equalSecrets = (a: string, b: string): boolean => {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
};
