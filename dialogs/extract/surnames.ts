/** Chinese surnames in use, single and compound. */

const COMMON =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙史陶贺毛段郝顾龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞' +
  '左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝';
const RARER =
  '言水云奚昌凤花酆廉常乐傅皮元平萧湛禹狄贝计伏谈茅强危支昝经裘干宣贲郁杭洪诸钮嵇滑荀羊於惠家封芮羿储靳汲邴糜松井富乌巴弓牧隗山宓蓬郗班仰秋伊暴厉戎祖束幸韶郜黎蓟薄印宿怀邰从鄂索咸籍赖蔺屠阴胥能苍双闻莘贡劳逄扶堵宰郦雍璩濮寿通扈燕冀郏浦别阎充慕茹习宦鱼容慎戈庾终暨居' +
  '衡步都满弘匡国广禄阙东殳沃利蔚越夔隆厍晁勾融訾阚那空毋乜养鞠须丰巢蒯相后荆红竺权逯盖益桓公仝敬代由原樵亓仉禤僮揭佴佰零磨闭线亢税区冼栗谌楚晋楼银盘植粟帅战鹿辜撒逢展铁海英甯缑郄侴但汝哈初门青官洗招来依呙菅律贵朴玄南太邸';
/** Borne by few, in the register all the same. */
const RAREST =
  '占谯綦尧檀啜撖侍奉昂揣豆种蔄昃仵佀苴芈貊户承德巨寸续禚逮衣宾弭肇遆忻鄢睢卿操琚锁粘玉芶骞淦厚眭揆菊钭酉蹇妥保蒿桐麴昔隽竹修旦雒皋祭荔庹芷豁';
const COMPOUND =
  '欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|司空|夏侯|宇文|长孙|轩辕|端木|独孤|南宫|西门|百里|呼延|东郭|澹台|公冶|宗政|濮阳|淳于|单于|太叔|申屠|仲孙|钟离|鲜于|闾丘|亓官|拓跋|公羊|公良|漆雕|乐正|万俟|闻人|赫连|完颜|纳兰|叶赫那拉|爱新觉罗|欧陽|巫马|公西|壤驷|段干|东野|梁丘|左丘|谷梁|榖梁|宰父|羊舌|即墨|夹谷|颛孙|司寇|太史|仲长|哥舒|贺兰|贺若|斛律|尔朱|屈突|达奚|富察|钮祜禄|瓜尔佳|佟佳|相里|胡母|墨台';
/** Rare as a surname but common at the head of everyday words: trusted only where a name is expected. */
const EVERYDAY =
  '言水花和时平明成计云乐于元经应家全从能向别通那师都后相公由原代查空关红国广文班干单安方高黄金白车强支管路连双充终满步区银海初门青官来但招洗战展铁英植依律利须益权盖越曾常何任时容习商付解包几占奉豆种户承德巨寸续衣宾操锁玉厚修保祭竹妥旦昔侍昂逮粘';

const common: ReadonlySet<string> = new Set(COMMON);
const singles: ReadonlySet<string> = new Set(COMMON + RARER + RAREST);
const everyday: ReadonlySet<string> = new Set([...EVERYDAY].filter((unit) => !'黄金何高方任常安关白文于曾付应成路连管车包'.includes(unit)));
export const COMPOUND_SURNAME = new RegExp(`^(?:${COMPOUND})`);

/** How many characters of `text` are a surname at its beginning; 0 when none. */
export function surnameLength(text: string): number {
  const compound = COMPOUND_SURNAME.exec(text);
  if (compound) return compound[0].length;
  return singles.has(text.charAt(0)) ? 1 : 0;
}

/** Whether one character is a surname, and whether it is one of the two hundred most people bear. */
export const isSurname = (unit: string): boolean => singles.has(unit);
export const isCommonSurname = (unit: string): boolean => common.has(unit);

/** Whether the surname is one that usually is an ordinary word. */
export const isEveryday = (text: string): boolean => !COMPOUND_SURNAME.test(text) && everyday.has(text.charAt(0));
