// Copying a letter, and what is told of it.
import { useState } from "preact/hooks";
import type { Letter } from "../entry";
import { useSpoken } from "../words";

/** [copies the letter, what to tell: copied, or that it could not be]. */
export function useCopying(letter: Letter): [() => Promise<void>, string] {
  const { words } = useSpoken();
  const [told, setTold] = useState("");
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(letter.text);
      setTold(words.copied);
    } catch {
      setTold(words.copy_failed);
    }
  };
  return [copy, told];
}
