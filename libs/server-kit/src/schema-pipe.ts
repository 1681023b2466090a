import type { Problem } from '@fairtake/contracts';
import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { AppError } from './app-error';

type FieldError = NonNullable<Problem['errors']>[number];

/** The part of a Standard Schema issue we read; zod adds `code` and, for unknown fields, `keys`. */
export interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly code?: string;
  readonly keys?: readonly string[];
}

const fieldErrorsMax = 20;

/**
 * Checks what a route receives against the schema named at its parameter (`@Body({ schema })`, `@Query`, `@Param`) and
 * hands on the parsed value. Refuses with `body_invalid` or `params_invalid` and a JSON pointer per fault.
 */
@Injectable()
export class SchemaPipe implements PipeTransform {
  async transform(value: unknown, { schema, type }: ArgumentMetadata): Promise<unknown> {
    if (!schema || type === 'custom') return value;
    const result = await schema['~standard'].validate(value);
    if (!result.issues) return result.value;
    throw new AppError(type === 'body' ? 'body_invalid' : 'params_invalid', {
      errors: toFieldErrors(result.issues),
    });
  }
}

/** Faults as JSON pointers (RFC 6901). Names a sender made up are repeated only when they are plain words. */
export function toFieldErrors(issues: readonly SchemaIssue[]): FieldError[] {
  return issues.slice(0, fieldErrorsMax).map((issue) => {
    const path = (issue.path ?? []).map((step) => (typeof step === 'object' ? step.key : step));
    if (issue.code === 'unrecognized_keys')
      return { pointer: pointerOf([...path, issue.keys?.[0] ?? '']), detail: 'is not a known field' };
    return { pointer: pointerOf(path), detail: issue.message.slice(0, 200) };
  });
}

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${/^[A-Za-z0-9_-]{1,64}$/.test(String(step)) ? String(step) : '?'}`).join('');
