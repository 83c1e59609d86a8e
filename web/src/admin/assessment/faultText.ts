/** What the server says of a policy's faults, whose words are English, in Chinese; what is not known here stays as it is. */
const CHINESE: readonly [RegExp, string][] = [
  [/^must have weights that make 100, and they make (.+)$/, "权重合计应为 100，现在是 $1"],
  [
    /^must be 0 as long as no legal basis is recorded.*$/,
    "没有写明法律依据时应为 0：它说的是一个人被看了多久、走了多远",
  ],
  [/^must be a whole number from (.+) to (.+)$/, "应为 $1 至 $2 的整数"],
  [/^must be a number from (.+) to (.+)$/, "应为 $1 至 $2 的数"],
  [/^must be another value than zero$/, "不能与 0 分的值相同"],
  [/^must be above that of the step before$/, "应高于上一级"],
  [/^must be below that of the band before.*$/, "应低于上一等级：等级由高到低，不能重叠"],
  [/^of the last band must be 0.*$/, "最后一级应从 0 分起，每个总分都要有等级"],
  [/^must be a day from today on.*$/, "应为今天或之后的日子：已经开始的时段按开始时的方案"],
  [/^must have at most (\d+) characters$/, "最多 $1 个字"],
  [/^must have (\d+) to (\d+) characters.*$/, "$1 至 $2 个字：哪部法规或约定，第几条"],
  [/^must be a text of 1 to (\d+) characters$/, "1 至 $1 个字"],
  [/^must be a list of (\d+) to (\d+)$/, "应为 $1 至 $2 项的列表"],
  [/^must be one of (.+)$/, "应为其中之一：$1"],
  [/^must be an object$/, "应为对象"],
  [/^is not known here; known are (.+)$/, "没有这一项，可用的是：$1"],
  [/^stands here (?:twice|already)$/, "重复"],
  [/^is the id of another band$/, "与另一等级的 id 相同"],
  [/^must have at least one of (.+)$/, "至少要有其中之一：$1"],
];

export function faultText(said: string, language: string): string {
  if (language === "en") return said;
  for (const [pattern, words] of CHINESE) {
    if (pattern.test(said)) return said.replace(pattern, words);
  }
  return said;
}
