// The words of a language; those of the language before until they are there.
import { useEffect, useState } from "preact/hooks";
import type { Language } from "../entry";
import { insist } from "../insist";
import { type Spoken, wordsFor } from "../words";

export function useWords(language: Language): Spoken | null {
  const [spoken, setSpoken] = useState<Spoken | null>(null);
  useEffect(() => {
    let wanted = true;
    void insist(() => wordsFor(language)).then((words) => {
      if (wanted) setSpoken({ language, words });
    });
    return () => {
      wanted = false;
    };
  }, [language]);
  return spoken;
}
