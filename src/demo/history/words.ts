/** Fills the templates with places and numbers. */
import { pickOne, randomInt, type Rng } from '#kit/random.ts';

const times = ['昨晚', '今天早上', '中午', '下午三点多', '刚才', '半夜', '傍晚', '上周末'] as const;

export function fill(rng: Rng, template: string, place: string): string {
  return template
    .replaceAll('{p}', place)
    .replaceAll('{n}', () => String(randomInt(rng, 2, 8)))
    .replaceAll('{f}', () => String(randomInt(rng, 2, 9)))
    .replaceAll('{d}', () => String(randomInt(rng, 2, 6)))
    .replaceAll('{w}', () => pickOne(rng, times));
}

export const spoken = {
  receive: ['收到，安排网格员现场核实。', '已受理。'],
  notFound: ['到场未见所述情况，周边走访亦无人知晓。', '现场已恢复正常，无需处置。'],
  decline: [
    '经现场核实未发现所反映的问题，如再次出现请随时上报。',
    '此事属于双方民事约定，建议通过物业合同或诉讼解决。',
    '所述地点不在本辖区，已告知所属单位的电话。',
  ],
  escalateCommunity: [
    '需要专业队伍和设备，社区无处置能力。',
    '涉及执法，社区无执法权。',
    '属街道岗位职责，请街道派遣。',
    '已劝导两次未果，请街道协调。',
  ],
  escalateStreet: [
    '责任主体为区级部门，街道无处置权限。',
    '需要专业资质单位施工，请区中心统筹。',
    '涉及多个权属单位，请区级牵头。',
  ],
  instruction: [
    '请按时限处置，处置前后拍照。',
    '请先消除危险再彻底整改。',
    '处置后请回复反映人。',
    '注意交通和人员安全。',
    '请与社区网格员现场对接。',
  ],
  wrongUnit: ['经核实不属本岗职责，权属单位另有其人，请改派。', '该设施权属不在我单位，请核对权属后改派。'],
  arriveNote: ['已到现场。', '人员和设备到位，开始处置。', '现场设置了围挡。', ''],
  progress: [
    '材料已采购，明天上午进场。',
    '已与当事人约定时间再次上门。',
    '正在协调权属单位，预计两日内完成。',
    '下雨无法施工，天晴后继续。',
  ],
  checkPass: ['现场核查，问题已解决。', '核查属实，已恢复原状。', '电话回访反映人，表示认可。'],
  checkFail: ['现场只清理了一半，请返工。', '井盖仍有响声，未处理到位。', '反映人称问题依旧，现场属实。'],
  shelve: [
    '需纳入老旧小区改造统一实施，资金尚未落实，列入下季度计划。',
    '产权单位已注销，正在确认接收主体。',
    '涉及加装电梯的底楼住户暂未达成一致。',
    '需雨季过后才能施工。',
  ],
  resume: ['条件已具备，恢复办理。', '资金已落实，恢复办理。'],
  mergeReason: ['同一处同一件事，并入前件一并办理。'],
  reopen: ['过了两天又和原来一样了，请再来看看。', '只处理了一部分，没有解决。'],
  urge: ['几天了，请问有进展吗？', '麻烦快一点，家里有老人。'],
  supervise: ['群众反映集中，请在时限内办结并回复。', '已超时限，请说明原因和完成时间。'],
  praise: ['处理很快，谢谢。', '满意。', '网格员很耐心。', ''],
  blame: ['拖得太久了。', '治标不治本。', '希望以后定期检查。'],
  noPhoto: ['以文字和走访记录为准。', '入户调解，不便拍照。', '照片留存在原系统。'],
  extension: ['材料到货延迟，申请延期。', '连续降雨无法施工。'],
} as const satisfies Record<string, readonly string[]>;
