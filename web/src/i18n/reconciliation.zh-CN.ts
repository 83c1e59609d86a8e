/** Words of the page that shows that no alarm was lost; a part of the administrator's catalogue. */
export const reconciliationZhCN = {
  intro: "手机按下的每一个报警，是否都已收到、入库、显示、签收、结案。时间按 {zone}。",
  stations: {
    received: "收到（手机已得到应答）",
    stored: "写入流水",
    shown: "至少一块屏幕已显示",
    acknowledged: "已签收",
    closed: "已结案",
  },
  of: "{n} / {all}",
  missing: "缺 {n}",
  whole: "全部",
  time: "从到达到首块屏幕显示：一半在 {median} 毫秒内，99% 在 {p99} 毫秒内",
  none: "这段时间没有报警。",
  notShown: "尚未显示的报警",
  notAcknowledged: "尚未签收的报警",
  broken: "校验链不完整的报警：流水被改动过",
  first: "仅列出前 100 个",
  intact: "所有流水的校验链完整。",
  keptFrom: "{time} 之前结束的报警已过保存期并已删除：不计入本页，也不算丢失。",
  erased: "其中 {n} 个报警的个人信息已删除，流水仍可校验。",
  report: "报告",
};

export type ReconciliationMessages = typeof reconciliationZhCN;
