import { useParams, useSearch } from '@tanstack/react-router';
import { requestOf } from '../workflows/accuracy/import/compare-search.ts';
import { ResultPage } from '../workflows/accuracy/result/result-page.tsx';

export const ResultRoute = () => {
  const { dataset } = useParams({ from: '/accuracy/d/$dataset/result' });
  const search = useSearch({ from: '/accuracy/d/$dataset/result' });
  return <ResultPage dataset={dataset} request={requestOf(dataset, search)} />;
};
