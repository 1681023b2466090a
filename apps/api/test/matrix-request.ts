import type { MatrixRow } from './authorisation-matrix';
import type { HttpRequest } from './http-client';
import type { World } from './world';

export interface MatrixRequest {
  method: string;
  path: string;
  request: HttpRequest;
}

/** The request a row describes, without a sender. */
export function requestOf(key: string, row: MatrixRow, world: World): MatrixRequest {
  const [method, template] = key.split(' ') as [string, string];
  const params = row.params?.(world) ?? {};
  const path = template.replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`The row of ${key} gives no value for :${name}`);
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams(row.query?.(world)).toString();
  const body = row.body?.(world);
  const headers = row.headers?.(world);
  return {
    method,
    path: query ? `${path}?${query}` : path,
    request: { ...(body === undefined ? {} : { body }), ...(headers ? { headers } : {}) },
  };
}
