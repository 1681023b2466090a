import * as z from 'zod';

/** One group of variables: its schema reads environment names and gives the nested, typed values. */
export type ConfigGroup = z.ZodType<unknown, Record<string, unknown>>;
export type ConfigGroups = Record<string, ConfigGroup>;
export type Environment = Readonly<Record<string, string | undefined>>;

export type Config<Groups extends ConfigGroups> = {
  readonly [Name in keyof Groups]: Readonly<z.output<Groups[Name]>>;
};

/** Every fault of an environment, one line each. Values are never part of it: they may be secrets. */
export class ConfigInvalid extends Error {
  override readonly name = 'ConfigInvalid';
  constructor(readonly problems: readonly string[]) {
    super(
      ['The configuration is not valid:', ...problems.map((p) => `  ${p}`), 'See .env.example.'].join('\n'),
    );
  }
}

/**
 * Reads an application's configuration. Pure: the environment is an argument. Groups are parsed one by one so that all
 * faults show at once; an empty variable counts as absent, as compose files pass them.
 *
 * @throws ConfigInvalid naming every variable that is missing or wrong
 */
export function loadConfig<Groups extends ConfigGroups>(groups: Groups, env: Environment): Config<Groups> {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const problems: string[] = [];
  const config: Record<string, unknown> = {};
  for (const [name, group] of Object.entries(groups)) {
    const result = group.safeParse(given);
    if (result.success) config[name] = deepFreeze(result.data);
    else problems.push(...result.error.issues.map((issue) => describe(issue, given)));
  }
  if (problems.length > 0) throw new ConfigInvalid([...new Set(problems)]);
  return Object.freeze(config) as Config<Groups>;
}

const describe = (issue: z.core.$ZodIssue, given: Record<string, unknown>): string => {
  const variable = issue.path.map(String).join('.');
  return variable in given ? `${variable}: ${issue.message}` : `${variable}: is missing`;
};

const deepFreeze = (value: unknown): unknown => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) deepFreeze(member);
  }
  return value;
};

/** Name and default of every variable that groups read, for the test that compares them with .env.example. */
export function variablesOf(groups: ConfigGroups): Map<string, string | undefined> {
  const variables = new Map<string, string | undefined>();
  const visit = (schema: z.core.$ZodType): void => {
    if (schema instanceof z.ZodPipe) {
      visit(schema.in);
      visit(schema.out);
    } else if (schema instanceof z.ZodUnion) schema.options.forEach(visit);
    else if (schema instanceof z.ZodDefault) visit(schema.unwrap());
    else if (schema instanceof z.ZodObject)
      for (const [name, variable] of Object.entries(schema.shape as Record<string, z.core.$ZodType>)) {
        if (!variables.has(name)) variables.set(name, defaultOf(variable));
      }
  };
  Object.values(groups).forEach(visit);
  return variables;
}

const defaultOf = (schema: z.core.$ZodType): string | undefined => {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return String(schema.def.defaultValue);
  if (schema instanceof z.ZodPipe) return defaultOf(schema.in);
  return undefined;
};
