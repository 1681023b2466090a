import { Page } from './page';
import { ProblemNotice } from '../ui/problem-notice';

/** In the place of a screen the server will not give: asking again would not change its answer. */
export function RefusedPage({ title, error }: { title: string; error: unknown }) {
  return (
    <Page title={title}>
      <div style={{ padding: 24 }}>
        <ProblemNotice error={error} />
      </div>
    </Page>
  );
}
