/** Which characters given names are made of, and which never stand in one. */

/** Characters of sentences: what has one of them behind its surname is no name. */
export const NOT_GIVEN: ReadonlySet<string> = new Set(
  '的了吗呢吧啊呀哦嘛着过是在不没我你您他她它们这那哪谁啥么什怎给把被让叫说找问打接收发送填写查改换装拆退订办缴扣费钱元块账单卡机号码校班级课短息电话手绑登录密点个几两和跟与或但也都就还又很太再只能要请上下外后右对错坏丢刷读住病吃喝睡看听买卖做到从向往因及候今昨岁刚才经曾该须必马急快慢帮麻烦忙者位第些每各某此另老爸妈爷奶姥爹娘哥姐弟妹叔姑舅姨婶孩' +
    '咋啷俺恁侬佢哋嗰冇嘞哒嗯呃额哎喂唉噢嘎咯哈嘛呗喽喺搁噻喃咧啵',
);

/** Of these the ones that stand in given names all the same, where something announces a name: 岳再兴, 和与安. */
export const SELDOM_GIVEN: ReadonlySet<string> = new Set('再和与向从能上好第');

// The two lists are printed by bench/nameTables.ts out of jieba's dictionary (MIT).
const TYPICAL =
  '一笑丁东丹妮乃侠云鹏征伟志佩华俊晖辉儒廉竹夫光克藤叹军冬凤英士勇洪忠田吉心楠德嘉丽莉国宝铭坝树帝旺奉子峻镐宁守安庆宗洛坎山小芹春尼亚抚师姊庄镇建阳孙尔刚成诚念廷思甜恩托辰敏君尹文沛琪昌秋晋晓莲普朗郎果仙格吕汝骏海峰明渝灵威玉珍玲吾磊祥瑞秀红萍贤翠肇良恒菲飞蜀林达逸' +
  '鸣衡遥野锡阿诸青香景龙仁宏谷玄塔寺阁佳乐蝶厚殿嗣铨宫圣松平溪远隆寨寿菊岳伯嫂延森润福荣莱侯斯亭木杰鼎浦欢永泉泽蒂盛庙齐紫强纳姆艾可豪贯贵妃超蓉钧震鹤丛枝毛奎莽蓬翁王楚启虎迪唐天夷宋掌郡刘吴苏卫鲁暖顺柏淮瀛瓦跃胡郭雷萨彦魏川辛韦氏霍静星藩亮祖仲笙帆培健陵谟嵩怡慈慧敦' +
  '澄耀智桐耕肃衍谕李霜颖颜辅塞恺禄悦丸臣豫邑坪鸿丙雅伊伦贝兰兹凯勒卢诗罗笃娜语遂旗禾逊巢弗戈戎潘邦拉帕曼剑朱穆桓亦梅汁梢蛇沈波浩玛珠维羊蒙蓝蚕贾孝陇汤驹龟尉堂钟眉悠毅卒清渊甫章绍腾茂陶槐彪乔桑依允冠凡奥奇怒知柜乌堡然燕琴舒韵乾坤勋孔池斋兀钦艺丘兆仕芳礼康卿兴宰努雄博' +
  '媚泰纲聪仪狄惠孟宾冰岩岭崇祯希弼炎弘彝怀恭禧慎栖敬轩旭昆初昔昭雪晨杏枫柔桂欣殷勤梁璞琛晏洋淳湘航潭焉献麟祁庚祠婷纯索羽耶婉蔚若荫霖翼襄秦谢谦贞赫越昂金锋僧瑜麦黎丫杉屯雨镖杜梦兄豹翅锦霄霞扬靖琼萌芽亨彰毓宇潇鸥熙翰垣梓灿笛夏诺雁曹杨沃叶惟慕荷韶雍佐凉谏仆尚仓振芬芝淞' +
  '凌斌贺庐柳琳秉绶爵姬蕾娟曜契蒿侍黛鞍帖羲涅鹃柱瑛薇婆虞娴洁椿沅炳棠祚涛淇帅予纬裕栋萧舜熊霸瑾勃哲璋榜陈艳锁捷翊燮彭舟禅渠璐赞徵焕虹贻碧芯昊祺裔屏妍傅墨赐糖馨履逢蜂塘鹰鹿葆瞅桢媛霆庵滩尧凰苗梨翔藻昕琦倩歆孚龄卓湛禹婴愚桦邓圭宸巾乙柯硕莹钗晶岚虾卜弥罕俭瑟赵懿玺奈啸崖' +
  '榆峪徐葛丞寅袁雯朵苔钊铎玮剌檀迦沐伐琏铃珩朴巍旋畅晴斐奘耿胤懋娅苌雀丕筠狮嬷娇鑫苑醉绒鲸愿瑶骞茹炜钰涵爽曦誉衫昱茗芮杵佑萱烁彬苒奕睿汐皓彤淼柠煜玥茉';
const UNLIKELY =
  '年制地关贷受口规审日己有杀起部零油事分表术选行战为队研时来流感既使会划域度代势弹程亿意论游央趣随院于称务际议体前毫质多晚省证造空交饮十报确似由界现组役牌委作凭差共许活核热目员自计告次工以敢处数所样烧理用途而虑示难回类推缺已近附概间党税实持指底液防好业遗配完诉预按助' +
  '半描解面识敌条物坐想趋除去却动身社别副品响结整锅脚视责当形包袋仅车市绝资价旁侧场变鲜比项措支落职创展投气始扇紧般篇设评片企属输出算期走搜斜层量系挂缩终争情刑型优突熟促准误排味织独毁专失席速检穷括等构料革团灾具并矿贫食局刻判段激案旅最协涉替待暗角谈血恨效辑狂页股析俄' +
  '础更假故讲综消撤警染苦稳究纺忘负需架害迅件储获导驻私险免饭决桌播试币硬奖且况测番赴断伤靠讯追值络惨技挑饰腐煤轰刺访肠磨产戏签销滑例斤种吨亩句遍床肚压怕套款辆纸反乱份担偏酸货券返态脑障餐糊隔截批胞泪届幅犯扫抓抬即掉患票距氧汽版售辈穿瞧否粗触爆丧较低倒遭题摄罪纷痛冒据' +
  '插跑墓像铺握媒店亡割杂困贼供限吸控贸剧湿剩摆毒腰葬跪辖逐陷乏认减疗避借够症惯愤戒抽捕啦扩逃透盗署租讨互偷逼碰磁购裂殖抵罚拒验编址婚跨暂扑搞骂污械奋迫炸拟闭悄赶哭揭烤稍虽';

/** What Tibetan, Mongol, Yi, Uyghur and Kazakh names are written with. */
const TRANSLITERATED =
  '阿巴卓玛次仁扎西多吉尼曲比乌木呷敖登格日勒哈斯根那苏其古丽娜尔迪热买提江艾力吾克拉孜帕麦伊米努央宗旺堆达瓦桑珠罗布顿措白姆德丹增索朗云塔兰图雅特宝音呼沙马依洛惹史莫甘铁色里腾琪孟旦才让杰肯吐逊亚叶曼莱普萨赛海毕娅高娃琴额敦恩森金花嘎';

const typical: ReadonlySet<string> = new Set(TYPICAL);
const unlikely: ReadonlySet<string> = new Set(UNLIKELY);
const transliterated: ReadonlySet<string> = new Set(TRANSLITERATED);

export const isTypical = (unit: string): boolean => typical.has(unit);
export const isUnlikely = (unit: string): boolean => unlikely.has(unit);
export const isTransliterated = (unit: string): boolean => transliterated.has(unit);
