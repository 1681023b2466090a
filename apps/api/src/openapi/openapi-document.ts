import * as contracts from '@fairtake/contracts';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject, type SchemaObject } from '@nestjs/swagger';
import * as z from 'zod';
import { version } from '../health/version';
import { RouteTable, type Route } from '../routes/route-table';

/** Schemas that have a name in the contracts appear under it in `components`. */
const names = new Map<unknown, string>(
  Object.entries(contracts).flatMap(([name, value]) => (value instanceof z.ZodType ? [[value, name]] : [])),
);

/** OpenAPI 3.1 of every route, made from the schemas that check the requests and replies themselves. */
export function buildOpenApi(app: INestApplication): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setTitle('Fairtake')
    .setDescription('Errors are RFC 9457 problem documents; their codes are listed in docs/api/errors.md.')
    .setVersion(version)
    .setOpenAPIVersion('3.1.0')
    .addCookieAuth('fairtake', { type: 'apiKey', in: 'cookie', name: 'fairtake' }, 'staff')
    .addCookieAuth(
      'fairtake-i',
      { type: 'apiKey', in: 'cookie', name: 'fairtake-i-{interviewId}' },
      'candidate',
    )
    .build();
  const routes = app.get(RouteTable).list();
  // Parameters are spread over the operation one by one, so their schema has to be there, not a reference to it.
  const spread = new Set<unknown>(routes.flatMap((route) => [route.params, route.query]));
  const document = SwaggerModule.createDocument(app, settings, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
    standardSchemaConverter: (schema, { schemaType }) => convert(schema, schemaType, !spread.has(schema)),
  });
  const { components } = convert(contracts.Problem, 'output')!;
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...(components as Record<string, SchemaObject>) },
  };
  for (const route of routes) declareAccess(document, route);
  return document;
}

const convert = (schema: unknown, io: 'input' | 'output', byName = true) => {
  if (!(schema instanceof z.ZodType)) return undefined;
  const json = z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' });
  delete json.$schema;
  const name = byName && names.get(schema);
  if (!name) return { schema: json };
  return { schema: { $ref: `#/$defs/${name}` }, components: { [name]: json } };
};

/** Adds to an operation who may call it and how it fails. */
function declareAccess(document: OpenAPIObject, route: Route): void {
  const path = document.paths[route.path.replaceAll(/:(\w+)/g, '{$1}')];
  const operation = path?.[route.method.toLowerCase() as 'get'];
  if (!operation) return;
  if (route.access === 'candidate') operation.security = [{ candidate: [] }];
  else if (route.access === 'anonymous') operation.security = [];
  else {
    operation.security = [{ staff: [] }];
    operation.description = `Roles: ${route.access?.staff.join(', ')}.`;
  }
  if (route.takesBytes)
    operation.requestBody = {
      required: true,
      content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
    };
  operation.responses.default = {
    description: 'Problem document',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}
