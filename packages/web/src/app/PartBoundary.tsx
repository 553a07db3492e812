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
  /** Since Multichat answers: who fails again then asks for what is no longer there. */
  #triedAgain = false;

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

  /** By the time that React tells of the failure, Multichat may answer again: nothing would come any more to wait for. */
  override componentDidCatch(error: unknown): void {
    if (!(error instanceof PartMissing) || this.props.link !== "open" || this.#triedAgain) return;
    this.#triedAgain = true;
    error.forget();
    this.setState({ missing: null });
  }

  override componentDidUpdate(): void {
    if (this.props.link !== "open") this.#triedAgain = false;
  }

  override componentWillUnmount(): void {
    this.state.missing?.forget();
  }

  override render(): ReactNode {
    return this.state.missing ? this.props.fallback : this.props.children;
  }
}
