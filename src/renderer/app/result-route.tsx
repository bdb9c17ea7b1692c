import { useParams, useSearch } from '@tanstack/react-router';
import { requestOf } from '../workflows/accuracy/import/compare-search.ts';
import { ResultPage } from '../workflows/accuracy/result/result-page.tsx';

export const ResultRoute = () => {
  const { dataset } = useParams({ from: '/accuracy/d/$dataset/result' });
  // What is picked on the page is in the address as well and no other request.
  const request = useSearch({
    from: '/accuracy/d/$dataset/result',
    select: (search) => requestOf(dataset, search),
    structuralSharing: true,
  });
  return <ResultPage dataset={dataset} request={request} />;
};
