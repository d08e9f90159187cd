// Client certificates as credentials: whom they act for, for what, and until when.
#include "access/certificate.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "access/authenticator.h"
#include "access/registry.h"
#include "base/limits.h"
#include "unit/access/support.h"

namespace fairway::access {
namespace {

constexpr int64_t kNowUs = 1'700'000'000'000'000;
constexpr int64_t kDayUs = 86'400'000'000;

// "CN=gate", self-signed, good for `days` from `from_us`.
std::string make_pem(int64_t from_us, int days) {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = X509_new();
  ASN1_TIME_set(X509_getm_notBefore(certificate), from_us / 1'000'000);
  ASN1_TIME_adj(X509_getm_notAfter(certificate), from_us / 1'000'000, days, 0);
  X509_set_pubkey(certificate, key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("gate"), -1, -1,
                             0);
  X509_sign(certificate, key, EVP_sha256());
  BIO* out = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(out, certificate);
  char* data = nullptr;
  const long size = BIO_get_mem_data(out, &data);
  std::string pem(data, static_cast<size_t>(size));
  BIO_free(out);
  X509_free(certificate);
  EVP_PKEY_free(key);
  return pem;
}

class CertificateTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    registry_ = &identity_->registry;
    authenticator_ = &identity_->authenticator;
    haulier_ = registry_->add_party({"Harbour Haulage", Role::haulier, {}}).value().party.id;
    rival_ = registry_->add_party({"Other Haulage", Role::haulier, {}}).value().party.id;
  }
  static Certificate issue(int days = 365) { return certificate_from_pem(make_pem(kNowUs, days)).value(); }
  // The name of the party that the certificate acts for, or the error's code.
  std::string acts_for(const Certificate& certificate) {
    const auto viewer = authenticator_->authenticate_certificate(certificate.fingerprint);
    return viewer ? (*viewer)->party.name : std::string(name(viewer.error().code));
  }

  Registry* registry_ = nullptr;
  Authenticator* authenticator_ = nullptr;
  PartyId haulier_, rival_;
};

TEST_F(CertificateTest, ActsForItsPartyWithItsScopes) {
  const Certificate certificate = issue();
  EXPECT_EQ(certificate.subject, "CN=gate");
  EXPECT_EQ(acts_for(certificate), "unauthorized");
  const KeyWish wish{"gate", KeyScopes::from_names({"send"}).value(), 0};
  const auto added = registry_->add_certificate(haulier_, certificate, wish);
  ASSERT_TRUE(added) << added.error().text();
  EXPECT_EQ(added->wish.expires_us, certificate.not_after_us);
  const auto viewer = authenticator_->authenticate_certificate(certificate.fingerprint);
  ASSERT_TRUE(viewer) << viewer.error().text();
  EXPECT_EQ((*viewer)->party.id, haulier_);
  EXPECT_TRUE((*viewer)->may_send());
  EXPECT_FALSE((*viewer)->may_read());
  EXPECT_NE(authenticator_->recall_certificate(certificate.fingerprint), nullptr);
  EXPECT_EQ(acts_for(issue()), "unauthorized");
}

TEST_F(CertificateTest, ActsForOnePartyAtATime) {
  const Certificate certificate = issue();
  ASSERT_TRUE(registry_->add_certificate(haulier_, certificate));
  EXPECT_EQ(registry_->add_certificate(rival_, certificate).error().code, Code::conflict);
  EXPECT_EQ(registry_->add_certificate(haulier_, certificate).error().code, Code::conflict);
  EXPECT_EQ(registry_->add_certificate("pty_nobody", issue()).error().code, Code::not_found);

  ASSERT_TRUE(registry_->withdraw_certificate(certificate.fingerprint));
  env_.advance_us(kTrustSeconds * 1'000'000LL);
  EXPECT_EQ(acts_for(certificate), "unauthorized");
  EXPECT_EQ(registry_->certificates(haulier_).value().size(), 1u);
  ASSERT_TRUE(registry_->add_certificate(rival_, certificate)) << "free again";
  EXPECT_EQ(acts_for(certificate), "Other Haulage");
  EXPECT_TRUE(registry_->certificates(haulier_).value().empty());
  EXPECT_EQ(registry_->certificates(rival_).value().size(), 1u);
  EXPECT_EQ(registry_->withdraw_certificate("00").error().code, Code::not_found);
}

