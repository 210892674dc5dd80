// How answers are drawn, by what they are. Fetched with the first answer, together with Markdown and its sanitiser.
import type { ComponentType } from "preact";
import type { Entry } from "../entry";
import type { MessageProps } from "../parts/Message";
import { languageOfText } from "../script";
import { useSpoken } from "../words";
import { AdviceCard } from "./AdviceCard";
import { HandoffCard } from "./HandoffCard";
import { LetterCard } from "./LetterCard";
import { Markdown } from "./Markdown";

export function cardFor(entry: Entry): ComponentType<MessageProps> {
  const { custom } = entry;
  if (custom?.type === "advice" && custom.in_scope && custom.rights.length) return AdviceCard;
  if (custom?.type === "document") return LetterCard;
  if (custom?.type === "handoff") return HandoffCard;
  if (custom?.type === "question") return QuestionCard;
  return NoticeCard;
}

function NoticeCard({ entry }: MessageProps) {
  const { language } = useSpoken();
  return <Markdown text={entry.text} lang={languageOfText(entry.text, language)} />;
}

function QuestionCard({ entry }: MessageProps) {
  const { language } = useSpoken();
  const { custom } = entry;
  if (custom?.type !== "question") return null;
  return (
    <div class="prose question-card" lang={languageOfText(entry.text, language)}>
      <p><b>{custom.text}</b></p>
      {custom.why && <p class="soft">{custom.why}</p>}
    </div>
  );
}
