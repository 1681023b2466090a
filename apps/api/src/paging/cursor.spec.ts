import fc from 'fast-check';
import { decodeCursor, encodeCursor, pageOf } from './cursor';

describe('cursor', () => {
  it('reads what it wrote', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }),
        fc.uuid(),
        (createdAt, id) => {
          expect(decodeCursor(encodeCursor({ createdAt, id }))).toEqual({ createdAt, id });
        },
      ),
    );
  });

  it.each(['', 'x', 'AAAA', Buffer.from("1.'; drop table position").toString('base64url')])(
    'refuses %j',
    (cursor) => {
      expect(() => decodeCursor(cursor)).toThrow(expect.objectContaining({ code: 'params_invalid' }));
    },
  );

  it('names the next page only when there is one', () => {
    const keyset = (n: number) => ({ createdAt: new Date(n), id: '00000000-0000-7000-8000-000000000000' });
    expect(pageOf([1, 2, 3], 2, keyset)).toEqual({ data: [1, 2], nextCursor: encodeCursor(keyset(2)) });
    expect(pageOf([1, 2], 2, keyset).nextCursor).toBeNull();
  });
});