TEST_F(CertificateTest, IsTrustedForAMomentAndEndsWithItself) {
  const Certificate long_lived = issue(365), short_lived = issue(2);
  ASSERT_TRUE(registry_->add_certificate(haulier_, long_lived, {.expires_us = kNowUs + 3 * kDayUs}));
  ASSERT_TRUE(registry_->add_certificate(haulier_, short_lived, {.expires_us = kNowUs + 3 * kDayUs}));
  EXPECT_EQ(acts_for(short_lived), "Harbour Haulage");
  env_.advance_us(2 * kDayUs);
  EXPECT_EQ(authenticator_->recall_certificate(short_lived.fingerprint), nullptr);
  EXPECT_EQ(acts_for(short_lived), "unauthorized");
  EXPECT_EQ(acts_for(long_lived), "Harbour Haulage");
  env_.advance_us(kDayUs);
  EXPECT_EQ(acts_for(long_lived), "unauthorized");
  ASSERT_TRUE(registry_->add_certificate(rival_, long_lived)) << "what has ended is free";
}

TEST_F(CertificateTest, TheLogSaysThatItWasGivenAndWithdrawn) {
  const Certificate certificate = issue();
  ASSERT_TRUE(registry_->add_certificate(haulier_, certificate));
  ASSERT_TRUE(registry_->withdraw_certificate(certificate.fingerprint));
  const auto entries = store_->snapshot().value()->range(5, 10).value();  // after two parties and their keys
  ASSERT_EQ(entries.size(), 2u);
  for (const Entry& entry : entries) {
    EXPECT_EQ(entry.kind, EntryKind::key);
    EXPECT_EQ(entry.party, haulier_);
    EXPECT_NE(entry.body.find(certificate.fingerprint), std::string::npos);
  }
  EXPECT_NE(entries[0].body.find("given"), std::string::npos);
  EXPECT_NE(entries[1].body.find("withdrawn"), std::string::npos);
}

TEST_F(CertificateTest, APartyHasOnlySoMany) {
  for (size_t n = 0; n < limits::kCertificatesPerPartyMax; ++n) {
    const Certificate certificate{std::to_string(n), "CN=n", kNowUs, kNowUs + kDayUs};
    ASSERT_TRUE(registry_->add_certificate(haulier_, certificate)) << n;
  }
  EXPECT_EQ(registry_->add_certificate(haulier_, issue()).error().code, Code::too_large);
  EXPECT_TRUE(registry_->add_certificate(rival_, issue()));
}

std::string wish_json(std::string pem, std::string_view more = {}) {
  for (size_t at = 0; (at = pem.find('\n', at)) != std::string::npos; at += 2) pem.replace(at, 1, "\\n");
  return "{\"certificate\":\"" + pem + "\"" + std::string(more) + "}";
}

TEST(CertificateWishes, AreReadFromJson) {
  const auto wish = certificate_wish_from_json(wish_json(make_pem(kNowUs, 10), R"(,"label":"gate","scopes":["read"])"), kNowUs);
  ASSERT_TRUE(wish) << wish.error().text();
  EXPECT_EQ(wish->certificate.fingerprint.size(), 64u);
  EXPECT_EQ(wish->wish.label, "gate");
  for (const std::string& wrong :
       {std::string("{}"), std::string("[]"), std::string("no"), wish_json("nothing"), wish_json(make_pem(kNowUs - 20 * kDayUs, 10)),
        wish_json(make_pem(kNowUs, 10), R"(,"scopes":["all"])"), wish_json(make_pem(kNowUs, 10), R"(,"expires":"2001-01-01T00:00:00Z")")}) {
    const auto refused = certificate_wish_from_json(wrong, kNowUs);
    ASSERT_FALSE(refused) << wrong;
    EXPECT_EQ(refused.error().code, Code::invalid) << wrong;
  }
}

}  // namespace
}  // namespace fairway::access
