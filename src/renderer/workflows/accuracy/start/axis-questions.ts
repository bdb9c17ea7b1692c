export type Axis = 'accuracy' | 'throughput';

export interface AxisQuestion {
  id: 'noticed' | 'same' | 'changed';
  text: string;
  answers: readonly { id: string; text: string; points: Axis[] }[];
}

/** Three questions a person can answer without tools. An answer may point at both axes, or at none. */
export const axisQuestions: readonly AxisQuestion[] = [
  {
    id: 'noticed',
    text: 'What was noticed first?',
    answers: [
      { id: 'wrong', text: 'More answers are wrong, or people correct them more often', points: ['accuracy'] },
      { id: 'slow', text: 'Answers come later, time out or cost more', points: ['throughput'] },
      { id: 'both', text: 'Both', points: ['accuracy', 'throughput'] },
      { id: 'unknown', text: 'Neither is clear: somebody complained', points: [] },
    ],
  },
  {
    id: 'same',
    text: 'Take an input from before and run it again today. What comes out?',
    answers: [
      { id: 'same-slow', text: 'The same answer, later', points: ['throughput'] },
      {
        id: 'same-fast',
        text: 'The same answer, as fast as before: so the inputs are others now',
        points: ['accuracy'],
      },
      { id: 'different', text: 'Another answer', points: ['accuracy'] },
      { id: 'unknown', text: 'It can’t be tried', points: [] },
    ],
  },
  {
    id: 'changed',
    text: 'What changed around that time?',
    answers: [
      { id: 'data', text: 'Customers, data sources, an upstream pipeline', points: ['accuracy'] },
      {
        id: 'model',
        text: 'Model, provider version, prompt, quantization, routing or caching',
        points: ['accuracy', 'throughput'],
      },
      { id: 'machine', text: 'Driver, runtime, host, cooling, power limit or neighbours', points: ['throughput'] },
      { id: 'unknown', text: 'Nothing that is known', points: [] },
    ],
  },
];

export type AxisAnswers = Partial<Record<AxisQuestion['id'], string>>;

/** The axes to look at, the likelier one first; null until every question has an answer. */
export const pickAxes = (answers: AxisAnswers): Axis[] | null => {
  const votes: Record<Axis, number> = { accuracy: 0, throughput: 0 };
  for (const question of axisQuestions) {
    const answer = question.answers.find(({ id }) => id === answers[question.id]);
    if (!answer) return null;
    for (const axis of answer.points) votes[axis]++;
  }
  // A tie, or nothing known, is no reason to leave an axis out: they are independent.
  if (votes.accuracy === votes.throughput) return ['accuracy', 'throughput'];
  const first: Axis = votes.accuracy > votes.throughput ? 'accuracy' : 'throughput';
  const second: Axis = first === 'accuracy' ? 'throughput' : 'accuracy';
  return votes[second] > 0 ? [first, second] : [first];
};
