import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { RouterProvider } from "react-router";
import ConfigProvider from "tdesign-react/es/config-provider";
import enUs from "tdesign-react/es/locale/en_US";
import zhCn from "tdesign-react/es/locale/zh_CN";
import { asProblem } from "@/api/problem";
import { useRead } from "@/api/use-api";
import { ConfirmProvider } from "@/components/Confirm";
import { Toasts } from "@/components/toast";
import { useLanguage } from "@/i18n";
import { AboutContext } from "./about";
import { ErrorBoundary } from "./ErrorBoundary";
import { router } from "./router";

const TRIES = 2;

function newClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, thrown) => failures < TRIES && asProblem(thrown).status === 0,
        networkMode: "always",
      },
      // A change is repeated by its user, never by itself.
      mutations: { retry: false, networkMode: "always" },
    },
  });
}

export function App() {
  const [client] = useState(newClient);
  const language = useLanguage();
  return (
    <ErrorBoundary>
      <QueryClientProvider client={client}>
        <ConfigProvider globalConfig={language === "zh" ? zhCn : enUs}>
          <About>
            <ConfirmProvider>
              <RouterProvider router={router} />
            </ConfirmProvider>
            <Toasts />
          </About>
        </ConfigProvider>
      </QueryClientProvider>
    </ErrorBoundary>
  );
}

function About({ children }: { children: React.ReactNode }) {
  const about = useRead("/api/v1/about", {}, { freshMs: Infinity });
  return <AboutContext value={about.data ?? null}>{children}</AboutContext>;
}
