/** The four boards and 23 posts (岗位) of a street, and the departments and agencies above it. */

export const boards = [
  { key: 'party', name: '党的建设', nameEn: 'Party building' },
  { key: 'economy', name: '经济发展', nameEn: 'Economy' },
  { key: 'livelihood', name: '民生服务', nameEn: 'Public services' },
  { key: 'safety', name: '平安法治', nameEn: 'Safety and law' },
] as const;

export type BoardKey = (typeof boards)[number]['key'];

export interface PostPlan {
  role: string;
  board: BoardKey;
  name: string;
  nameEn: string;
}

const post = (board: BoardKey, role: string, name: string, nameEn: string): PostPlan => ({ role, board, name, nameEn });

export const posts: readonly PostPlan[] = [
  post('party', 'general_office', '综合协调岗', 'General office'),
  post('party', 'organisation', '组织人事岗', 'Organisation'),
  post('party', 'publicity', '宣传文明岗', 'Publicity'),
  post('party', 'discipline', '纪检监察岗', 'Discipline'),
  post('party', 'united_front', '统战群团岗', 'United front'),
  post('party', 'social_work', '社会工作岗', 'Social work'),
  post('economy', 'enterprise_service', '企业服务岗', 'Enterprise services'),
  post('economy', 'investment', '项目投资岗', 'Projects and investment'),
  post('economy', 'statistics', '统计岗', 'Statistics'),
  post('economy', 'finance_assets', '财政资产岗', 'Finance and assets'),
  post('livelihood', 'civil_affairs', '民政救助岗', 'Civil affairs'),
  post('livelihood', 'elderly_disabled', '养老助残岗', 'Elderly and disabled'),
  post('livelihood', 'health', '卫生健康岗', 'Health'),
  post('livelihood', 'social_security', '社保就业岗', 'Social security and jobs'),
  post('livelihood', 'education_culture', '教育文体岗', 'Education and culture'),
  post('livelihood', 'veterans', '退役军人岗', 'Veterans'),
  post('livelihood', 'community_service', '社区服务岗', 'Community services and housing'),
  post('safety', 'public_order', '综治维稳岗', 'Public order'),
  post('safety', 'mediation', '矛盾调解岗', 'Mediation'),
  post('safety', 'petition', '信访岗', 'Petitions'),
  post('safety', 'emergency_safety', '应急消防安全岗', 'Emergency and fire safety'),
  post('safety', 'law_enforcement', '综合行政执法岗', 'Law enforcement'),
  post('safety', 'urban_management', '城市管理环保岗', 'City management'),
];

/** Posts of the two smaller streets of the demo. */
export const smallStreetPosts: readonly string[] = [
  'general_office',
  'enterprise_service',
  'civil_affairs',
  'elderly_disabled',
  'health',
  'community_service',
  'public_order',
  'mediation',
  'emergency_safety',
  'law_enforcement',
  'urban_management',
];

export interface OfficePlan {
  kind: 'department' | 'agency';
  role: string;
  /** Follows the name of the district, such as 渝中区. */
  name: string;
  nameEn: string;
}

const department = (role: string, name: string, nameEn: string): OfficePlan => ({
  kind: 'department',
  role,
  name,
  nameEn,
});
const agency = (role: string, name: string, nameEn: string): OfficePlan => ({ kind: 'agency', role, name, nameEn });

/** Every district of the demo has all of them. */
export const districtOffices: readonly OfficePlan[] = [
  department('district_urban_management', '城市管理局', 'Urban Management Bureau'),
  department('district_housing', '住房和城乡建设委', 'Housing and Construction Commission'),
  department('district_emergency', '应急管理局', 'Emergency Management Bureau'),
  department('district_health', '卫生健康委', 'Health Commission'),
  department('district_civil_affairs', '民政局', 'Civil Affairs Bureau'),
  department('district_transport', '交通运输委', 'Transport Commission'),
  department('district_economy_info', '经济信息委', 'Economy and Information Commission'),
  department('district_market', '市场监管局', 'Market Supervision Bureau'),
  department('district_education', '教育委', 'Education Commission'),
  department('district_ecology', '生态环境局', 'Ecology and Environment Bureau'),
  department('district_water', '水利局', 'Water Bureau'),
  department('district_human_resources', '人力社保局', 'Human Resources Bureau'),
  department('district_justice', '司法局', 'Justice Bureau'),
  department('district_public_security', '公安分局', 'Public Security Branch'),
  department('traffic_police', '交巡警支队', 'Traffic Police'),
  department('fire_rescue', '消防救援支队', 'Fire and Rescue'),
  agency('power', '供电分公司', 'Power Supply'),
  agency('water', '自来水公司', 'Water Supply'),
  agency('gas', '燃气公司', 'Gas Supply'),
  agency('telecom', '电信分公司', 'Telecom'),
  agency('mobile', '移动分公司', 'Mobile'),
  agency('unicom', '联通分公司', 'Unicom'),
  agency('tower', '铁塔办事处', 'Tower Company'),
  agency('metro', '轨道运营站区', 'Metro'),
  agency('bus', '公交分公司', 'Bus'),
  agency('broadcasting', '广电网络分公司', 'Broadcasting Network'),
];
