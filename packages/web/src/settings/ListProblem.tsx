/** In place of a list that could not be had: why. */
export function ListProblem({ text }: { text: string }) {
  return (
    <p role="alert" className="p-6 text-bad-text wrap-anywhere">
      {text}
    </p>
  );
}
