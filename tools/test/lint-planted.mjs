// Reads [{ path, code }] from stdin and prints the ESLint rules each would break, in the same order. One
// process for all: loading ESLint and the project graph takes a second, linting a line does not.
import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';
import { ROOT } from '../bootstrap/paths.mjs';
import { cacheProjectGraph } from '../lint/lint.mjs';

cacheProjectGraph(); // Without it the boundary rule is skipped silently.
const eslint = new ESLint({ cwd: ROOT });
const results = [];
for (const { path, code } of JSON.parse(await text(process.stdin))) {
  const [{ messages }] = await eslint.lintText(code, { filePath: path });
  results.push(messages.map(({ ruleId, message }) => ruleId ?? message));
}
console.log(JSON.stringify(results));
