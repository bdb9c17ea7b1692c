/** Two traces that were one: the held reference and what drifted from it. */
export const Mark = () => (
  <svg width="22" height="22" viewBox="0 0 22 22" fill="none" aria-hidden="true" focusable="false">
    <path d="M2 8h18" stroke="var(--db-reference)" strokeWidth="1.5" strokeDasharray="2 2" />
    <path d="M2 8h7l5 8h6" stroke="var(--db-accent)" strokeWidth="2" strokeLinejoin="round" strokeLinecap="round" />
  </svg>
);
