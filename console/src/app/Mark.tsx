/** The product's mark: two halves of a face, and what joins them. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false" className="m-mark">
      <rect width="32" height="32" rx="9" fill="#1c6b62" />
      <path d="M16 6.2c5 0 8.2 3.6 8.2 8.7 0 6-3.7 10.9-8.2 10.9" fill="none" stroke="#fff" strokeWidth="2.2" strokeLinecap="round" />
      <path d="M16 6.2c-5 0-8.2 3.6-8.2 8.7 0 6 3.7 10.9 8.2 10.9" fill="none" stroke="#9fd6c6" strokeWidth="2.2" strokeLinecap="round" />
      <path d="M16 6.2v19.6" stroke="#fff" strokeWidth="1.4" strokeDasharray="1.6 2.6" strokeLinecap="round" opacity="0.8" />
      <circle cx="19.9" cy="14.2" r="1.35" fill="#fff" />
      <circle cx="12.1" cy="14.2" r="1.35" fill="#9fd6c6" />
    </svg>
  );
}
