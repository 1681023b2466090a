/** A variable as .env.example documents it. */
export interface DocumentedVariable {
  /** The example's value, '' when it has none. */
  value: string;
  /** Processes that read it, from its comment's `Read by:`. */
  readBy: string[];
}

/**
 * Reads .env.example: every variable has a comment above it that ends with `Read by: api, worker.`; a variable that is
 * off by default is commented out (`# NAME=value`).
 */
export function parseEnvExample(text: string): Map<string, DocumentedVariable> {
  const variables = new Map<string, DocumentedVariable>();
  let comment: string[] = [];
  for (const line of text.split('\n')) {
    const variable = /^(?:# )?([A-Z][A-Z0-9_]*)=(.*)$/.exec(line);
    if (variable) {
      const readers = /Read by: ([a-z, ]+)\./.exec(comment.join(' '))?.[1] ?? '';
      variables.set(variable[1]!, { value: variable[2]!, readBy: readers.split(/, */).filter(Boolean) });
      comment = [];
    } else if (line.startsWith('#')) comment.push(line.slice(1).trim());
    else comment = [];
  }
  return variables;
}
