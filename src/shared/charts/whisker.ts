import type { Estimate } from '../model/estimate.ts';
import { circle, line, polygon, type Shape } from './decoration.ts';

export interface WhiskerStyle {
  colour: string;
  surface: string;
  /** Filled for evidence that counts, hollow for what is shown without deciding anything. */
  hollow?: boolean;
  diamond?: boolean;
}

/** A dot with its interval at height `y` (pixels); an interval without a value is drawn without a dot. */
export const whisker = (
  estimate: Pick<Estimate, 'value' | 'low' | 'high'>,
  toX: (value: number) => number,
  y: number,
  style: WhiskerStyle,
): Shape[] => {
  const shapes: Shape[] = [];
  const stroke = { stroke: style.colour, lineWidth: 1.5, ...(style.hollow ? { lineDash: [3, 2] } : {}) };
  if (estimate.low !== null && estimate.high !== null) {
    const ends = [toX(estimate.low), toX(estimate.high)] as const;
    shapes.push(line([ends[0], y], [ends[1], y], stroke));
    for (const x of ends) shapes.push(line([x, y - 4], [x, y + 4], { stroke: style.colour, lineWidth: 1.5 }));
  }
  if (estimate.value !== null) {
    const x = toX(estimate.value);
    const fill = { fill: style.hollow ? style.surface : style.colour, stroke: style.colour, lineWidth: 1.5 };
    shapes.push(
      style.diamond
        ? polygon(
            [
              [x, y - 5],
              [x + 5, y],
              [x, y + 5],
              [x - 5, y],
            ],
            fill,
          )
        : circle([x, y], style.hollow ? 3.5 : 4, fill),
    );
  }
  return shapes;
};

/** The span all estimates need, zero included because a change is read against it. */
export const spanOf = (
  estimates: readonly Pick<Estimate, 'value' | 'low' | 'high'>[],
  include: readonly number[] = [0],
): [number, number] => {
  const values = estimates.flatMap((estimate) => [estimate.value, estimate.low, estimate.high]);
  const known = [...values, ...include].filter((value): value is number => value !== null && Number.isFinite(value));
  return [known.reduce((a, b) => Math.min(a, b), 0), known.reduce((a, b) => Math.max(a, b), 0)];
};
