// The words of the page, per language.
export const WORDS = {
  en: {
    tagline: "What you can claim, by when, and from whom", place: "Place", language: "Language", fresh: "Start over", anywhere: "Not chosen",
    auto: "As I write", write: "Your message", hint: "What did you buy, and what went wrong?", send: "Send", copy: "Copy", copied: "Copied",
    foot: "General information, not legal advice. Please do not write names, card numbers or addresses.",
    hello: "Hello! Tell me in a sentence or two what you bought, what happened, and where. I will tell you what you are entitled to, with the law, the deadlines and whom to turn to.",
    examples: ["They say the service has started, so no refund", "My gym closed and I have paid for a year", "What evidence should I keep?"],
    failed: "That did not go through. Your message is still in the box below; please send it again.", again: "Send again",
  },
  "zh-Hant": {
    tagline: "能主張什麼、期限到哪天、該找誰", place: "地區", language: "語言", fresh: "重新開始", anywhere: "未選擇",
    auto: "依我輸入的文字", write: "你的訊息", hint: "你買了什麼？出了什麼問題？", send: "送出", copy: "複製", copied: "已複製",
    foot: "一般資訊，不是法律意見。請不要輸入姓名、卡號或地址。",
    hello: "你好！用一兩句話告訴我：買了什麼、發生什麼事、在哪裡。我會告訴你有哪些權利、法律依據、期限，以及可以找誰。",
    examples: ["業者說服務已經開始，不肯退費", "健身房倒了，我繳了一年的錢", "我該保留哪些證據？"],
    failed: "這則沒有送出去。你寫的內容還在下面的輸入框，請再送一次。", again: "再送一次",
  },
  "zh-Hans": {
    tagline: "能主张什么、期限到哪天、该找谁", place: "地区", language: "语言", fresh: "重新开始", anywhere: "未选择",
    auto: "按我输入的文字", write: "你的消息", hint: "你买了什么？出了什么问题？", send: "发送", copy: "复制", copied: "已复制",
    foot: "一般信息，不是法律意见。请不要输入姓名、卡号或地址。",
    hello: "你好！用一两句话告诉我：买了什么、发生了什么、在哪里。我会告诉你有哪些权利、法律依据、期限，以及可以找谁。",
    examples: ["商家说服务已经开始，不给退款", "健身房跑路了，我交了一年的钱", "我该保留哪些证据？"],
    failed: "这条没有发出去。你写的内容还在下面的输入框里，请再发一次。", again: "再发一次",
  },
};
export const NAMES = { en: "English", "zh-Hant": "繁體中文", "zh-Hans": "简体中文" };
