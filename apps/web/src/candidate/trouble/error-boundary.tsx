import { Component, type ReactNode } from 'react';
import { PageFrame } from '../frame/page-frame';
import { TroubleScreen } from './trouble-screen';

/**
 * The last resort: a defect of ours, or a part of the page that could not be fetched. What was recorded is in the
 * journal, so loading the page again goes on from there.
 */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <PageFrame host={null}>
        <TroubleScreen
          trouble={{ code: navigator.onLine ? 'internal' : 'network' }}
          onRetry={() => location.reload()}
        />
      </PageFrame>
    );
  }
}
