import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { Injectable } from '@nestjs/common';
import type * as z from 'zod';
import { routeMetadata, type RouteAccess, type RouteReply } from './route-declarations';

/** A route as its decorators declare it; what is missing is undefined. */
export interface Route {
  method: string;
  /** With a leading slash, parameters as `:name`. */
  path: string;
  handlerName: string;
  access: RouteAccess | undefined;
  reply: RouteReply | undefined;
  takesBytes: boolean;
  body: z.ZodType | undefined;
  params: z.ZodType | undefined;
  query: z.ZodType | undefined;
  /** Parameters that are read without a schema, by kind. */
  unchecked: string[];
}

interface RouteArgument {
  data?: unknown;
  schema?: z.ZodType;
}

/** Lists every route of the running application from Nest's own metadata: the boot check and the tests read it. */
@Injectable()
export class RouteTable {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  list(): Route[] {
    return this.discovery.getControllers().flatMap((wrapper) => {
      const controller = wrapper.metatype as (new () => object) | null;
      if (!controller) return [];
      const prototype = controller.prototype as Record<string, unknown>;
      return this.scanner
        .getAllMethodNames(prototype)
        .flatMap((name) => describeHandler(controller, name, prototype[name] as object));
    });
  }
}

const describeHandler = (controller: new () => object, name: string, handler: object): Route[] => {
  const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
  if (method === undefined) return [];
  const args = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Record<
    string,
    RouteArgument
  >;
  const prefixes = [Reflect.getMetadata(PATH_METADATA, controller) as string | string[]].flat();
  const suffixes = [Reflect.getMetadata(PATH_METADATA, handler) as string | string[]].flat();
  const declared = {
    method: RequestMethod[method]!,
    handlerName: `${controller.name}.${name}`,
    access: Reflect.getMetadata(routeMetadata.access, handler) as RouteAccess | undefined,
    reply: Reflect.getMetadata(routeMetadata.reply, handler) as RouteReply | undefined,
    takesBytes: Reflect.getMetadata(routeMetadata.takesBytes, handler) === true,
    ...schemasOf(args),
  };
  return prefixes.flatMap((prefix) =>
    suffixes.map((suffix) => ({ ...declared, path: joinPath(prefix, suffix) })),
  );
};

const argumentKinds: Record<number, 'body' | 'params' | 'query'> = {
  [RouteParamtypes.BODY]: 'body',
  [RouteParamtypes.PARAM]: 'params',
  [RouteParamtypes.QUERY]: 'query',
};

const schemasOf = (
  args: Record<string, RouteArgument>,
): Pick<Route, 'body' | 'params' | 'query' | 'unchecked'> => {
  const schemas: Pick<Route, 'body' | 'params' | 'query' | 'unchecked'> = {
    body: undefined,
    params: undefined,
    query: undefined,
    unchecked: [],
  };
  for (const [key, argument] of Object.entries(args)) {
    const kind = argumentKinds[Number(key.split(':')[0])];
    if (!kind) continue;
    // `@Param('id')` would leave the rest of the object unread; whole objects with one schema are the only form.
    if (argument.schema && argument.data === undefined) schemas[kind] = argument.schema;
    else schemas.unchecked.push(kind);
  }
  return schemas;
};

const joinPath = (prefix: string, suffix: string): string =>
  `/${[prefix, suffix]
    .flatMap((part) => part.split('/'))
    .filter(Boolean)
    .join('/')}`;
