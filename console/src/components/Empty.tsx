import type { ReactNode } from "react";
import "./states.css";

export type Picture = "nothing" | "portrait" | "money" | "chart" | "lost" | "locked";

interface EmptyProps {
  title: ReactNode;
  /** What to do next. */
  children?: ReactNode;
  /** Buttons. */
  actions?: ReactNode;
  picture?: Picture;
  /** In a card or table instead of a page. */
  small?: boolean;
  /** Its title is that of the whole page. */
  heading?: boolean;
}

/** Nothing to show yet, and what to do about it. */
export function Empty({ title, children, actions, picture = "nothing", small, heading }: EmptyProps) {
  const Title = heading ? "h1" : "p";
  return (
    <div className={small ? "m-empty m-empty-small" : "m-empty"}>
      <Illustration picture={picture} />
      <Title className="m-empty-title">{title}</Title>
      {children && <div className="m-muted">{children}</div>}
      {actions && <div className="m-row">{actions}</div>}
    </div>
  );
}

/** Drawn in two tones: lines in `currentColor`, surfaces in the brand's light. */
export function Illustration({ picture }: { picture: Picture }) {
  return (
    <svg className="m-illustration" viewBox="0 0 160 112" aria-hidden="true" focusable="false">
      <ellipse cx="80" cy="100" rx="52" ry="6" className="m-ill-shade" />
      {drawings[picture]}
    </svg>
  );
}

const frame = <rect x="50" y="14" width="60" height="78" rx="12" className="m-ill-paper" />;

const face = (
  <>
    <path d="M80 30c11 0 18 8 18 19 0 13-8 24-18 24" className="m-ill-line" />
    <path d="M80 30c-11 0-18 8-18 19 0 13 8 24 18 24" className="m-ill-line m-ill-second" />
    <path d="M80 30v43" className="m-ill-line m-ill-dots" />
    <circle cx="88" cy="48" r="2.4" className="m-ill-dot" />
    <circle cx="72" cy="48" r="2.4" className="m-ill-dot m-ill-second" />
  </>
);

const drawings: Record<Picture, ReactNode> = {
  nothing: (
    <>
      <rect x="34" y="28" width="92" height="60" rx="12" className="m-ill-paper" />
      <path d="M34 48h92" className="m-ill-line m-ill-second" />
      <path d="M48 62h40M48 74h24" className="m-ill-line" />
      <circle cx="46" cy="38" r="2.4" className="m-ill-dot" />
      <circle cx="55" cy="38" r="2.4" className="m-ill-dot m-ill-second" />
    </>
  ),
  portrait: (
    <>
      <rect x="28" y="26" width="46" height="62" rx="10" className="m-ill-paper" transform="rotate(-8 51 57)" />
      <rect x="86" y="26" width="46" height="62" rx="10" className="m-ill-paper" transform="rotate(8 109 57)" />
      {frame}
      {face}
    </>
  ),
  money: (
    <>
      <rect x="30" y="32" width="100" height="54" rx="12" className="m-ill-paper" />
      <circle cx="80" cy="59" r="16" className="m-ill-line" />
      <path d="M73 51l7 8 7-8M80 59v11M74 62h12M74 67h12" className="m-ill-line" />
      <path d="M42 44v0M118 74v0" className="m-ill-line m-ill-second" />
    </>
  ),
  chart: (
    <>
      <rect x="34" y="20" width="92" height="68" rx="12" className="m-ill-paper" />
      <path d="M50 74V56M66 74V44M82 74V62M98 74V38M114 74V52" className="m-ill-line m-ill-second" />
      <path d="M50 50l16-12 16 14 16-22 14 10" className="m-ill-line" />
    </>
  ),
  lost: (
    <>
      {frame}
      <path d="M70 46c0-7 4-11 10-11s10 4 10 10c0 8-10 8-10 16" className="m-ill-line" />
      <circle cx="80" cy="72" r="2.6" className="m-ill-dot" />
    </>
  ),
  locked: (
    <>
      <rect x="52" y="46" width="56" height="44" rx="12" className="m-ill-paper" />
      <path d="M64 46V36c0-9 7-16 16-16s16 7 16 16v10" className="m-ill-line m-ill-second" />
      <circle cx="80" cy="65" r="4" className="m-ill-dot" />
      <path d="M80 69v9" className="m-ill-line" />
    </>
  ),
};
