// Which language a text is written in, for `lang` attributes: a screen reader and the choice of glyphs go by it.
import type { Language } from "./entry";

const HAN = /\p{Script=Han}/u;
const ONLY_SIMPLIFIED = /[们这个为后开对关说时会过还进种认让请证据电费务产条项发现买卖东网络区币号码订约应该见观规则约终医疗场钱样无长门问间闻风飞马车达运远选择责质贵赔践误诉谁语适权执业乐书习乡云产亲仅从众优价仪]/;
const ONLY_TRADITIONAL = /[們這個為後開對關說時會過還進種認讓請證據電費務產條項發現買賣東網絡區幣號碼訂約應該見觀規則終醫療場錢樣無長門問間聞風飛馬車達運遠選擇責質貴賠踐誤訴誰語適權執業樂書習鄉雲親僅從眾優價儀]/;

export function languageOfText(text: string, among: Language): Language {
  if (!HAN.test(text)) return "en";
  const simplified = count(text, ONLY_SIMPLIFIED), traditional = count(text, ONLY_TRADITIONAL);
  if (simplified === traditional) return among === "en" ? "zh-Hant" : among;
  return simplified > traditional ? "zh-Hans" : "zh-Hant";
}

function count(text: string, which: RegExp): number {
  return [...text].filter((character) => which.test(character)).length;
}
