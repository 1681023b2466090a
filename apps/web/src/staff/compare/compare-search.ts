export type CompareSearch = {
  /** Two to four interview ids, comma-separated. */
  interviews?: string;
  question?: string;
};

/** What a compare link may carry: the people side by side and the question. */
export function compareSearch(search: Record<string, unknown>): CompareSearch {
  return {
    ...(typeof search.interviews === 'string' ? { interviews: search.interviews } : {}),
    ...(typeof search.question === 'string' ? { question: search.question } : {}),
  };
}
