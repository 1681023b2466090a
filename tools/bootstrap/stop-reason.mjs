/**
 * Something the person can put right: the tools print its message without a stack and leave with code 1.
 * Everything else is a fault of ours and keeps its stack.
 */
export class StopReason extends Error {
  name = 'StopReason';
}

/** Runs a tool's main function and turns failures into a readable end. */
export async function runTool(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof StopReason ? `\n${error.message}\n` : error);
    process.exitCode = 1;
  }
}
