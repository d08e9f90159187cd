// DecMessage: the Mainland goods declaration 报关单 as the single window takes it: head, goods lines, containers, accompanying licences,
// certificates asked for, other packages, qualifications, promises, free text, signature.
//
// Official spellings are kept, mistakes included (DistinatePort, PromiseItmes, GrossWet). The authority's schema is not public: elements,
// lengths and their order are those that published programs write; docs/reference/customs-messages.md says what that leaves open.
// Pure; any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "gateway/customs/elements.h"

namespace fairway::gateway::customs {

struct DecHead {
  std::string seq_no, ie_flag, type;                    // 统一编号, I or E, 业务事项
  std::string custom_master, ie_port, ie_date, d_date;  // customs of declaration, of the border; dates
  std::string pre_entry_id, entry_id;                   // 预录入编号, 海关编号
  std::string trade_co_scc, trade_code, trade_name, trade_ciq_code, domestic_consignee_ename;
  std::string overseas_consignor_code, overseas_consignor_cname, overseas_consignor_ename, overseas_consignor_addr;
  std::string overseas_consignee_code, overseas_consignee_ename;
  std::string owner_code_scc, owner_code, owner_name, owner_ciq_code;
  std::string agent_code_scc, agent_code, agent_name, decl_ciq_code;
  std::string cop_code_scc, cop_code, cop_name;
  std::string traf_mode, traf_name, voyage_no, bill_no;
  std::string trade_mode, cut_mode, license_no, manual_no, contr_no;
  std::string trade_country, trade_area_code, distinate_port, desp_port_code, enty_port_code;
  std::string trans_mode, fee_mark, fee_rate, fee_curr, insur_mark, insur_rate, insur_curr, other_mark, other_rate, other_curr;
  std::string pack_no, wrap_type, no_other_pack, gross_wet, net_wt;
  std::string mark_no, note_s;
  std::string goods_place, bl_no, desp_date, cmpl_dschrg_dt, orig_box_flag;
  std::string org_code, vsa_org_code, insp_org_code, purp_org_code, spec_decl_flag, correlation_no, correlation_reason_flag;
  std::string promise_itmes;  // special relation, influence on the price, royalty: 0, 1 or 9 each
  std::string entry_type, edi_id, decl_trn_rel, chk_surety, bill_type, tax_aamin_mark, check_flow;
  std::string typist_no, inputer_name, declare_name, partener_id, data_source, tgd_no, p_date, appr_no, risk;
  friend bool operator==(const DecHead&, const DecHead&) = default;
};

struct DecList {
  std::string g_no, contr_item, code_ts, ciq_code, g_name, g_model;
  std::string g_qty, g_unit, first_qty, first_unit, second_qty, second_unit;
  std::string decl_price, decl_total, trade_curr;
  std::string origin_country, orig_place_code, destination_country, district_code, dest_code;
  std::string duty_mode, class_mark, factor, use_to, work_usd, exg_no, exg_version;
  std::string goods_attr, stuff, purpose, goods_model, goods_brand, goods_spec, prod_valid_dt, prod_qgp, eng_man_ent_cnm;
  std::string no_dang_flag, un_code, dang_name, dang_pack_type, dang_pack_spec, mnufctr_reg_no;
  friend bool operator==(const DecList&, const DecList&) = default;
};

struct DecContainer {
  std::string container_id, container_md, goods_no, lcl_flag, container_wt;  // goods_no: numbers of goods lines with commas
  friend bool operator==(const DecContainer&, const DecContainer&) = default;
};
struct DecLicenseDocu {
  std::string docu_code, cert_code;
  friend bool operator==(const DecLicenseDocu&, const DecLicenseDocu&) = default;
};
struct DecRequestCert {
  std::string app_cert_code, appl_ori, appl_copy_quan;
  friend bool operator==(const DecRequestCert&, const DecRequestCert&) = default;
};
struct DecOtherPack {
  std::string pack_qty, pack_type;
  friend bool operator==(const DecOtherPack&, const DecOtherPack&) = default;
};
struct DecCopLimit {  // 企业资质
  std::string ent_qualif_no, ent_qualif_type_code;
  friend bool operator==(const DecCopLimit&, const DecCopLimit&) = default;
};
struct DecCopPromise {  // 企业承诺
  std::string declaratio_material_code;
  friend bool operator==(const DecCopPromise&, const DecCopPromise&) = default;
};
struct DecFreeTxt {
  std::string rel_id, rel_man_no, bon_no, cus_fie, dec_bp_no, dec_no, voy_no;
  friend bool operator==(const DecFreeTxt&, const DecFreeTxt&) = default;
};
struct DecSign {
  std::string oper_type, client_seq_no, cop_code, ic_code, oper_name, sign, sign_date, certificate, host_id, bill_seq_no, domain_id, note;
  friend bool operator==(const DecSign&, const DecSign&) = default;
};

struct DecMessage {
  DecHead head;
  std::vector<DecList> goods;
  std::vector<DecContainer> containers;
  std::vector<DecLicenseDocu> licences;
  std::vector<DecRequestCert> certificates;
  std::vector<DecOtherPack> packs;
  std::vector<DecCopLimit> qualifications;
  std::vector<DecCopPromise> promises;
  DecFreeTxt free_text;
  DecSign sign;
  friend bool operator==(const DecMessage&, const DecMessage&) = default;
};

// The elements of one part, in the order in which they are written.
template <typename Part>
[[nodiscard]] std::span<const ElementRow<Part>> elements_of();
template <>
[[nodiscard]] std::span<const ElementRow<DecHead>> elements_of();
template <>
[[nodiscard]] std::span<const ElementRow<DecList>> elements_of();
template <>
[[nodiscard]] std::span<const ElementRow<DecContainer>> elements_of();
template <>
[[nodiscard]] std::span<const ElementRow<DecLicenseDocu>> elements_of();
template <>
[[nodiscard]] std::span<const ElementRow<DecRequestCert>> elements_of();
template <>
[[nodiscard]] std::span<const ElementRow<DecOtherPack>> elements_of();
template <>
[[nodiscard]] std::span<const ElementRow<DecCopLimit>> elements_of();
template <>
[[nodiscard]] std::span<const ElementRow<DecCopPromise>> elements_of();
template <>
[[nodiscard]] std::span<const ElementRow<DecFreeTxt>> elements_of();
template <>
[[nodiscard]] std::span<const ElementRow<DecSign>> elements_of();

// Strict: Code::invalid names the element whose value cannot be written, Code::too_large past limits::kCustomsRowsMax of a part.
[[nodiscard]] Result<std::string> write_dec_message(const DecMessage& message);

// Lenient: what is not known is left out, and everything that deviates is in `diagnostics`. Code::invalid where it is no XML or has a DTD,
// Code::unsupported where it is another message, Code::too_large past the limits.
[[nodiscard]] Result<DecMessage> read_dec_message(std::string_view bytes, std::vector<Diagnostic>& diagnostics);

}  // namespace fairway::gateway::customs
