/** The pairing screen speaks both languages at once: nobody has chosen one yet. */
export const pairWords = {
  "zh-CN": {
    title: "配对显示屏",
    steps: ["在管理页面打开“显示屏”", "点“配对显示屏”", "输入下面的配对码"],
    waiting: "等待管理员输入配对码",
    expires: "{n} 秒后更换配对码",
    preparing: "正在取得配对码",
    away: "服务器没有应答，{n} 秒后自动重试",
    refused: "现在不能配对（{detail}），{n} 秒后自动重试",
    ended: "此显示屏的配对已被撤销或已到期",
  },
  en: {
    title: "Pair this display",
    steps: ["Open “Displays” on the administration pages", "Choose “Pair a display”", "Enter the code below"],
    waiting: "Waiting for an administrator to enter the code",
    expires: "New code in {n} s",
    preparing: "Asking for a code",
    away: "The server does not answer; trying again in {n} s",
    refused: "Pairing is not possible now ({detail}); trying again in {n} s",
    ended: "The pairing of this display was revoked or has ended",
  },
};

export type PairLanguage = keyof typeof pairWords;
export type PairWords = (typeof pairWords)[PairLanguage];

export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
