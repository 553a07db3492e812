import type { Figure } from "../figures/figure.ts";
import type { BenchContext } from "../nodes/bench-context.ts";

/** Measures figures that belong together, on nodes of its own. */
export type Row = (context: BenchContext) => Promise<Figure[]>;
