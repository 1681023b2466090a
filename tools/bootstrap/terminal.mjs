const coloured = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code) => (text) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : String(text));

export const bold = paint('1');
export const dim = paint('2');
export const red = paint('31');
export const green = paint('32');
export const yellow = paint('33');
export const blue = paint('34');

// A closed terminal must not turn an orderly stop into a crash on write.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

/** One short status line: who speaks, what happened. */
export function say(part, message) {
  console.log(`${blue(part.padEnd(9))} ${message}`);
}

/** As `say`, for something a person should look at. */
export function warn(part, message) {
  console.log(`${yellow(part.padEnd(9))} ${message}`);
}

/** A box of lines; widths count wide (Chinese) characters as two columns. */
export function box(lines) {
  const width = Math.max(...lines.map(columns));
  const rows = lines.map((line) => `│ ${line}${' '.repeat(width - columns(line))} │`);
  return [`╭${'─'.repeat(width + 2)}╮`, ...rows, `╰${'─'.repeat(width + 2)}╯`].join('\n');
}

function columns(text) {
  let count = 0;
  // eslint-disable-next-line no-control-regex -- colour codes take no room
  for (const character of text.replace(/\u001b\[\d+m/g, '')) {
    count += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(character) ? 2 : 1;
  }
  return count;
}
