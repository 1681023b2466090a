/** A file of the build, as far as the shell cares. */
export interface BuiltFile {
  fileName: string;
  /** Text of scripts and style sheets; empty for pictures and fonts. */
  text: string;
}

/**
 * Every file the candidate's pages can ever ask for: the entry, and whatever is named in a file that belongs already
 * (static and dynamic imports, style sheets, workers, message catalogues all appear by name). Pure.
 */
export function shellFiles(files: readonly BuiltFile[], entry: string): string[] {
  const nameOf = (fileName: string): string => fileName.slice(fileName.lastIndexOf('/') + 1);
  const found = new Set([entry]);
  const queue = [entry];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const text = files.find(({ fileName }) => fileName === next)?.text ?? '';
    for (const { fileName } of files) {
      if (found.has(fileName) || !text.includes(nameOf(fileName))) continue;
      found.add(fileName);
      queue.push(fileName);
    }
  }
  return [...found].sort();
}
