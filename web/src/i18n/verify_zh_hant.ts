// 繁體中文：核驗證據一頁，以及行程中有關日誌的文字。
import type { verifyEn } from './verify_en';

export const verifyZhHant: typeof verifyEn = {
  verify: {
    title: '核驗證據',
    lead: '一份證明或證據包是否真確？核驗在你的瀏覽器內進行，檔案不會傳送到任何地方，也不需要帳戶。',
    offline: '儲存離線核驗程式',
    offlineHelp: '一個頁面，可從磁碟開啟，不經此伺服器作同樣的核驗。如不信任此伺服器，便不應從這裏取得。',
    published: '此伺服器公布的政策',
    publishedNote: '所用的是此伺服器公布的政策。如與其營運者有爭議，請選用你從其他途徑取得的政策。',
    link: '核驗證據',
    now: '此伺服器的日誌',
    none: '此伺服器沒有日誌。',
    origin: '日誌',
    entries: '樹中的記錄數',
    behind_one: '尚有 {{count}} 項記錄未列入',
    behind_other: '尚有 {{count}} 項記錄未列入',
    witnessed: '最近一棵經見證的樹',
    witnessedOf: '{{count}} 項記錄',
    seenBy: '見證人',
    seenAt: '{{name}}，{{time}}',
    noWitness: '沒有見證人：政策並不要求',
    notWitnessed: '尚未有',
    checked: '你的瀏覽器已按所公布的政策核驗這些簽署。',
    doubtful: '最近的檢查點與所公布的政策不符。',
    warnings: '伺服器表示',
  },
  evidence: {
    title: '證據',
    save: '儲存證據',
    saving: '製作中…',
    help: '一份無需 Fairway 也可核驗的檔案：你所見的行程內容，連同證明。',
    all_one: '此行程唯一的申報已在日誌之中，並經見證。',
    all_other: '此行程全部 {{count}} 項申報已在日誌之中，並經見證。',
    some: '{{count}} 項申報中有 {{part}} 項已在日誌之中，並經見證；其餘稍後列入。',
    failed: '未能製作證據',
  },
};
