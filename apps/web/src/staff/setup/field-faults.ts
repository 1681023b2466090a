import { createContext, useContext } from 'react';
import { useText, type MessageId } from '../words/use-text';

/** What is wrong at a place of the draft; `pointer` is a JSON pointer into it. */
export type FieldFault = { pointer: string; detail: string };

const worded: Record<string, MessageId> = {
  missing: 'fault.missing',
  language_missing: 'fault.languageMissing',
  anchor_missing: 'fault.anchorMissing',
  not_scored: 'fault.notScored',
  name_missing: 'fault.nameMissing',
  no_question: 'fault.noQuestion',
  in_the_past: 'fault.inThePast',
  unknown: 'fault.unknown',
  too_few_options: 'fault.tooFewOptions',
  impossible: 'fault.impossible',
};

/** Words of a fault; a detail the catalogue does not know is shown as the server wrote it. */
export function useFaultWords(): (fault: FieldFault) => string {
  const t = useText();
  return ({ detail }) => {
    const id = worded[detail];
    return id ? t(id) : detail;
  };
}

export type FaultMap = ReadonlyMap<string, FieldFault>;

export const faultsByPointer = (faults: readonly FieldFault[]): FaultMap =>
  new Map(faults.map((fault) => [fault.pointer, fault]));

export const FaultsContext = createContext<FaultMap>(new Map());

/** The words of the fault at exactly this place, or undefined. */
export function useFault(pointer: string): string | undefined {
  const fault = useContext(FaultsContext).get(pointer);
  const words = useFaultWords();
  return fault && words(fault);
}

/** The id of the field or part a pointer leads to, for links from the summary. */
export const fieldId = (pointer: string): string => `at${pointer.replaceAll('/', '-')}`;
