import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedRight, logit, sigmoid, solve } from '../../../../../src/main/accuracy/samples/calibration.ts';

describe('expectedRight', () => {
  it('is the sigmoid itself without noise', () => {
    expect(expectedRight(1.3, 0)).toBeCloseTo(sigmoid(1.3), 12);
  });

  it('equals the logistic-normal mean by numerical integration (scipy quad, centre 2, sd 1)', () => {
    expect(expectedRight(2, 1)).toBeCloseTo(0.8445374814699, 9);
  });

  it('is one half at the centre, whatever the noise', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 4, noNaN: true }), (sd) => {
        expect(expectedRight(0, sd)).toBeCloseTo(0.5, 10);
      }),
    );
  });

  it('is undone by solve', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.55, max: 0.99, noNaN: true }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        (p, sd) => {
          const centre = solve((x) => expectedRight(x, sd), p);
          expect(expectedRight(centre, sd)).toBeCloseTo(p, 7);
        },
      ),
    );
  });
});

describe('logit', () => {
  it('undoes the sigmoid', () => {
    expect(logit(sigmoid(-2.5))).toBeCloseTo(-2.5, 10);
  });
});
