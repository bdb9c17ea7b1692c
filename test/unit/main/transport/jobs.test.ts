import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../../../src/main/platform/clock.ts';
import { createJobs, type Jobs } from '../../../../src/main/transport/jobs.ts';
import { UserFault } from '../../../../src/shared/errors.ts';
import type { JobState } from '../../../../src/shared/model/job.ts';
import type { Work } from '../../../../src/shared/model/progress.ts';
import { followJob } from '../../../../src/shared/run-job.ts';

let asked = 0;
const numberJob = (run: (work: Work) => Promise<number>, input: unknown = asked++) => ({
  kind: 'test',
  title: 'Test',
  input,
  result: z.number(),
  run,
});

const statesOf = async (jobs: Jobs, jobId: string): Promise<JobState[]> => {
  const states: JobState[] = [];
  for await (const state of jobs.watch(jobId)) states.push(state);
  return states;
};

/** Runs until it is cancelled, as a query does. */
const endless = ({ signal, progress }: Work): Promise<number> =>
  new Promise((_resolve, reject) => {
    progress({ step: 'counting', done: 1, total: null, unit: 'rows' });
    signal.addEventListener('abort', () => reject(new Error('interrupted by the driver')));
  });

const clientOf = (jobs: Jobs) => ({
  jobs: {
    watch: async ({ jobId }: { jobId: string }) => jobs.watch(jobId),
    cancel: async ({ jobId }: { jobId: string }) => jobs.cancel(jobId),
  },
});

describe('a job', () => {
  test('tells its result, and tells it again to whoever comes later', async () => {
    const jobs = createJobs(systemClock);
    const { jobId } = jobs.start(numberJob(async () => 42));
    expect((await statesOf(jobs, jobId)).at(-1)).toMatchObject({ status: 'done', result: '42' });
    expect(await statesOf(jobs, jobId)).toMatchObject([{ status: 'done', result: '42' }]);
    expect(jobs.list()).toMatchObject([{ jobId, status: 'done' }]);
    expect(jobs.list()[0]).not.toHaveProperty('result');
  });

  test('two watchers see the same end, the second begins with the progress so far', async () => {
    const jobs = createJobs(systemClock);
    let finish: (value: number) => void = () => undefined;
    const { jobId } = jobs.start(
      numberJob(({ progress }) => {
        progress({ step: 'reading', done: 3, total: 9, unit: 'files' });
        return new Promise((resolve) => {
          finish = resolve;
        });
      }),
    );
    const first = statesOf(jobs, jobId);
    const second = statesOf(jobs, jobId);
    finish(7);
    for (const states of [await first, await second]) {
      expect(states[0]).toMatchObject({ status: 'running', progress: { step: 'reading', done: 3 } });
      expect(states.at(-1)).toMatchObject({ status: 'done', result: '7' });
    }
  });

  test('progress told a thousand times between two looks is seen once', async () => {
    const jobs = createJobs(systemClock);
    const { jobId } = jobs.start(
      numberJob(async ({ progress }) => {
        for (let done = 0; done < 1000; done += 1) progress({ step: 'reading', done, total: 1000, unit: 'rows' });
        return 1;
      }),
    );
    expect((await statesOf(jobs, jobId)).length).toBeLessThan(4);
  });

  test('ends with the fault of the user', async () => {
    const jobs = createJobs(systemClock);
    const { jobId } = jobs.start(
      numberJob(async () => {
        throw new UserFault('unknown column: contry', { file: 'a.yaml' });
      }),
    );
    await expect(followJob(clientOf(jobs), jobId)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: 'unknown column: contry',
      details: { file: 'a.yaml' },
    });
  });

  test.each([
    ['a NaN result', async () => Number.NaN],
    ['a result of another shape', async () => 'seven' as unknown as number],
    ['a broken invariant', async () => Promise.reject(new TypeError('secret'))],
  ])('%s is a defect, told here and not there', async (_name, run) => {
    const defects: unknown[] = [];
    const jobs = createJobs(systemClock, (error) => defects.push(error));
    const { jobId } = jobs.start(numberJob(run));
    const last = (await statesOf(jobs, jobId)).at(-1);
    expect(last).toMatchObject({ status: 'failed', error: { code: 'DEFECT' } });
    expect(JSON.stringify(last)).not.toContain('secret');
    expect(defects).toHaveLength(1);
  });

  test('is cancelled whatever its work throws when it is interrupted', async () => {
    const jobs = createJobs(systemClock);
    const { jobId } = jobs.start(numberJob(endless));
    const abort = new AbortController();
    const following = followJob(clientOf(jobs), jobId, { signal: abort.signal, onProgress: () => abort.abort() });
    await expect(following).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(jobs.list()).toMatchObject([{ status: 'cancelled' }]);
  });

  test('that was followed by a window now closed goes on, and leaving does not cancel it', async () => {
    const jobs = createJobs(systemClock);
    const { jobId } = jobs.start(numberJob(endless));
    const left = new AbortController();
    const watching = jobs.watch(jobId, left.signal);
    await watching.next();
    left.abort();
    expect((await watching.next()).done).toBe(true);
    expect(jobs.list()).toMatchObject([{ status: 'running' }]);
    await jobs.close();
    expect(jobs.list()).toMatchObject([{ status: 'cancelled' }]);
  });

  test('asked for again while it runs is the same job; once it ended or was cancelled, a new one', async () => {
    const jobs = createJobs(systemClock);
    const first = jobs.start(numberJob(endless, { a: 1, b: 2 }));
    expect(jobs.start(numberJob(endless, { b: 2, a: 1 }))).toEqual(first);
    expect(jobs.start(numberJob(endless, { a: 1, b: 3 }))).not.toEqual(first);
    jobs.cancel(first.jobId);
    const second = jobs.start(numberJob(async () => 1, { a: 1, b: 2 }));
    expect(second).not.toEqual(first);
    await statesOf(jobs, second.jobId);
    expect(jobs.start(numberJob(async () => 2, { a: 1, b: 2 }))).not.toEqual(second);
    await jobs.close();
  });

  test('that is not known is said so', async () => {
    const jobs = createJobs(systemClock);
    await expect(jobs.watch('nope').next()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(() => jobs.cancel('nope')).toThrow('unknown job: nope');
  });

  test('is forgotten only after twenty later ones have ended', async () => {
    const jobs = createJobs(systemClock);
    const ids: string[] = [];
    for (let n = 0; n < 22; n += 1) {
      const { jobId } = jobs.start(numberJob(async () => n));
      await statesOf(jobs, jobId);
      ids.push(jobId);
    }
    expect(jobs.list().map(({ jobId }) => jobId)).toEqual(ids.slice(2));
  });
});
