import { Mark } from "./Mark";

/** Before anything is known. */
export function Splash() {
  return (
    <div style={{ minHeight: "100vh", display: "grid", placeItems: "center", opacity: 0.6 }} aria-busy="true">
      <Mark size={48} />
    </div>
  );
}
