/** Stands in for a part that could not be fetched, and tries again as soon as Multichat answers. */
import { Component, type ReactNode } from "react";
import type { LinkState } from "../state/client.ts";
import { PartMissing } from "./part.ts";

interface Props {
  link: LinkState;
  fallback: ReactNode;
  children: ReactNode;
}

interface State {
  missing: PartMissing | null;
  link: LinkState;
}

export class PartBoundary extends Component<Props, State> {
  override state: State = { missing: null, link: this.props.link };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    if (!(error instanceof PartMissing)) throw error;
    return { missing: error };
  }

  static getDerivedStateFromProps({ link }: Props, state: State): Partial<State> | null {
    if (link === state.link) return null;
    if (!state.missing || link !== "open") return { link };
    state.missing.forget();
    return { link, missing: null };
  }

  override componentWillUnmount(): void {
    this.state.missing?.forget();
  }

  override render(): ReactNode {
    return this.state.missing ? this.props.fallback : this.props.children;
  }
}
