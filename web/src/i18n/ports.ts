// Names of ports that cargo of Hong Kong calls at, by UN/LOCODE, in the portal's languages; every other place is shown by the
// name or the code that its message gave.
import type { Language } from '.';

type Names = readonly [en: string, zhHant: string, zhHans: string];

const ports: Record<string, Names> = {
  AEJEA: ['Jebel Ali', '傑貝阿里', '杰贝阿里'],
  AUMEL: ['Melbourne', '墨爾本', '墨尔本'],
  AUSYD: ['Sydney', '悉尼', '悉尼'],
  BEANR: ['Antwerp', '安特衛普', '安特卫普'],
  CAVAN: ['Vancouver', '溫哥華', '温哥华'],
  CNCAN: ['Guangzhou', '廣州', '广州'],
  CNDCB: ['Da Chan Bay', '大鏟灣', '大铲湾'],
  CNFOS: ['Foshan', '佛山', '佛山'],
  CNHUI: ['Huizhou', '惠州', '惠州'],
  CNJMN: ['Jiangmen', '江門', '江门'],
  CNNGB: ['Ningbo', '寧波', '宁波'],
  CNNSA: ['Nansha', '南沙', '南沙'],
  CNSHA: ['Shanghai', '上海', '上海'],
  CNSHK: ['Shekou', '蛇口', '蛇口'],
  CNSZX: ['Shenzhen', '深圳', '深圳'],
  CNTAO: ['Qingdao', '青島', '青岛'],
  CNTSN: ['Tianjin', '天津', '天津'],
  CNXMN: ['Xiamen', '廈門', '厦门'],
  CNYTN: ['Yantian', '鹽田', '盐田'],
  CNZHA: ['Zhanjiang', '湛江', '湛江'],
  CNZSN: ['Zhongshan', '中山', '中山'],
  CNZUH: ['Zhuhai', '珠海', '珠海'],
  DEBRV: ['Bremerhaven', '不來梅港', '不来梅港'],
  DEHAM: ['Hamburg', '漢堡', '汉堡'],
  ESVLC: ['Valencia', '瓦倫西亞', '瓦伦西亚'],
  FRLEH: ['Le Havre', '勒阿弗爾', '勒阿弗尔'],
  GBFXT: ['Felixstowe', '費利克斯托', '费利克斯托'],
  GBLGP: ['London Gateway', '倫敦門戶港', '伦敦门户港'],
  GBSOU: ['Southampton', '修咸頓', '南安普敦'],
  GRPIR: ['Piraeus', '比雷埃夫斯', '比雷埃夫斯'],
  HKHKG: ['Hong Kong', '香港', '香港'],
  IDJKT: ['Jakarta', '雅加達', '雅加达'],
  INNSA: ['Nhava Sheva', '那瓦舍瓦', '那瓦舍瓦'],
  ITGOA: ['Genoa', '熱那亞', '热那亚'],
  JPTYO: ['Tokyo', '東京', '东京'],
  JPYOK: ['Yokohama', '橫濱', '横滨'],
  KHKOS: ['Sihanoukville', '西哈努克港', '西哈努克港'],
  KRPUS: ['Busan', '釜山', '釜山'],
  LKCMB: ['Colombo', '科倫坡', '科伦坡'],
  MATNG: ['Tangier', '丹吉爾', '丹吉尔'],
  MOMFM: ['Macau', '澳門', '澳门'],
  MYPKG: ['Port Klang', '巴生港', '巴生港'],
  MYTPP: ['Tanjung Pelepas', '丹戎帕拉帕斯', '丹戎帕拉帕斯'],
  NLRTM: ['Rotterdam', '鹿特丹', '鹿特丹'],
  NZAKL: ['Auckland', '奧克蘭', '奥克兰'],
  PHMNL: ['Manila', '馬尼拉', '马尼拉'],
  SAJED: ['Jeddah', '吉達', '吉达'],
  SGSIN: ['Singapore', '新加坡', '新加坡'],
  THLCH: ['Laem Chabang', '林查班', '林查班'],
  TWKEL: ['Keelung', '基隆', '基隆'],
  TWKHH: ['Kaohsiung', '高雄', '高雄'],
  TWTXG: ['Taichung', '台中', '台中'],
  USLAX: ['Los Angeles', '洛杉磯', '洛杉矶'],
  USLGB: ['Long Beach', '長灘', '长滩'],
  USNYC: ['New York', '紐約', '纽约'],
  USOAK: ['Oakland', '奧克蘭（加州）', '奥克兰（加州）'],
  USSEA: ['Seattle', '西雅圖', '西雅图'],
  VNHPH: ['Haiphong', '海防', '海防'],
  VNSGN: ['Ho Chi Minh City', '胡志明市', '胡志明市'],
};

const column: Record<Language, 0 | 1 | 2> = { en: 0, 'zh-Hant': 1, 'zh-Hans': 2 };

export function portName(unlocode: string, language: string): string | undefined {
  return ports[unlocode]?.[column[language as Language] ?? 0];
}
