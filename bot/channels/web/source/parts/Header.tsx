// Whose panel it is, the languages, settings, close.
import type { Conversation } from "../conversation";
import { LANGUAGES, type Language } from "../entry";
import { useSpoken } from "../words";
import { Icon } from "./Icon";
import { useConversation } from "./useConversation";

const SHORT: Record<Language, string> = { en: "EN", "zh-Hant": "繁", "zh-Hans": "简" };
export const NAMES: Record<Language, string> = { en: "English", "zh-Hant": "繁體中文", "zh-Hans": "简体中文" };

interface Props { conversation: Conversation; language: Language; inline: boolean; onMenu: () => void; onClose: () => void }

export function Header({ conversation, language, inline, onMenu, onClose }: Props) {
  const { words } = useSpoken();
  const { info } = useConversation(conversation);
  return (
    <div class="header">
      <span class="mark"><Icon name="scales" /></span>
      <div class="name">
        <h2>{info?.organisation.name || words.title}</h2>
        {!info?.organisation.name && <p>{words.tagline}</p>}
      </div>
      <div class="languages" role="group" aria-label={words.language}>
        {LANGUAGES.map((each) => (
          <button key={each} type="button" lang={each} aria-label={NAMES[each]} aria-pressed={each === language} onClick={() => conversation.choose({ language: each })}>
            {SHORT[each]}
          </button>
        ))}
      </div>
      <button type="button" class="round" aria-label={words.menu} onClick={onMenu}><Icon name="menu" /></button>
      {!inline && <button type="button" class="round" aria-label={words.close} onClick={onClose}><Icon name="close" /></button>}
    </div>
  );
}
