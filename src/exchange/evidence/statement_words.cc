#include "exchange/evidence/statement_words.h"

#include <array>

namespace fairway::exchange::evidence {
namespace {

struct Row {
  Say what;
  std::array<std::string_view, journey::kLanguages> words;
};

constexpr std::array kRows = {
    Row{Say::title, {"Statement of evidence", "證據說明", "证据说明"}},
    Row{Say::summary,
        {"This file proves what {count} entries of the log {log} say about {about}. It was made for {for} and shows what that party may "
         "see. "
         "Anybody can check it without Fairway and without asking whoever handed it over.",
         "本檔案證明日誌 {log} 中 {count} 項紀錄就 {about} 所載的內容。本檔案為 {for} 製作，只顯示該方有權查看的資料。任何人均可自行核對，"
         "毋須使用 Fairway，亦毋須向提交者查詢。",
         "本文件证明日志 {log} 中 {count} 项记录就 {about} 所载的内容。本文件为 {for} 制作，只显示该方有权查看的数据。任何人均可自行核对，"
         "无须使用 Fairway，也无须向提交者查询。"}},
    Row{Say::proven_title, {"What is proven", "已證明的事項", "已证明的事项"}},
    Row{Say::proven_content,
        {"Content: each field that is shown is, character for character, what the log committed to when the entry was accepted.",
         "內容：所顯示的每一欄，均與紀錄獲接納時日誌所承諾的內容逐字相同。",
         "内容：所显示的每一栏，均与记录获接纳时日志所承诺的内容逐字相同。"}},
    Row{Say::proven_order,
        {"Order: an entry with a lower number was in the log before one with a higher number.",
         "次序：編號較小的紀錄，先於編號較大的紀錄載入日誌。", "次序：编号较小的记录，先于编号较大的记录载入日志。"}},
    Row{Say::proven_time,
        {"Time: all entries below were in the log at the latest at {time}. That is the median of what the witnesses' clocks said when they "
         "saw "
         "the log of {size} entries.",
         "時間：下列所有紀錄最遲於 {time} 已在日誌之內；此為各見證人看到 {size} 項紀錄的日誌時，其時鐘所示時間的中位數。",
         "时间：下列所有记录最迟于 {time} 已在日志之内；此为各见证人看到 {size} 项记录的日志时，其时钟所示时间的中位数。"}},
    Row{Say::proven_time_nobody,
        {"Time: no witness has seen this log of {size} entries. The times below are the server's own word.",
         "時間：沒有見證人看過這個載有 {size} 項紀錄的日誌；下列時間只屬伺服器自己的說法。",
         "时间：没有见证人看过这个载有 {size} 项记录的日志；下列时间只属服务器自己的说法。"}},
    Row{Say::proven_submitter,
        {"Submitter: the account by which each entry came in. The server had checked that account's credentials; that is the log's word.",
         "提交者：每項紀錄經由哪一帳戶提交。伺服器當時已核對該帳戶的憑證；此點以日誌的記載為準。",
         "提交者：每项记录经由哪一账户提交。服务器当时已核对该账户的凭证；此点以日志的记载为准。"}},
    Row{Say::proven_anchor,
        {"Anchor: the file names a transaction that fixed the log on a chain, and proves that both are one log. Whether the chain holds "
         "that "
         "transaction is asked of a node of it.",
         "錨定：本檔案載明在區塊鏈上固定日誌的交易，並證明兩者屬同一日誌；該鏈是否確有該交易，須向其節點查詢。",
         "锚定：本文件载明在区块链上固定日志的交易，并证明两者属同一日志；该链是否确有该交易，须向其节点查询。"}},
    Row{Say::proven_timestamp,
        {"Time stamp: a time stamp authority (RFC 3161) has stamped the same state of the log.",
         "時間戳記：時間戳記機構（RFC 3161）已為日誌的同一狀態加蓋時間戳記。",
         "时间戳：时间戳机构（RFC 3161）已为日志的同一状态加盖时间戳。"}},
    Row{Say::proven_certificate,
        {"Timeline: each line of the demurrage and detention timeline refers to an entry that is proven here.",
         "時間表：滯期及滯箱時間表的每一行，均指向在此獲證明的紀錄。", "时间表：滞期及滞箱时间表的每一行，均指向在此获证明的记录。"}},
    Row{Say::not_proven_title, {"What is not proven", "未能證明的事項", "未能证明的事项"}},
    Row{Say::not_truth,
        {"Truth: that what an entry says did happen. The proof is that it was said, by whom, and when at the latest.",
         "真實性：紀錄所述之事是否確曾發生。所證明的，只是有人如此陳述、由誰陳述，以及最遲於何時陳述。",
         "真实性：记录所述之事是否确曾发生。所证明的，只是有人如此陈述、由谁陈述，以及最迟于何时陈述。"}},
    Row{Say::not_complete,
        {"Completeness: that there is nothing else about the same cargo: entries that the party may not see, or that nobody sent.",
         "完整性：同一貨物是否並無其他紀錄；可能另有該方無權查看的紀錄，或從未有人提交的事項。",
         "完整性：同一货物是否并无其他记录；可能另有该方无权查看的记录，或从未有人提交的事项。"}},
    Row{Say::not_clocks,
        {"Exact time: when something happened is the submitter's word, when it came in the server's. The witnesses' clocks bound it from "
         "above.",
         "準確時間：事情何時發生，屬提交者的說法；何時收到，屬伺服器的說法。見證人的時鐘只確定最遲的時間。",
         "准确时间：事情何时发生，属提交者的说法；何时收到，属服务器的说法。见证人的时钟只确定最迟的时间。"}},
    Row{Say::not_between,
        {"Between two anchors on a chain it is the witnesses alone who keep the log from being rewritten: enough of them would have to "
         "have been "
         "dishonest together with the log.",
         "在兩次錨定之間，只靠見證人防止日誌被改寫：除非有足夠數目的見證人與日誌合謀，否則改寫必被發現。",
         "在两次锚定之间，只靠见证人防止日志被改写：除非有足够数目的见证人与日志合谋，否则改写必被发现。"}},
    Row{Say::not_signed,
        {"The submitter's own signature is not part of this file: that the entry is the submitter's rests on the log, not on the "
         "submitter's key.",
         "本檔案不包括提交者自己的簽署：紀錄屬該提交者一事，以日誌為據，而非以提交者的密鑰為據。",
         "本文件不包括提交者自己的签名：记录属该提交者一事，以日志为据，而非以提交者的密钥为据。"}},
    Row{Say::not_anchored, {"There is no anchor on a chain in this file.", "本檔案沒有區塊鏈錨定。", "本文件没有区块链锚定。"}},
    Row{Say::trust_title, {"Whom it hangs on", "所信賴的對象", "所信赖的对象"}},
    Row{Say::trust_key,
        {"On the witnesses below, that they did not sign two versions of the log, and on SHA-256 and Ed25519.",
         "信賴下列見證人沒有簽署兩個不同版本的日誌，以及信賴 SHA-256 和 Ed25519。",
         "信赖下列见证人没有签署两个不同版本的日志，以及信赖 SHA-256 和 Ed25519。"}},
    Row{Say::trust_nobody,
        {"On the log alone, that it did not sign two versions of itself, since no witness has seen it; and on SHA-256 and Ed25519.",
         "只信賴日誌本身沒有簽署兩個不同版本，因為沒有見證人見過它；以及信賴 SHA-256 和 Ed25519。",
         "只信赖日志本身没有签署两个不同版本，因为没有见证人见过它；以及信赖 SHA-256 和 Ed25519。"}},
    Row{Say::trust_policy,
        {"On the keys in policy.txt. Compare them with those that the log and its witnesses have published, by a way of your own: whoever "
         "makes a "
         "file can put keys of their own into it.",
         "信賴 policy.txt 內的密鑰。請自行取得日誌及見證人所公布的密鑰，並加以比較：製作檔案的人可放入自己的密鑰。",
         "信赖 policy.txt 内的密钥。请自行取得日志及见证人所公布的密钥，并加以比较：制作文件的人可放入自己的密钥。"}},
    Row{Say::hidden_title, {"What is not shown", "沒有顯示的資料", "没有显示的数据"}},
    Row{Say::hidden,
        {"Fields that the party may not see are hidden. How many they are can be seen; what they say cannot be found out from this file, "
         "and the "
         "rest is proven all the same.",
         "該方無權查看的欄位已隱藏。可知其數目，但不能從本檔案得知其內容；其餘內容的證明不受影響。",
         "该方无权查看的栏位已隐藏。可知其数目，但不能从本文件得知其内容；其余内容的证明不受影响。"}},
    Row{Say::erased,
        {"At least one entry was erased. What it said is gone for good, and is not proven; the entry about the erasure is shown instead.",
         "至少有一項紀錄已被刪除。其內容已永久消失，亦未獲證明；現以記載該次刪除的紀錄代替。",
         "至少有一项记录已被删除。其内容已永久消失，也未获证明；现以记载该次删除的记录代替。"}},
    Row{Say::check_title, {"How to check it", "核對方法", "核对方法"}},
    Row{Say::check_file,
        {"Check the file as it was handed over: unpacked or packed again it is no longer the same.",
         "請核對原本收到的檔案：解壓後再壓縮，即不再是同一檔案。", "请核对原本收到的文件：解压后再压缩，即不再是同一文件。"}},
    Row{Say::check_program,
        {"With the program: fairway verify FILE --policy POLICY", "使用程式：fairway verify FILE --policy POLICY",
         "使用程序：fairway verify FILE --policy POLICY"}},
    Row{Say::check_page,
        {"In a browser without a network: open verifier.html, best one that you got elsewhere, and choose the file.",
         "在離線的瀏覽器內：開啟 verifier.html（最好從其他途徑取得），並選取該檔案。",
         "在离线的浏览器内：打开 verifier.html（最好从其他途径取得），并选取该文件。"}},
    Row{Say::check_one_byte,
        {"One changed byte, wherever it is, makes the check fail.", "任何一個位元組被更改，核對即告失敗。",
         "任何一个字节被更改，核对即告失败。"}},
    Row{Say::facts_title, {"The log", "日誌", "日志"}},
    Row{Say::fact_about, {"About", "關於", "关于"}},
    Row{Say::fact_made, {"Made (server's clock)", "製作時間（伺服器時鐘）", "制作时间（服务器时钟）"}},
    Row{Say::fact_made_for, {"Made for", "為誰製作", "为谁制作"}},
    Row{Say::fact_log, {"Log", "日誌", "日志"}},
    Row{Say::fact_size, {"Entries in the log", "日誌紀錄數目", "日志记录数目"}},
    Row{Say::fact_root, {"Root", "根", "根"}},
    Row{Say::fact_witnesses, {"Witnesses", "見證人", "见证人"}},
    Row{Say::fact_nobody, {"none", "沒有", "没有"}},
    Row{Say::fact_witnessed, {"Seen by them", "見證時間", "见证时间"}},
    Row{Say::entries_title, {"The entries", "紀錄", "记录"}},
    Row{Say::column_entry, {"Entry", "編號", "编号"}},
    Row{Say::column_said, {"What it says", "所載內容", "所载内容"}},
    Row{Say::column_when, {"When, as said", "所述時間", "所述时间"}},
    Row{Say::column_submitter, {"Submitted by", "提交者", "提交者"}},
    Row{Say::column_fields, {"Fields", "欄位", "栏位"}},
    Row{Say::fields, {"{shown} shown, {hidden} hidden", "顯示 {shown}，隱藏 {hidden}", "显示 {shown}，隐藏 {hidden}"}},
    Row{Say::claims_erased, {"erased", "已刪除", "已删除"}},
    Row{Say::footer, {"Evidence of {log}", "{log} 的證據", "{log} 的证据"}},
};

consteval bool in_order() {
  for (size_t i = 0; i < kRows.size(); ++i)
    if (static_cast<size_t>(kRows[i].what) != i) return false;
  return kRows.size() == static_cast<size_t>(Say::last) + 1;
}
static_assert(in_order());

}  // namespace

std::string_view words_of(Say what, journey::Language language) {
  return kRows.at(static_cast<size_t>(what)).words.at(static_cast<size_t>(language));
}

}  // namespace fairway::exchange::evidence
