// One message. Cards and Markdown are fetched with the first answer; until then its words stand there as they are.
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type * as Cards from "../cards";
import type { Conversation, State } from "../conversation";
import type { Entry, Letter } from "../entry";
import { insist } from "../insist";
import { languageOfText } from "../script";
import { timeWords, useSpoken } from "../words";

export interface MessageProps {
  entry: Entry;
  cards: typeof Cards | null;
  isOld: boolean;
  conversation: Conversation;
  state: State;
  send: (text: string, title?: string) => void;
  onLetter: (letter: Letter) => void;
}

/** The cards, once there is something to draw with them. */
export function useCards(wanted: boolean): typeof Cards | null {
  const [cards, setCards] = useState<typeof Cards | null>(null);
  useEffect(() => {
    if (wanted && !cards) void insist(() => import("../cards")).then(setCards);
  }, [wanted]);
  return cards;
}

export function Message(props: MessageProps) {
  const { entry } = props;
  const { words, language } = useSpoken();
  if (entry.said_by === "person") {
    const { text } = entry;
    return (
      <li class="mine">
        <span class="unseen">{words.you}: </span>
        <div class="bubble" lang={languageOfText(text, language)}>{text}</div>
        <small><time dateTime={new Date(entry.at * 1000).toISOString()}>{timeWords(entry.at, language)}</time></small>
      </li>
    );
  }
  return <Answer {...props} />;
}

function Answer(props: MessageProps) {
  const { entry, cards } = props;
  const { words, language } = useSpoken();
  const Body: ComponentType<MessageProps> = cards ? cards.cardFor(entry) : Plain;
  const isAdviser = entry.said_by === "adviser";
  return (
    <li class={`theirs ${entry.custom?.type ?? "notice"} ${isAdviser ? "adviser" : ""}`}>
      {isAdviser ? (
        <p class="who"><b>{words.adviser}</b> <time dateTime={new Date(entry.at * 1000).toISOString()}>{timeWords(entry.at, language)}</time></p>
      ) : <span class="unseen">{words.bot}: </span>}
      <Body {...props} />
    </li>
  );
}

function Plain({ entry }: MessageProps) {
  const { language } = useSpoken();
  return <div class="prose plain" lang={languageOfText(entry.text, language)}>{entry.text}</div>;
}
