import { waitFor } from './wait-for';

describe('waitFor', () => {
  it('returns the first truthy value', async () => {
    const values = [0, '', 'found'];
    expect(await waitFor(() => values.shift(), { what: 'a value', intervalMs: 0 })).toBe('found');
  });

  it('takes an exception for "not yet" and names it when time is up', async () => {
    const cause = new Error('not there');
    const condition = () => Promise.reject(cause);
    await expect(waitFor(condition, { what: 'the file', timeoutMs: 1, intervalMs: 0 })).rejects.toMatchObject(
      {
        message: 'Waited 1 ms for the file.',
        cause,
      },
    );
  });

  it('looks at least once', async () => {
    expect(await waitFor(() => true, { what: 'nothing', timeoutMs: 0 })).toBe(true);
  });
});
