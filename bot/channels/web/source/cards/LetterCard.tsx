// A letter in the conversation: its beginning, and what one can do with it.
import type { Letter } from "../entry";
import { useCopying } from "../parts/copying";
import { Icon } from "../parts/Icon";
import { download } from "../parts/LetterSheet";
import type { MessageProps } from "../parts/Message";
import { printText } from "../print";
import { languageOfText } from "../script";
import { useSpoken } from "../words";
import { Markdown } from "./Markdown";

export function LetterCard({ entry, onLetter }: MessageProps) {
  const { words, language } = useSpoken();
  const letter = entry.custom as Letter;
  const opening = entry.text.split("```")[0]!.trim();
  const [copy, told] = useCopying(letter);
  return (
    <article class="letter-card" aria-label={letter.title}>
      <Markdown text={opening} lang={languageOfText(opening, language)} />
      <div class="paper preview" lang={letter.language}>{letter.text}</div>
      <div class="tools">
        <button type="button" class="main" onClick={() => onLetter(letter)}><Icon name="letter" />{words.open}</button>
        <button type="button" onClick={() => void copy()}><Icon name="copy" />{words.copy}</button>
        <button type="button" onClick={() => download(letter)}><Icon name="save" />{words.download}</button>
        <button type="button" onClick={() => printText(letter.title, letter.text, letter.language)}><Icon name="print" />{words.print}</button>
        <span role="status">{told}</span>
      </div>
    </article>
  );
}
