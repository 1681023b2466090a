/**
 * Whether a part of the page could not be fetched: offline, or a newer build has replaced the files of this one. Each
 * browser says it in its own words, and only in the message.
 */
export function isMissingPart(error: unknown): boolean {
  return (
    error instanceof Error &&
    /dynamically imported module|Importing a module script failed|Unable to preload CSS/i.test(error.message)
  );
}
