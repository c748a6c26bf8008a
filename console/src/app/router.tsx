import { createBrowserRouter, type RouteObject } from "react-router";
import { accountPages, operatorPages } from "./pages";
import { AccountGate, Home, OperatorGate, SessionGate } from "./gates";
import { FailedPage, LostPage } from "./ErrorPages";
import { Shell } from "./Shell";
import { Splash } from "./Splash";
import { pageOf } from "./Unloaded";

type Pages = typeof accountPages;

const routesOf = (pages: Pages): RouteObject[] => [
  ...Object.entries(pages).map(
    ([path, load]): RouteObject => ({
      path,
      lazy: async () => ({ Component: await pageOf(load) }),
      ErrorBoundary: FailedPage,
    }),
  ),
  { path: "*", Component: LostPage },
];

export const router = createBrowserRouter(
  [
    {
      HydrateFallback: Splash,
      ErrorBoundary: FailedPage,
      children: [
        { path: "/login", lazy: async () => ({ Component: await pageOf(() => import("@/pages/login")) }) },
        {
          Component: SessionGate,
          children: [
            { path: "/", Component: Home },
            {
              Component: Shell,
              children: [
                { path: "/profile", lazy: async () => ({ Component: await pageOf(() => import("@/pages/profile")) }), ErrorBoundary: FailedPage },
                { path: "/accounts/:account", Component: AccountGate, children: routesOf(accountPages) },
                { path: "/operator", Component: OperatorGate, children: routesOf(operatorPages) },
                { path: "*", Component: LostPage },
              ],
            },
          ],
        },
      ],
    },
  ],
  { basename: "/console" },
);
