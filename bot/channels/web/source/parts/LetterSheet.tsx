// A letter over the whole panel: read, copy, download, print.
import { useEffect, useRef } from "preact/hooks";
import type { Letter } from "../entry";
import { printText } from "../print";
import { filled, useSpoken } from "../words";
import { useCopying } from "./copying";
import { Icon } from "./Icon";

export function LetterSheet({ letter, onBack }: { letter: Letter; onBack: () => void }) {
  const { words } = useSpoken();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const [copy, told] = useCopying(letter);
  return (
    <div class="sheet letter" role="dialog" aria-label={letter.title}>
      <div class="sheet-head">
        <button ref={first} type="button" class="round" aria-label={words.back} onClick={onBack}><Icon name="back" /></button>
        <h2 lang={letter.language}>{letter.title}</h2>
      </div>
      <div class="tools">
        <button type="button" onClick={() => void copy()}><Icon name="copy" />{words.copy}</button>
        <button type="button" onClick={() => download(letter)}><Icon name="save" />{words.download}</button>
        <button type="button" onClick={() => printText(letter.title, letter.text, letter.language)}><Icon name="print" />{words.print}</button>
        <span role="status">{told}</span>
      </div>
      <div class="sheet-body" tabIndex={0} role="group" aria-label={letter.title}>
        <p class="soft">{filled(words.letter_fill, {})}</p>
        <div class="paper" lang={letter.language}>{letter.text}</div>
        {letter.reading_copy && (
          <>
            <h3>{words.reading_copy}</h3>
            <div class="paper copy" lang={letter.reading_copy.language}>{letter.reading_copy.text}</div>
          </>
        )}
      </div>
    </div>
  );
}

export function download(letter: Letter): void {
  const url = URL.createObjectURL(new Blob(["\ufeff", letter.text], { type: "text/plain;charset=utf-8" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: `${letter.title.replace(/[\\/:*?"<>|]+/g, " ").trim()}.txt` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
