import "./states.css";

/** Stands where something will be: lines of text, or one block of a height in px. */
export function Skeleton({ lines, height }: { lines?: number; height?: number }) {
  if (height !== undefined) {
    return <div className="m-skeleton" style={{ height }} aria-hidden="true" />;
  }
  return (
    <div className="m-skeleton-lines" aria-hidden="true">
      {Array.from({ length: lines ?? 3 }, (_, index) => (
        <div key={index} className="m-skeleton" style={{ width: `${[100, 92, 76, 96, 60][index % 5] ?? 80}%` }} />
      ))}
    </div>
  );
}
