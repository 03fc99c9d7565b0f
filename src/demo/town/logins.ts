/** The short logins of the demo. They are ordinary people of the town whose login happens to be easy to type. */

/** The password of every demo account. For trying things out only: an installation for real work starts without a demo. */
export const demoPassword = 'huangge-demo-2026';

export interface DemoLogin {
  login: string;
  /** 中文 name of the position, for the list printed at start. */
  title: string;
  titleEn: string;
}

const one = (login: string, title: string, titleEn: string): DemoLogin => ({ login, title, titleEn });

export const demoLogins = [
  one(
    'wangge',
    '网格员（重庆村社区，路边黄葛树所在网格）',
    'grid worker, Chongqingcun community, grid of the roadside tree',
  ),
  one('shequ', '社区书记（重庆村社区）', 'community secretary, Chongqingcun'),
  one('jieshou', '街道受理席（两路口街道）', 'street intake seat, Lianglukou'),
  one('jiepai', '街道派遣席（两路口街道）', 'street dispatch seat, Lianglukou'),
  one('chengguan', '城市管理环保岗主岗（两路口街道）', 'street city-management post'),
  one('quzhong', '区中心派遣席（渝中区）', 'district dispatch seat, Yuzhong'),
  one('quchengguan', '区城市管理局经办（渝中区）', 'district urban management bureau'),
  one('jingxin', '区经济信息委经办（渝中区，电缆井等事件牵头）', 'district economy and information commission'),
  one('jiaojing', '交巡警支队经办（渝中区）', 'traffic police, Yuzhong'),
  one('dianli', '供电分公司经办（渝中区）', 'power supply, Yuzhong'),
  one('hecha', '核查员（两路口街道）', 'checker, Lianglukou'),
  one('yanpan', '研判席（两路口街道）', 'analysis seat, Lianglukou'),
  one('dudao', '督办席（两路口街道）', 'supervising seat, Lianglukou'),
  one('zhihui', '指挥长（两路口街道）', 'commander, Lianglukou'),
  one('demo-special_care', '专项帮扶人员（两路口街道，限制类别）', 'special care, Lianglukou (restricted kinds)'),
  one('guihua', '规划员（江北区，桥北社区的菜市场）', 'planner, Jiangbei (the market of Qiaobei)'),
  one('juece', '指挥长（江北区）', 'commander, Jiangbei'),
  one('zhanzhang', '站长（朝天门小红伞驿站）', 'station head, Chaotianmen'),
  one('zhiyuan', '驿站值守（朝天门小红伞驿站，平板）', 'station counter, Chaotianmen (tablet)'),
  one('sysadmin', '系统管理员', 'system administrator'),
  one('secadmin', '安全管理员', 'security administrator'),
  one('audadmin', '审计管理员', 'audit administrator'),
] as const satisfies readonly DemoLogin[];

export const demoCommunity = '500103004010';
/** Where the fourth story happens: 桥北社区 has no food market nearby. */
export const storyDistrict = '500105';
/** Where the first story happens: the grid of `wangge` is the grid of this place. */
export const demoPlaceId = 'tree-chongqingcun';

/**
 * Who is called to a fire in a cable well (category E0511 of db/data/level-library.csv): code of the unit → login of its
 * first handler. The unnamed ones are `demo-<role code>`.
 */
export const handlerLogins: Readonly<Record<string, string>> = {
  '500103-district_economy_info': 'jingxin',
  '500103-traffic_police': 'jiaojing',
  '500103-power': 'dianli',
  '500103-fire_rescue': 'demo-fire_rescue',
  '500103-telecom': 'demo-telecom',
  '500103-mobile': 'demo-mobile',
  '500103-broadcasting': 'demo-broadcasting',
  '500103-metro': 'demo-metro',
  '500103004-emergency_safety': 'demo-emergency_safety',
};
/** Agencies of the same fire in which nobody has an account: they come by a signed link. */
export const byLinkOnly: readonly string[] = ['500103-unicom', '500103-tower'];
