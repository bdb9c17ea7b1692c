import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { z } from 'zod';
import { LoadingState } from '../ui/loading-state.tsx';
import { CompareSearch } from '../workflows/accuracy/import/compare-search.ts';
import { DatasetPage } from '../workflows/accuracy/import/dataset-page.tsx';
import { ImportPage } from '../workflows/accuracy/import/import-page.tsx';
import { InvestigationSearch } from '../workflows/accuracy/investigation/investigation-search.ts';
import { StartPage } from '../workflows/accuracy/start/start-page.tsx';
import { WhichAxisPage, WhichAxisSearch } from '../workflows/accuracy/start/which-axis-page.tsx';
import { ComparisonSearch, RunHistorySearch, RunsSearch } from '../workflows/throughput/throughput-search.ts';
import { NotFoundPage, RouteErrorPage } from './route-states.tsx';
import { Shell } from './shell.tsx';

const rootRoute = createRootRoute({ component: Shell });

const startRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', component: StartPage });

const whichRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/which',
  validateSearch: WhichAxisSearch,
  component: WhichAxisPage,
});

const importRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/accuracy/import',
  // A path that looks like a number or like JSON is still a path.
  validateSearch: z.object({ path: z.coerce.string().optional() }),
  component: ImportPage,
});

const datasetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/accuracy/d/$dataset',
  validateSearch: CompareSearch.partial(),
  component: DatasetPage,
});

const resultRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/accuracy/d/$dataset/result',
  validateSearch: CompareSearch,
  component: lazyRouteComponent(() => import('./result-route.tsx'), 'ResultRoute'),
});

const investigationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/accuracy/i/$investigation',
  validateSearch: InvestigationSearch,
  component: lazyRouteComponent(
    () => import('../workflows/accuracy/investigation/investigation-page.tsx'),
    'InvestigationPage',
  ),
});

const stepPages = () => import('../workflows/accuracy/investigation/step-pages.ts');

const within = { getParentRoute: () => investigationRoute } as const;

const investigationSteps = [
  createRoute({
    ...within,
    path: '/',
    beforeLoad: ({ params, search }) => {
      throw redirect({ to: '/accuracy/i/$investigation/real', params, search, replace: true });
    },
  }),
  createRoute({ ...within, path: 'windows', component: lazyRouteComponent(stepPages, 'WindowsStep') }),
  createRoute({ ...within, path: 'real', component: lazyRouteComponent(stepPages, 'RealStep') }),
  createRoute({ ...within, path: 'where', component: lazyRouteComponent(stepPages, 'WhereStep') }),
  createRoute({ ...within, path: 'kind', component: lazyRouteComponent(stepPages, 'KindStep') }),
  createRoute({ ...within, path: 'moved', component: lazyRouteComponent(stepPages, 'MovedStep') }),
  createRoute({ ...within, path: 'checklist', component: lazyRouteComponent(stepPages, 'ChecklistStep') }),
  createRoute({ ...within, path: 'conclusion', component: lazyRouteComponent(stepPages, 'ConclusionStep') }),
  createRoute({ ...within, path: 'report', component: lazyRouteComponent(stepPages, 'ReportStep') }),
] as const;

const throughputRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/throughput',
    validateSearch: RunsSearch,
    component: lazyRouteComponent(() => import('../workflows/throughput/runs/runs-page.tsx'), 'RunsPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/throughput/runs/$run',
    component: lazyRouteComponent(() => import('../workflows/throughput/run/run-page.tsx'), 'RunPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/throughput/compare',
    validateSearch: ComparisonSearch,
    component: lazyRouteComponent(
      () => import('../workflows/throughput/comparison/comparison-page.tsx'),
      'ComparisonPage',
    ),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/throughput/history',
    validateSearch: RunHistorySearch,
    component: lazyRouteComponent(() => import('../workflows/throughput/history/history-page.tsx'), 'RunHistoryPage'),
  }),
] as const;

const routeTree = rootRoute.addChildren([
  startRoute,
  whichRoute,
  importRoute,
  datasetRoute,
  resultRoute,
  investigationRoute.addChildren(investigationSteps),
  ...throughputRoutes,
]);

/** Hash addresses work the same on loopback and under the desktop's own scheme. */
export const createWindowRouter = () =>
  createRouter({
    routeTree,
    history: createHashHistory(),
    scrollRestoration: true,
    defaultPendingMs: 150,
    defaultPendingComponent: () => <LoadingState what="the page" />,
    defaultErrorComponent: RouteErrorPage,
    defaultNotFoundComponent: NotFoundPage,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createWindowRouter>;
  }
}
