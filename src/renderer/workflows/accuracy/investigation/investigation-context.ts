import { createContext, useContext } from 'react';
import type { AccuracyComparison, Segment } from '../../../../shared/model/comparison.ts';
import type { Investigation, InvestigationDocuments } from '../../../../shared/model/investigation.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import type { InvestigationSearch } from './investigation-search.ts';
import type { StepId } from './steps.ts';

export interface InvestigationPageState {
  investigation: Investigation;
  documents: InvestigationDocuments;
  comparison: AccuracyComparison;
  request: CompareRequest;
  step: StepId;
  search: InvestigationSearch;
  /** The recorded segment, else the worst one; null when none regressed. */
  place: Segment | null;
}

const InvestigationContext = createContext<InvestigationPageState | null>(null);

export const InvestigationProvider = InvestigationContext.Provider;

export const useInvestigationPage = (): InvestigationPageState => {
  const state = useContext(InvestigationContext);
  if (!state) throw new Error('no investigation above this component');
  return state;
};
