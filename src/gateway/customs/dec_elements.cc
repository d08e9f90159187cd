// The elements of DecMessage, part by part, in the order in which they are written. Lengths: the single window's import guide as published
// programs keep them.
#include <array>

#include "gateway/customs/dec_message.h"

namespace fairway::gateway::customs {
namespace {

constexpr auto kHead = std::to_array<ElementRow<DecHead>>({
    {"SeqNo", &DecHead::seq_no, 18, Holds::code},
    {"IEFlag", &DecHead::ie_flag, 1, Holds::code},
    {"Type", &DecHead::type, 4, Holds::code},
    {"CustomMaster", &DecHead::custom_master, 4, Holds::code},
    {"IEPort", &DecHead::ie_port, 4, Holds::code},
    {"IEDate", &DecHead::ie_date, 8, Holds::date},
    {"DDate", &DecHead::d_date, 14, Holds::moment},
    {"PreEntryId", &DecHead::pre_entry_id, 18, Holds::code},
    {"EntryId", &DecHead::entry_id, 18, Holds::code},
    {"TradeCoScc", &DecHead::trade_co_scc, 18, Holds::code},
    {"TradeCode", &DecHead::trade_code, 10, Holds::code},
    {"TradeName", &DecHead::trade_name, 60},
    {"TradeCiqCode", &DecHead::trade_ciq_code, 10, Holds::code},
    {"DomesticConsigneeEname", &DecHead::domestic_consignee_ename, 100},
    {"OverseasConsignorCode", &DecHead::overseas_consignor_code, 50, Holds::code},
    {"OverseasConsignorCname", &DecHead::overseas_consignor_cname, 150},
    {"OverseasConsignorEname", &DecHead::overseas_consignor_ename, 100},
    {"OverseasConsignorAddr", &DecHead::overseas_consignor_addr, 100},
    {"OverseasConsigneeCode", &DecHead::overseas_consignee_code, 50, Holds::code},
    {"OverseasConsigneeEname", &DecHead::overseas_consignee_ename, 100},
    {"OwnerCodeScc", &DecHead::owner_code_scc, 18, Holds::code},
    {"OwnerCode", &DecHead::owner_code, 10, Holds::code},
    {"OwnerName", &DecHead::owner_name, 60},
    {"OwnerCiqCode", &DecHead::owner_ciq_code, 10, Holds::code},
    {"AgentCodeScc", &DecHead::agent_code_scc, 18, Holds::code},
    {"AgentCode", &DecHead::agent_code, 10, Holds::code},
    {"AgentName", &DecHead::agent_name, 60},
    {"DeclCiqCode", &DecHead::decl_ciq_code, 10, Holds::code},
    {"CopCodeScc", &DecHead::cop_code_scc, 18, Holds::code},
    {"CopCode", &DecHead::cop_code, 10, Holds::code},
    {"CopName", &DecHead::cop_name, 60},
    {"TrafMode", &DecHead::traf_mode, 1, Holds::code},
    {"TrafName", &DecHead::traf_name, 50},
    {"VoyageNo", &DecHead::voyage_no, 32, Holds::code},
    {"BillNo", &DecHead::bill_no, 32},
    {"TradeMode", &DecHead::trade_mode, 4, Holds::code},
    {"CutMode", &DecHead::cut_mode, 3, Holds::code},
    {"LicenseNo", &DecHead::license_no, 20, Holds::code},
    {"ManualNo", &DecHead::manual_no, 12, Holds::code},
    {"ContrNo", &DecHead::contr_no, 32},
    {"TradeCountry", &DecHead::trade_country, 3, Holds::code},
    {"TradeAreaCode", &DecHead::trade_area_code, 3, Holds::code},
    {"DistinatePort", &DecHead::distinate_port, 6, Holds::code},
    {"DespPortCode", &DecHead::desp_port_code, 6, Holds::code},
    {"EntyPortCode", &DecHead::enty_port_code, 6, Holds::code},
    {"TransMode", &DecHead::trans_mode, 1, Holds::code},
    {"FeeMark", &DecHead::fee_mark, 1, Holds::code},
    {"FeeRate", &DecHead::fee_rate, 20, Holds::decimal},
    {"FeeCurr", &DecHead::fee_curr, 3, Holds::code},
    {"InsurMark", &DecHead::insur_mark, 1, Holds::code},
    {"InsurRate", &DecHead::insur_rate, 20, Holds::decimal},
    {"InsurCurr", &DecHead::insur_curr, 3, Holds::code},
    {"OtherMark", &DecHead::other_mark, 1, Holds::code},
    {"OtherRate", &DecHead::other_rate, 20, Holds::decimal},
    {"OtherCurr", &DecHead::other_curr, 3, Holds::code},
    {"PackNo", &DecHead::pack_no, 9, Holds::whole},
    {"WrapType", &DecHead::wrap_type, 2, Holds::code},
    {"NoOtherPack", &DecHead::no_other_pack, 1, Holds::code},
    {"GrossWet", &DecHead::gross_wet, 19, Holds::decimal},
    {"NetWt", &DecHead::net_wt, 19, Holds::decimal},
    {"MarkNo", &DecHead::mark_no, 400},
    {"NoteS", &DecHead::note_s, 255},
    {"GoodsPlace", &DecHead::goods_place, 100},
    {"BLNo", &DecHead::bl_no, 50},
    {"DespDate", &DecHead::desp_date, 8, Holds::date},
    {"CmplDschrgDt", &DecHead::cmpl_dschrg_dt, 8, Holds::date},
    {"OrigBoxFlag", &DecHead::orig_box_flag, 1, Holds::code},
    {"OrgCode", &DecHead::org_code, 10, Holds::code},
    {"VsaOrgCode", &DecHead::vsa_org_code, 10, Holds::code},
    {"InspOrgCode", &DecHead::insp_org_code, 10, Holds::code},
    {"PurpOrgCode", &DecHead::purp_org_code, 10, Holds::code},
    {"SpecDeclFlag", &DecHead::spec_decl_flag, 10, Holds::code},
    {"CorrelationNo", &DecHead::correlation_no, 500},
    {"CorrelationReasonFlag", &DecHead::correlation_reason_flag, 2, Holds::code},
    {"PromiseItmes", &DecHead::promise_itmes, 32, Holds::code},
    {"EntryType", &DecHead::entry_type, 1, Holds::code},
    {"EdiId", &DecHead::edi_id, 1, Holds::code},
    {"DeclTrnRel", &DecHead::decl_trn_rel, 1, Holds::code},
    {"ChkSurety", &DecHead::chk_surety, 1, Holds::code},
    {"BillType", &DecHead::bill_type, 1, Holds::code},
    {"TaxAaminMark", &DecHead::tax_aamin_mark, 1, Holds::code},
    {"CheckFlow", &DecHead::check_flow, 1, Holds::code},
    {"TypistNo", &DecHead::typist_no, 13, Holds::code},
    {"InputerName", &DecHead::inputer_name, 30},
    {"DeclareName", &DecHead::declare_name, 30},
    {"PartenerID", &DecHead::partener_id, 20, Holds::code},
    {"DataSource", &DecHead::data_source, 20, Holds::code},
    {"TgdNo", &DecHead::tgd_no, 25, Holds::code},
    {"PDate", &DecHead::p_date, 17, Holds::moment},
    {"ApprNo", &DecHead::appr_no, 32, Holds::code},
    {"Risk", &DecHead::risk, 10, Holds::code},
});
constexpr auto kGoods = std::to_array<ElementRow<DecList>>({
    {"GNo", &DecList::g_no, 9, Holds::whole},
    {"ContrItem", &DecList::contr_item, 19, Holds::code},
    {"CodeTS", &DecList::code_ts, 10, Holds::code},
    {"CiqCode", &DecList::ciq_code, 3, Holds::code},
    {"GName", &DecList::g_name, 255},
    {"GModel", &DecList::g_model, 255},
    {"GQty", &DecList::g_qty, 19, Holds::decimal},
    {"GUnit", &DecList::g_unit, 3, Holds::code},
    {"FirstQty", &DecList::first_qty, 19, Holds::decimal},
    {"FirstUnit", &DecList::first_unit, 3, Holds::code},
    {"SecondQty", &DecList::second_qty, 19, Holds::decimal},
    {"SecondUnit", &DecList::second_unit, 3, Holds::code},
    {"DeclPrice", &DecList::decl_price, 19, Holds::decimal},
    {"DeclTotal", &DecList::decl_total, 19, Holds::decimal},
    {"TradeCurr", &DecList::trade_curr, 3, Holds::code},
    {"OriginCountry", &DecList::origin_country, 3, Holds::code},
    {"OrigPlaceCode", &DecList::orig_place_code, 6, Holds::code},
    {"DestinationCountry", &DecList::destination_country, 3, Holds::code},
    {"DistrictCode", &DecList::district_code, 5, Holds::code},
    {"DestCode", &DecList::dest_code, 6, Holds::code},
    {"DutyMode", &DecList::duty_mode, 1, Holds::code},
    {"ClassMark", &DecList::class_mark, 1, Holds::code},
    {"Factor", &DecList::factor, 19, Holds::decimal},
    {"UseTo", &DecList::use_to, 2, Holds::code},
    {"WorkUsd", &DecList::work_usd, 19, Holds::decimal},
    {"ExgNo", &DecList::exg_no, 30, Holds::code},
    {"ExgVersion", &DecList::exg_version, 8, Holds::code},
    {"GoodsAttr", &DecList::goods_attr, 20, Holds::code},
    {"Stuff", &DecList::stuff, 400},
    {"Purpose", &DecList::purpose, 4, Holds::code},
    {"GoodsModel", &DecList::goods_model, 2000},
    {"GoodsBrand", &DecList::goods_brand, 2000},
    {"GoodsSpec", &DecList::goods_spec, 2000},
    {"ProdValidDt", &DecList::prod_valid_dt, 8, Holds::date},
    {"ProdQgp", &DecList::prod_qgp, 10, Holds::code},
    {"EngManEntCnm", &DecList::eng_man_ent_cnm, 100},
    {"NoDangFlag", &DecList::no_dang_flag, 1, Holds::code},
    {"Uncode", &DecList::un_code, 20, Holds::code},
    {"DangName", &DecList::dang_name, 80},
    {"DangPackType", &DecList::dang_pack_type, 4, Holds::code},
    {"DangPackSpec", &DecList::dang_pack_spec, 24},
    {"MnufctrRegNo", &DecList::mnufctr_reg_no, 20},
});
constexpr auto kContainer = std::to_array<ElementRow<DecContainer>>({
    {"ContainerId", &DecContainer::container_id, 11, Holds::code},
    {"ContainerMd", &DecContainer::container_md, 2, Holds::code},
    {"GoodsNo", &DecContainer::goods_no, 255, Holds::code},
    {"LclFlag", &DecContainer::lcl_flag, 1, Holds::code},
    {"ContainerWt", &DecContainer::container_wt, 19, Holds::decimal},
});
constexpr auto kLicence = std::to_array<ElementRow<DecLicenseDocu>>({
    {"DocuCode", &DecLicenseDocu::docu_code, 1, Holds::code},
    {"CertCode", &DecLicenseDocu::cert_code, 32, Holds::code},
});
constexpr auto kCertificate = std::to_array<ElementRow<DecRequestCert>>({
    {"AppCertCode", &DecRequestCert::app_cert_code, 10, Holds::code},
    {"ApplOri", &DecRequestCert::appl_ori, 2, Holds::whole},
    {"ApplCopyQuan", &DecRequestCert::appl_copy_quan, 2, Holds::whole},
});
constexpr auto kPack = std::to_array<ElementRow<DecOtherPack>>({
    {"PackQty", &DecOtherPack::pack_qty, 9, Holds::whole},
    {"PackType", &DecOtherPack::pack_type, 2, Holds::code},
});
constexpr auto kQualification = std::to_array<ElementRow<DecCopLimit>>({
    {"EntQualifNo", &DecCopLimit::ent_qualif_no, 40, Holds::code},
    {"EntQualifTypeCode", &DecCopLimit::ent_qualif_type_code, 10, Holds::code},
});
constexpr auto kPromise = std::to_array<ElementRow<DecCopPromise>>({
    {"DeclaratioMaterialCode", &DecCopPromise::declaratio_material_code, 20, Holds::code},
});
constexpr auto kFreeText = std::to_array<ElementRow<DecFreeTxt>>({
    {"RelId", &DecFreeTxt::rel_id, 18, Holds::code},
    {"RelManNo", &DecFreeTxt::rel_man_no, 12, Holds::code},
    {"BonNo", &DecFreeTxt::bon_no, 32, Holds::code},
    {"CusFie", &DecFreeTxt::cus_fie, 8, Holds::code},
    {"DecBpNo", &DecFreeTxt::dec_bp_no, 100},
    {"DecNo", &DecFreeTxt::dec_no, 20, Holds::code},
    {"VoyNo", &DecFreeTxt::voy_no, 32, Holds::code},
});
constexpr auto kSign = std::to_array<ElementRow<DecSign>>({
    {"OperType", &DecSign::oper_type, 1, Holds::code},
    {"ClientSeqNo", &DecSign::client_seq_no, 64, Holds::code},
    {"CopCode", &DecSign::cop_code, 18, Holds::code},
    {"ICCode", &DecSign::ic_code, 13, Holds::code},
    {"OperName", &DecSign::oper_name, 30},
    {"Sign", &DecSign::sign, 512, Holds::code},
    {"SignDate", &DecSign::sign_date, 17, Holds::moment},
    {"Certificate", &DecSign::certificate, 100, Holds::code},
    {"HostId", &DecSign::host_id, 64, Holds::code},
    {"BillSeqNo", &DecSign::bill_seq_no, 20, Holds::code},
    {"DomainId", &DecSign::domain_id, 10, Holds::code},
    {"Note", &DecSign::note, 255},
});

}  // namespace

template <>
std::span<const ElementRow<DecHead>> elements_of() {
  return kHead;
}
template <>
std::span<const ElementRow<DecList>> elements_of() {
  return kGoods;
}
template <>
std::span<const ElementRow<DecContainer>> elements_of() {
  return kContainer;
}
template <>
std::span<const ElementRow<DecLicenseDocu>> elements_of() {
  return kLicence;
}
template <>
std::span<const ElementRow<DecRequestCert>> elements_of() {
  return kCertificate;
}
template <>
std::span<const ElementRow<DecOtherPack>> elements_of() {
  return kPack;
}
template <>
std::span<const ElementRow<DecCopLimit>> elements_of() {
  return kQualification;
}
template <>
std::span<const ElementRow<DecCopPromise>> elements_of() {
  return kPromise;
}
template <>
std::span<const ElementRow<DecFreeTxt>> elements_of() {
  return kFreeText;
}
template <>
std::span<const ElementRow<DecSign>> elements_of() {
  return kSign;
}

}  // namespace fairway::gateway::customs
