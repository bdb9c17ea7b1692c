import { UserFault } from '../../shared/errors.ts';

export interface ReportOptions {
  format: string;
  out: string;
}

const planned = ['pdf', 'bundle'];

/** What is asked for, where this version can write it. */
export const reportFormat = ({ format }: ReportOptions): 'html' | 'json' => {
  if (format === 'html' || format === 'json') return format;
  if (planned.includes(format)) {
    throw new UserFault(`--format is not available in this version, use html or json: ${format}`);
  }
  throw new UserFault(`--format takes html or json: ${format}`);
};
