import * as z from 'zod';
import { AppError } from './app-error';
import { SchemaPipe } from './schema-pipe';

const pipe = new SchemaPipe();
const Draft = z.strictObject({
  title: z.string(),
  questions: z.array(z.strictObject({ seconds: z.int() })),
  texts: z.record(z.string().regex(/^[a-z]{2}$/), z.string()).optional(),
});
const refusal = async (value: unknown, type: 'body' | 'param' | 'query' = 'body'): Promise<AppError> =>
  pipe.transform(value, { type, schema: Draft }).then(
    () => Promise.reject(new Error('accepted')),
    (error: AppError) => error,
  );

test('a fault is named by a JSON pointer to its field', async () => {
  const error = await refusal({ title: 'a', questions: [{ seconds: 1 }, { seconds: 'x' }] });
  expect(error.code).toBe('body_invalid');
  expect(error.options.errors).toEqual([
    { pointer: '/questions/1/seconds', detail: expect.stringContaining('expected number') as string },
  ]);
});

test('an unknown field is named, unless its name is not a plain word', async () => {
  const known = await refusal({ title: 'a', questions: [], role: 'admin' });
  expect(known.options.errors).toEqual([{ pointer: '/role', detail: 'is not a known field' }]);
  const hostile = await refusal({ title: 'a', questions: [], '<script>alert(1)</script>': 1 });
  expect(hostile.options.errors).toEqual([{ pointer: '/?', detail: 'is not a known field' }]);
  const key = await refusal({ title: 'a', questions: [], texts: { '<b>': 'x' } });
  expect(JSON.stringify(key.options)).not.toContain('<b>');
});

test('a thousand faults make a short list', async () => {
  const error = await refusal({ title: 'a', questions: Array.from({ length: 1000 }, () => 1) });
  expect(error.options.errors).toHaveLength(20);
});

test('a wrong address is told apart from a wrong body', async () => {
  expect((await refusal({}, 'param')).code).toBe('params_invalid');
  expect((await refusal({}, 'query')).code).toBe('params_invalid');
});

test('the handler gets the parsed value', async () => {
  const Query = z.strictObject({ limit: z.coerce.number().default(50) });
  expect(await pipe.transform({ limit: '7' }, { type: 'query', schema: Query })).toEqual({ limit: 7 });
  expect(await pipe.transform({}, { type: 'query', schema: Query })).toEqual({ limit: 50 });
});
