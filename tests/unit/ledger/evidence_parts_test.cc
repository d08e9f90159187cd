// The parts of a bundle that not every bundle has: a time stamp, a certificate.
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include "ledger/evidence/timestamp.h"
#include "unit/ledger/evidence_support.h"

namespace fairway::ledger::evidence_test {
namespace {

using evidence::Report;

// A time stamp authority of our own.
class Authority {
 public:
  Authority() : key_(EVP_RSA_gen(2048)), certificate_(X509_new()) {
    X509_set_version(certificate_, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate_), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate_), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate_), 3600);
    X509_set_pubkey(certificate_, key_);
    X509_NAME* name = X509_get_subject_name(certificate_);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("Clock of the port"), -1, -1, 0);
    X509_set_issuer_name(certificate_, name);
    X509_EXTENSION* usage = X509V3_EXT_conf_nid(nullptr, nullptr, NID_ext_key_usage, "critical,timeStamping");
    X509_add_ext(certificate_, usage, -1);
    X509_EXTENSION_free(usage);
    X509_sign(certificate_, key_, EVP_sha256());
  }
  ~Authority() {
    X509_free(certificate_);
    EVP_PKEY_free(key_);
  }

  [[nodiscard]] std::string stamp(const std::string& digest) const {
    TS_REQ* request = request_for(digest);
    unsigned char* der = nullptr;
    const int size = i2d_TS_REQ(request, &der);
    BIO* in = BIO_new_mem_buf(der, size);
    TS_RESP_CTX* context = TS_RESP_CTX_new();
    TS_RESP_CTX_set_signer_cert(context, certificate_);
    TS_RESP_CTX_set_signer_key(context, key_);
    TS_RESP_CTX_set_signer_digest(context, EVP_sha256());
    ASN1_OBJECT* policy = OBJ_txt2obj("1.2.3.4", 1);
    TS_RESP_CTX_set_def_policy(context, policy);
    TS_RESP_CTX_add_md(context, EVP_sha256());
    TS_RESP_CTX_add_md(context, EVP_sha512());
    TS_RESP_CTX_set_serial_cb(
        context,
        [](TS_RESP_CTX*, void*) {
          ASN1_INTEGER* serial = ASN1_INTEGER_new();
          ASN1_INTEGER_set(serial, 42);
          return serial;
        },
        nullptr);
    TS_RESP* response = TS_RESP_create_response(context, in);
    const std::string out = der_of(response);
    TS_RESP_free(response);
    ASN1_OBJECT_free(policy);
    TS_RESP_CTX_free(context);
    BIO_free(in);
    OPENSSL_free(der);
    TS_REQ_free(request);
    return out;
  }

 private:
  static TS_REQ* request_for(const std::string& digest) {
    TS_REQ* request = TS_REQ_new();
    TS_REQ_set_version(request, 1);
    TS_MSG_IMPRINT* imprint = TS_MSG_IMPRINT_new();
    X509_ALGOR* algorithm = X509_ALGOR_new();
    X509_ALGOR_set0(algorithm, OBJ_nid2obj(digest.size() == 32 ? NID_sha256 : NID_sha512), V_ASN1_NULL, nullptr);
    TS_MSG_IMPRINT_set_algo(imprint, algorithm);
    TS_MSG_IMPRINT_set_msg(imprint, reinterpret_cast<unsigned char*>(const_cast<char*>(digest.data())), static_cast<int>(digest.size()));
    TS_REQ_set_msg_imprint(request, imprint);
    TS_REQ_set_cert_req(request, 1);
    X509_ALGOR_free(algorithm);
    TS_MSG_IMPRINT_free(imprint);
    return request;
  }
  static std::string der_of(TS_RESP* response) {
    unsigned char* der = nullptr;
    const int size = i2d_TS_RESP(response, &der);
    std::string out(reinterpret_cast<char*>(der), static_cast<size_t>(std::max(size, 0)));
    OPENSSL_free(der);
    return out;
  }

  EVP_PKEY* key_;
  X509* certificate_;
};

