import { Component, type ReactNode } from "react";
import { Failed } from "./ErrorPages";

interface State {
  thrown: unknown;
  failed: boolean;
}

/** The last net: what no page caught. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { thrown: null, failed: false };

  static getDerivedStateFromError(thrown: unknown): State {
    return { thrown, failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <Failed thrown={this.state.thrown} /> : this.props.children;
  }
}
