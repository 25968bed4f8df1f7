/** Chinese surnames in use, single and compound. */

const SINGLE =
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖闫覃岳仝佟邝涂敬代苑由原樵亓仉禤僮佘揭商佴佰付零磨闭线亢';
const COMPOUND =
  '欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|司空|夏侯|宇文|长孙|轩辕|端木|独孤|南宫|西门|百里|呼延|东郭|澹台|公冶|宗政|濮阳|淳于|单于|太叔|申屠|仲孙|钟离|鲜于|闾丘|亓官|拓跋|公羊|公良|漆雕|乐正|万俟|闻人|赫连|完颜|纳兰|叶赫那拉|爱新觉罗|欧陽';
/** Rare as a surname but common at the head of everyday words: trusted only where a name is expected. */
const EVERYDAY =
  '水花和时平明成计云乐于元经应家全从能向别通那师都后相公由原代查空关红国广文班干单安方高黄金白车强支管路连双充终满步利须益权盖越曾常何任时容习商付解包几';

const singles: ReadonlySet<string> = new Set(SINGLE);
const everyday: ReadonlySet<string> = new Set([...EVERYDAY].filter((unit) => !'黄金何高方任常安关白文于曾付应成路连管车包'.includes(unit)));
export const COMPOUND_SURNAME = new RegExp(`^(?:${COMPOUND})`);

/** How many characters of `text` are a surname at its beginning; 0 when none. */
export function surnameLength(text: string): number {
  const compound = COMPOUND_SURNAME.exec(text);
  if (compound) return compound[0].length;
  return singles.has(text.charAt(0)) ? 1 : 0;
}

/** Whether the surname is one that usually is an ordinary word. */
export const isEveryday = (text: string): boolean => !COMPOUND_SURNAME.test(text) && everyday.has(text.charAt(0));
