/** Words of assessment: what the score page, the policy, appeals and exclusions call things. */
export const assessmentZhCN = {
  title: "网格考核",
  periods: { week: "周通报", month: "月评估", quarter: "季考核", year: "年度" },
  subjects: { worker: "人员", grid: "网格", community: "社区", subdistrict: "街道", department: "部门" },
  indicators: {
    "grid-coverage": "责任区覆盖",
    "patrol-regularity": "巡查规律",
    "alarm-acknowledged": "签收及时",
    "alarm-arrived": "到场及时",
    "assignments-on-time": "处置按时",
    incidents: "事件办理",
    visits: "走访",
    "spot-checks": "抽查",
    "hours-online": "在线时长",
    mileage: "巡查里程",
  },
  /** What numerator and denominator are, of a person and of an area. */
  counted: {
    worker: {
      "grid-coverage": "到访的方格 / 在岗期间应到的方格（按目标天数分段，每段一次）",
      "patrol-regularity": "巡查满时长的天数 / 应巡查的在岗天数",
      "alarm-acknowledged": "限时内接单 / 派给本人的任务",
      "alarm-arrived": "限时内到场 / 派给本人的任务",
      "assignments-on-time": "限时内处置完 / 派给本人的任务",
      "hours-online": "有定位的小时数 / 有定位的天数",
      mileage: "公里数 / 有定位的天数",
    },
    area: {
      "grid-coverage": "任何人到访的方格 / 应到的方格（按目标天数分段，每段一次）",
      "patrol-regularity": "所属人员巡查满时长的天数 / 应巡查的在岗天数",
      "alarm-acknowledged": "限时内签收的报警 / 辖区内的报警",
      "alarm-arrived": "所属人员限时内到场 / 派给他们的任务",
      "assignments-on-time": "所属人员限时内处置完 / 派给他们的任务",
      "hours-online": "所属人员有定位的小时数 / 有定位的天数",
      mileage: "所属人员的公里数 / 有定位的天数",
    },
  },
  /** Of the denominator, and of what is excluded. */
  units: {
    "grid-coverage": "{n} 格次",
    "patrol-regularity": "{n} 天",
    "alarm-acknowledged": "{n} 次",
    "alarm-arrived": "{n} 次",
    "assignments-on-time": "{n} 次",
    "hours-online": "{n} 天",
    mileage: "{n} 天",
    other: "{n}",
  },
  /** Where a policy's own words are not at hand. */
  bands: { excellent: "优秀", good: "良好", fair: "合格", poor: "待改进" },
  noData: {
    "feature-missing": "功能尚未建成，没有数据",
    "nothing-due": "没有到期的，或全部已排除",
    "none-there": "没有数据来源",
    "too-few": "样本太少",
  },
  noTotal: {
    "over-half-without-data": "一半以上的权重没有数据",
    "not-assessed": "考核方案不考核此类对象",
  },
  excluded: {
    leave: "请假",
    "rest-day": "休息日",
    "no-signal": "无信号",
    "phone-dark": "在岗但手机全天无定位",
    "off-duty": "不在岗",
    exercise: "演练",
    cancelled: "已撤销",
    pending: "时限未到",
  },
  states: { open: "进行中 · 暂定", closed: "已封存" },
  reasons: {
    provisional: "暂定",
    closed: "期满封存",
    "late-data": "有迟到的数据",
    exclusion: "排除的日期有变",
    appeal: "申诉成立",
  },
  appealStates: { open: "待裁定", upheld: "成立", rejected: "不成立" },
  dayStates: {
    patrolled: "已巡查",
    missed: "未达标",
    "phone-dark": "手机无定位",
    leave: "请假",
    "rest-day": "休息日",
    "no-signal": "无信号",
    counted: "计入",
  },
};

export type AssessmentMessages = typeof assessmentZhCN;
