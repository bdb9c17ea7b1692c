import { describe, expect, test } from 'vitest';
import { Cancelled, errorCodes, UserFault, WorkbenchError } from '../../../src/shared/errors.ts';
import { faultOf, toWorkbenchError } from '../../../src/shared/fault.ts';

describe('what crosses', () => {
  test.each([...errorCodes])('%s keeps its code, message and details', (code) => {
    const fault = faultOf(new WorkbenchError(code, 'unknown column: contry', { row: 7 }));
    expect(fault).toMatchObject({ code, message: 'unknown column: contry', details: { row: 7 } });
  });

  test('whether the same call may be tried again', () => {
    expect(faultOf(new WorkbenchError('BUSY', 'x')).retry).toBe(true);
    expect(faultOf(new UserFault('x')).retry).toBeUndefined();
  });

  test.each([
    new TypeError('at /home/me/secret.ts:1'),
    'text',
    null,
    undefined,
    { code: 'BAD_INPUT', message: 'forged' },
  ])('nothing of %s', (error) => {
    expect(faultOf(error)).toEqual({
      code: 'DEFECT',
      message: 'a defect in driftbench stopped this call',
      details: {},
    });
  });
});

describe('what arrives', () => {
  test.each<[unknown, string]>([
    [new Cancelled(), 'CANCELLED'],
    [{ code: 'NOT_FOUND', message: 'unknown job: x', data: {} }, 'NOT_FOUND'],
    [{ code: 'BAD_REQUEST', message: 'x' }, 'BAD_INPUT'],
    [{ code: 'UNAUTHORIZED', message: 'x' }, 'UNAUTHORISED'],
    [{ code: 'TEAPOT', message: 'x' }, 'DEFECT'],
    [new DOMException('gone', 'AbortError'), 'CANCELLED'],
    [new TypeError('fetch failed'), 'UNAVAILABLE'],
    ['text', 'DEFECT'],
    [null, 'DEFECT'],
  ])('%s is one of our codes', (error, code) => {
    const arrived = toWorkbenchError(error);
    expect(arrived).toBeInstanceOf(WorkbenchError);
    expect(arrived.code).toBe(code);
  });
});
