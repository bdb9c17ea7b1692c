export { ChecklistStep } from './checklist-step.tsx';
export { ConclusionStep } from './conclusion-step.tsx';
export { KindStep } from './kind-step.tsx';
export { MovedStep } from './moved-step.tsx';
export { RealStep } from './real-step.tsx';
export { ReportStep } from './report-step.tsx';
export { WhereStep } from './where-step.tsx';
export { WindowsStep } from './windows-step.tsx';
