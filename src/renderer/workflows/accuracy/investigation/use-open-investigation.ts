import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { Investigation } from '../../../../shared/model/investigation.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import { useClient } from '../../../client/use-connection.ts';
import { useJob } from '../../../client/use-job.ts';
import { investigationKey } from './use-investigation.ts';

/** Opens an investigation of a request and goes to its first question; the job can be cancelled and left alone. */
export const useOpenInvestigation = () => {
  const client = useClient();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const onDone = useCallback(
    (investigation: Investigation) => {
      queries.setQueryData(investigationKey(investigation.id), investigation);
      void queries.invalidateQueries({ queryKey: ['investigations'] });
      void queries.invalidateQueries({ queryKey: ['recent'] });
      void navigate({ to: '/accuracy/i/$investigation/real', params: { investigation: investigation.id } });
    },
    [navigate, queries],
  );
  const { run, start, reset } = useJob<Investigation>(onDone);
  const open = useCallback(
    (request: CompareRequest) => start('Opening the investigation', () => client.investigations.open({ request })),
    [client, start],
  );
  return { run, open, reset };
};
