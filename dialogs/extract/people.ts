/** Words for people around a name: kin, pupils, staff. */
import { piece } from './pattern';

export const KIN = piece`
    妈妈|爸爸|妈咪|老爸|老妈|妈|爸|爷爷|奶奶|家长|父亲|母亲|姥姥|姥爷|外公|外婆|阿公|阿婆|哥哥|姐姐|叔叔|姑姑|舅舅
    |姨妈|监护人|他妈|他爸|她妈|她爸|mama|baba
  `;
export const CHILD = piece`
    孩子|小孩子?|娃儿?|女儿|儿子|孙子|孙女|外孙女?|闺女|宝贝|宝宝|幺儿|崽崽?|细路|学生|小朋友|妹妹|弟弟|老大|老二|大宝
    |二宝|男孩|女孩|囡囡|丫头|姑娘|细路仔|(?:我|俺|咱)(?:妹|弟|娃|崽|孙|侄子|侄女|外甥女?)
  `;
