import { useEffect, useId, type ReactNode } from "react";
import { Link } from "react-router";
import "./page.css";

export interface Crumb {
  label: string;
  /** Path within the console; the page itself has none. */
  to?: string;
}

interface PageProps {
  title: ReactNode;
  /** The title as plain text for the browser's tab, where `title` is not one. */
  tabTitle?: string;
  crumbs?: Crumb[];
  /** One line below the title. */
  lead?: ReactNode;
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  children: ReactNode;
  /** Use the whole width, for boards of charts. */
  wide?: boolean;
}

/** A page of the console: breadcrumb, title, actions, content. */
export function Page({ title, tabTitle, crumbs, lead, actions, children, wide }: PageProps) {
  const tab = tabTitle ?? (typeof title === "string" ? title : undefined);
  useEffect(() => {
    document.title = tab === undefined ? "mien" : `${tab} · mien`;
  }, [tab]);
  return (
    <div className={wide ? "m-page m-page-wide" : "m-page"}>
      <header className="m-page-head">
        <div className="m-page-words">
          {crumbs && crumbs.length > 0 && <Crumbs crumbs={crumbs} />}
          <h1>{title}</h1>
          {lead && <div className="m-page-lead m-muted">{lead}</div>}
        </div>
        {actions && <div className="m-page-actions m-row">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

function Crumbs({ crumbs }: { crumbs: Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="m-crumbs">
      <ol className="m-plain">
        {crumbs.map((crumb) => (
          <li key={crumb.label}>
            {crumb.to === undefined ? <span aria-current="page">{crumb.label}</span> : <Link to={crumb.to}>{crumb.label}</Link>}
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface CardProps {
  title?: ReactNode;
  /** At the right of the title. */
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
  /** No inner spacing, for tables that reach the border. */
  flush?: boolean;
}

/** A panel with an optional title. */
export function Card({ title, actions, children, className, flush }: CardProps) {
  const id = useId();
  const classes = ["m-card", flush && "m-card-flush", className].filter(Boolean).join(" ");
  return (
    <section className={classes} aria-labelledby={title === undefined ? undefined : id}>
      {(title !== undefined || actions !== undefined) && (
        <header className="m-card-head">
          {title !== undefined && <h2 id={id}>{title}</h2>}
          {actions !== undefined && <div className="m-row">{actions}</div>}
        </header>
      )}
      <div className="m-card-body">{children}</div>
    </section>
  );
}

/** A figure with its label, for overviews. */
export function Figure({ label, value, note }: { label: ReactNode; value: ReactNode; note?: ReactNode }) {
  return (
    <div className="m-figure">
      <div className="m-figure-label">{label}</div>
      <div className="m-figure-value m-number">{value}</div>
      {note !== undefined && <div className="m-figure-note">{note}</div>}
    </div>
  );
}

/** Terms with what they are: `<Facts facts={[["编号", <CopyId … />]]} />`. */
export function Facts({ facts }: { facts: [label: ReactNode, value: ReactNode][] }) {
  return (
    <dl className="m-facts">
      {facts.map(([label, value], index) => (
        <div key={index}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
