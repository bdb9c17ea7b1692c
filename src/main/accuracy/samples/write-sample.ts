import type { Work } from '../../../shared/model/progress.ts';
import type { Scenario } from './scenario.ts';
import {
  labelsMoved,
  lateDeliveries,
  missingVariable,
  mixMoved,
  nothingHappened,
  pipelineBreak,
  relationMoved,
  silentFailure,
  slowLabels,
} from './scenarios.ts';
import { writeScenario } from './write-scenario.ts';

const offered = [
  silentFailure(4000),
  nothingHappened,
  mixMoved,
  relationMoved,
  labelsMoved,
  pipelineBreak,
  missingVariable,
  slowLabels,
  lateDeliveries,
];

export interface Sample {
  name: string;
  title: string;
  description: string;
}

/** What the start screen offers: incidents made on this machine from a seed. */
export const samples: Sample[] = offered.map(({ name, title, description }) => ({ name, title, description }));

export const sampleNames: string[] = samples.map((sample) => sample.name);

export interface SampleOptions {
  seed: number;
  rowsPerDay?: number;
  days?: number;
  work: Work;
}

/** Writes an offered sample into a folder and returns the path of its `dataset.yaml`. */
export async function writeSample(name: string, folder: string, options: SampleOptions): Promise<string> {
  const { seed, rowsPerDay, days, work } = options;
  return writeScenario(sized(scenarioNamed(name), rowsPerDay, days), folder, seed, work);
}

/** An offered scenario; `unknown sample` otherwise. */
function scenarioNamed(name: string): Scenario {
  const scenario = offered.find((one) => one.name === name);
  if (!scenario) throw new RangeError(`unknown sample: ${name}`);
  return scenario;
}

/** The same scenario at another size; the silent failure's corner keeps its number of rows a day. */
export function sized(scenario: Scenario, rowsPerDay = scenario.rowsPerDay, days = scenario.days): Scenario {
  const fitting = scenario.name === 'silent-failure' ? silentFailure(rowsPerDay) : scenario;
  return { ...fitting, rowsPerDay, days };
}
