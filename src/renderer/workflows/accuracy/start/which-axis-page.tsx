import { Button, Radio } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { z } from 'zod';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { type Axis, axisQuestions, pickAxes } from './axis-questions.ts';
import classes from './which-axis-page.module.css';

export const WhichAxisSearch = z.object({
  noticed: z.string().optional(),
  same: z.string().optional(),
  changed: z.string().optional(),
});

const ToAccuracy = () => (
  <Button component={Link} to="/accuracy/import">
    Import predictions and labels
  </Button>
);

const ToThroughput = () => (
  <Button component={Link} to="/throughput">
    Run a workload or import runs
  </Button>
);

const Advice = ({ axes }: { axes: Axis[] | null }) => {
  if (axes === null) return <p className={classes.wait}>The suggestion appears when all three are answered.</p>;
  const [first] = axes;
  const title =
    axes.length === 2 && first === 'accuracy'
      ? 'Look at the model first, then at the machine.'
      : axes.length === 2
        ? 'Look at the machine first, then at the model.'
        : first === 'accuracy'
          ? 'Look at the model.'
          : 'Look at the machine.';
  return (
    <div className={classes.advice} role="status">
      <p className={classes.verdict}>{title}</p>
      <p>
        The two are independent: a finding on one says nothing about the other. These answers choose where to start,
        they prove nothing.
      </p>
      <div className={classes.ways}>
        {axes.map((axis) => (axis === 'accuracy' ? <ToAccuracy key={axis} /> : <ToThroughput key={axis} />))}
      </div>
    </div>
  );
};

export const WhichAxisPage = () => {
  const answers = useSearch({ from: '/which' });
  const navigate = useNavigate();
  return (
    <>
      <PageHeader title="Model or machine?" trail="Start">
        Three questions that can be answered without a tool.
      </PageHeader>
      <div className={classes.layout}>
        <div className={classes.questions}>
          {axisQuestions.map((question) => (
            <Radio.Group
              key={question.id}
              className={classes.question}
              label={<b>{question.text}</b>}
              value={answers[question.id] ?? ''}
              onChange={(answer) =>
                void navigate({ to: '/which', search: { ...answers, [question.id]: answer }, replace: true })
              }
            >
              <div className={classes.answers}>
                {question.answers.map((answer) => (
                  <Radio key={answer.id} value={answer.id} label={answer.text} />
                ))}
              </div>
            </Radio.Group>
          ))}
        </div>
        <Panel title="Where to start">
          <Advice axes={pickAxes(answers)} />
        </Panel>
      </div>
    </>
  );
};
