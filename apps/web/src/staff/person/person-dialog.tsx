import type { BoardRow } from '@fairtake/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Dialog } from '../ui/dialog';
import form from '../ui/form.module.css';
import { Loading } from '../ui/loading';
import { Notice } from '../ui/notice';
import { ProblemNotice } from '../ui/problem-notice';
import { useText } from '../words/use-text';
import { Adjustments } from './adjustments';
import { Deadline } from './deadline';
import { decide, personQuery, type Decision } from './person-queries';
import { TechnicalEvents } from './technical-events';

type PersonDialogProps = { row: BoardRow | null; onClose: () => void };

/** One candidate's deadline, adjustments and technical events. Reviewers see none of it. */
export function PersonDialog({ row, onClose }: PersonDialogProps) {
  const t = useText();
  return (
    <Dialog open={row !== null} onClose={onClose} title={t('person.title', { name: row?.name ?? '' })}>
      {row && <Panel interviewId={row.interviewId} />}
    </Dialog>
  );
}

function Panel({ interviewId }: { interviewId: string }) {
  const t = useText();
  const queryClient = useQueryClient();
  const query = personQuery(interviewId);
  const { data: person, error, refetch } = useQuery(query);
  const decision = useMutation({
    mutationFn: (made: Decision) => decide(interviewId, made),
    onSuccess: (changed) => {
      queryClient.setQueryData(query.queryKey, changed);
      void queryClient.invalidateQueries({ queryKey: ['board'] });
    },
    onError: () => void refetch(),
  });
  if (!person) return error ? <ProblemNotice error={error} onRetry={() => void refetch()} /> : <Loading />;
  const panel = { person, busy: decision.isPending, onDecide: decision.mutate };
  return (
    <div className={form.form}>
      <ProblemNotice error={decision.error} />
      {decision.isSuccess && (
        <Notice tone="good" role="status">
          {t('person.saved')}
        </Notice>
      )}
      <Deadline key={person.deadlineAt} {...panel} />
      <Adjustments {...panel} />
      <TechnicalEvents events={person.events} />
    </div>
  );
}