TEST(EvidenceTimestamp, IsOfThisDigestAndHeldByItsSignature) {
  const Authority authority;
  const std::string digest = sha256("a checkpoint"), der = authority.stamp(digest);
  const auto stamp = evidence::stamp_from(der, digest);
  ASSERT_TRUE(stamp) << stamp.error().text();
  EXPECT_EQ(stamp->authority, "CN=Clock of the port");
  EXPECT_TRUE(stamp->time.ends_with("Z"));
  EXPECT_FALSE(evidence::stamp_from(der, sha256("another checkpoint")));
  EXPECT_FALSE(evidence::stamp_from(authority.stamp(std::string(64, 'x')), digest));  // another digest than asked for
  EXPECT_FALSE(evidence::stamp_from(der + "x", digest));
  for (size_t size = 0; size < der.size(); size += 7) EXPECT_FALSE(evidence::stamp_from(der.substr(0, size), digest));
  // What is stamped is held by the signature: every byte of the info that holds the imprint.
  const size_t imprint = der.find(digest);
  ASSERT_NE(imprint, std::string::npos);
  for (size_t at = imprint; at < imprint + digest.size() + 20; ++at) {
    std::string changed = der;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_FALSE(evidence::stamp_from(changed, digest)) << at;
  }
}

TEST(EvidenceTimestamp, StandsInABundle) {
  const SmallLog log;
  const Authority authority;
  evidence::Contents contents = log.contents({4});
  contents.others.push_back({"timestamp.tsr", authority.stamp(sha256(contents.proofs[0].checkpoint))});
  const Report good = evidence::verify_bundle(*evidence::make(contents, log.signer()), nullptr);
  EXPECT_TRUE(good.holds()) << failures(good);
  EXPECT_TRUE(std::ranges::any_of(good.findings, [](const auto& f) { return f.text.starts_with("CN=Clock of the port stamped"); }));
  contents.others.back().bytes = authority.stamp(sha256("something else"));
  EXPECT_FALSE(evidence::verify_bundle(*evidence::make(contents, log.signer()), nullptr).holds());
  contents.others.back().bytes = "no stamp";
  EXPECT_FALSE(evidence::verify_bundle(*evidence::make(contents, log.signer()), nullptr).holds());
}

std::string certificate(const std::string& lines) { return R"({"format":"fairway-certificate","version":1,"timeline":[)" + lines + "]}"; }

TEST(EvidenceCertificate, SaysOnlyWhatItsEntriesShow) {
  const SmallLog log;
  const auto verified = [&](const std::string& text, const std::vector<std::string>& hidden = {}) {
    evidence::Contents contents = log.contents({4, 9}, hidden);
    contents.others.push_back({"certificate.json", text});
    return evidence::verify_bundle(*evidence::make(contents, log.signer()), nullptr);
  };
  const std::string line =
      R"({"entry":4,"milestone":"discharged","observedAt":"2026-01-09T15:12:56+01:00","says":[{"path":"body/milestone","value":"\"discharged\""},)"
      R"({"path":"body/references/*","value":"{\"kind\":\"booking\",\"value\":\"2600001111\"}"}]})";
  const Report good = verified(certificate(line));
  EXPECT_TRUE(good.holds()) << failures(good);
  EXPECT_TRUE(verified(certificate("")).holds());
  const auto with = [&](const std::string& from, const std::string& to) {
    return certificate(std::string(line).replace(line.find(from), from.size(), to));
  };
  for (const std::string& bad :
       {with("\"entry\":4", "\"entry\":5"), with("\"entry\":4", "\"entry\":-4"), with("\"discharged\",\"obs", "\"gate_in\",\"obs"),
        with("15:12", "15:13"), with("2600001111", "2600001112"), with("body/references/*", "body/parties/*"),
        with("body/milestone", "body/milestane"), with("\"says\"", "\"sagt\""), certificate("7"), std::string("{}"), std::string("x")})
    EXPECT_FALSE(verified(bad).holds()) << bad;
  EXPECT_FALSE(verified(certificate(line), {"body/references/1"}).holds());
}

}  // namespace
}  // namespace fairway::ledger::evidence_test
