import { createHash, timingSafeEqual } from 'node:crypto';

/** SHA-256 as 64 hex digits. */
export const sha256Hex = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** Compare two secrets without telling by the time taken how much of them agrees. */
export const equalSecrets = (a: string, b: string): boolean => {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
};
