/** What went wrong, next to what caused it. */
export function Problem({ text }: { text: string | null }) {
  if (!text) return null;
  return (
    <p role="alert" className="mt-3 text-13 text-bad-text wrap-anywhere">
      {text}
    </p>
  );
}
