export function ProgressBar({ label, value, of }: { label: string; value: number; of: number }) {
  return (
    <progress
      aria-label={label}
      value={value}
      max={Math.max(1, of)}
      className="mt-1 block h-1.5 w-full appearance-none overflow-hidden rounded-full bg-pressed [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-pressed [&::-webkit-progress-value]:bg-accent"
    />
  );
}
