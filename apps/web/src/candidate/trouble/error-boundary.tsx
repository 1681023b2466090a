import { Component, type ReactNode } from 'react';
import { PageFrame } from '../frame/page-frame';
import { isMissingPart } from './missing-part';
import { NewVersionScreen } from './new-version-screen';
import { TroubleScreen } from './trouble-screen';

type FailedState = { failed: boolean; newVersion: boolean };

/**
 * The last resort: a defect of ours, or a part of the page that could not be fetched. What was recorded is in the
 * journal, so loading the page again goes on from there.
 */
export class ErrorBoundary extends Component<{ children: ReactNode }, FailedState> {
  override state: FailedState = { failed: false, newVersion: false };

  static getDerivedStateFromError(error: unknown): FailedState {
    return { failed: true, newVersion: navigator.onLine && isMissingPart(error) };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <PageFrame host={null}>
        {this.state.newVersion ? (
          <NewVersionScreen onReload={() => location.reload()} />
        ) : (
          <TroubleScreen
            trouble={{ code: navigator.onLine ? 'internal' : 'network' }}
            onRetry={() => location.reload()}
          />
        )}
      </PageFrame>
    );
  }
}
