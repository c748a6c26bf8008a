import "tdesign-react/es/style/index.css";
import "@/theme/tokens.css";
import "@/theme/base.css";
import "tdesign-react/es/_util/react-19-adapter";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "@/app/App";

const place = document.getElementById("root");
if (place) {
  createRoot(place).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
