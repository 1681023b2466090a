import { ApiProblem, NetworkFault } from '../../api/api-client';
import { endsAsking } from './ends-asking';

const problem = (status: number): ApiProblem =>
  new ApiProblem({ type: '', title: '', status, code: 'internal', requestId: '' });

it('goes on asking after whatever may be better in a moment', () => {
  expect([429, 400, 409, 500, 503].map((status) => endsAsking(problem(status)))).not.toContain(true);
  expect(endsAsking(new NetworkFault('away'))).toBe(false);
});

it('ends when the interview is no longer this browser’s', () => {
  expect([401, 403, 404, 410].every((status) => endsAsking(problem(status)))).toBe(true);
});
