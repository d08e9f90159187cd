// 简体中文：核验证据一页，以及行程中有关日志的文字。
import type { verifyEn } from './verify_en';

export const verifyZhHans: typeof verifyEn = {
  verify: {
    title: '核验证据',
    lead: '一份证明或证据包是否真实？核验在您的浏览器内进行，文件不会发送到任何地方，也不需要账户。',
    offline: '保存离线核验程序',
    offlineHelp: '一个页面，可从磁盘打开，不经此服务器作同样的核验。如不信任此服务器，便不应从这里取得。',
    published: '此服务器公布的策略',
    publishedNote: '所用的是此服务器公布的策略。如与其运营者有争议，请选用您从其他途径取得的策略。',
    link: '核验证据',
    now: '此服务器的日志',
    none: '此服务器没有日志。',
    origin: '日志',
    entries: '树中的记录数',
    behind_one: '尚有 {{count}} 条记录未列入',
    behind_other: '尚有 {{count}} 条记录未列入',
    witnessed: '最近一棵经见证的树',
    witnessedOf: '{{count}} 条记录',
    seenBy: '见证人',
    seenAt: '{{name}}，{{time}}',
    noWitness: '没有见证人：策略并不要求',
    notWitnessed: '尚未有',
    checked: '您的浏览器已按所公布的策略核验这些签名。',
    doubtful: '最近的检查点与所公布的策略不符。',
    warnings: '服务器表示',
  },
  evidence: {
    title: '证据',
    save: '保存证据',
    saving: '制作中…',
    help: '一份无需 Fairway 也可核验的文件：您所见的行程内容，连同证明。',
    all_one: '此行程唯一的申报已在日志之中，并经见证。',
    all_other: '此行程全部 {{count}} 项申报已在日志之中，并经见证。',
    some: '{{count}} 项申报中有 {{part}} 项已在日志之中，并经见证；其余稍后列入。',
    failed: '未能制作证据',
  },
};
