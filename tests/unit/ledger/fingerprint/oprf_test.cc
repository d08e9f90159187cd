// The vectors of RFC 9497, appendix A.1.2 (ristretto255-SHA512, verifiable mode), and what must be refused.
#include "ledger/fingerprint/oprf.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "ledger/fingerprint/document.h"

namespace fairway::ledger::oprf {
namespace {

std::string bytes(std::string_view hex) { return *from_hex(hex); }

const std::string kSeed(32, '\xa3');
constexpr std::string_view kSecret = "e6f73f344b79b379f1a0dd37e07ff62e38d9f71345ce62ae3a9bc60b04ccd909";
constexpr std::string_view kPublic = "c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e";
constexpr std::string_view kBlind = "64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706";
constexpr std::string_view kRandom = "222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e";

struct OprfVector {
  std::string_view input, blinded, evaluated, proof, output;
};
constexpr OprfVector kVectors[] = {
    {"00", "863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945",
     "aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e",
     "ddef93772692e535d1a53903db24367355cc2cc78de93b3be5a8ffcc6985dd066d4346421d17bf5117a2a1ff0fcb2a759f58a539dfbe857a40bce4cf49ec600d",
     "b58cfbe118e0cb94d79b5fd6a6dafb98764dff49c14e1770b566e42402da1a7da4d8527693914139caee5bd03903af43a491351d23b430948dd50cde10d32b3c"},
    {"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a", "cc0b2a350101881d8a4cba4c80241d74fb7dcbfde4a61fde2f91443c2bf9ef0c",
     "60a59a57208d48aca71e9e850d22674b611f752bed48b36f7a91b372bd7ad468",
     "401a0da6264f8cf45bb2f5264bc31e109155600babb3cd4e5af7d181a2c9dc0a67154fabf031fd936051dec80b0b6ae29c9503493dde7393b722eafdf5a50b02",
     "8a9a2f3c7f085b65933594309041fc1898d42d0858e59f90814ae90571a6df60356f4610bf816f27afdd84f47719e480906d27ecd994985890e5f539e7ea74b6"},
};

TEST(Oprf, DerivesTheKeyOfTheStandard) {
  const auto key = derive_key_pair(kSeed, "test key");
  ASSERT_TRUE(key.has_value());
  EXPECT_EQ(to_hex(key->secret), kSecret);
  EXPECT_EQ(to_hex(key->public_key), kPublic);
}

TEST(Oprf, AgreesWithTheStandardsVectors) {
  const KeyPair key{bytes(kSecret), bytes(kPublic)};
  for (const OprfVector& vector : kVectors) {
    const auto blinded = blind(bytes(vector.input), bytes(kBlind));
    ASSERT_TRUE(blinded.has_value());
    EXPECT_EQ(to_hex(*blinded), vector.blinded);
    const auto evaluation = evaluate(key, *blinded, bytes(kRandom));
    ASSERT_TRUE(evaluation.has_value());
    EXPECT_EQ(to_hex(evaluation->element), vector.evaluated);
    EXPECT_EQ(to_hex(evaluation->proof), vector.proof);
    const auto output = finalize(bytes(vector.input), bytes(kBlind), *blinded, *evaluation, key.public_key);
    ASSERT_TRUE(output.has_value()) << output.error().text();
    EXPECT_EQ(to_hex(*output), vector.output);
  }
}

TEST(Oprf, GivesTheSameValueUnderEveryBlind) {
  const auto key = derive_key_pair(kSeed, "k");
  std::string first;
  std::string blinded_before;
  for (int round = 0; round < 20; ++round) {
    const std::string scalar = random_scalar();
    const auto blinded = blind("a document", scalar);
    ASSERT_TRUE(blinded.has_value());
    EXPECT_NE(*blinded, blinded_before);
    const auto output = finalize("a document", scalar, *blinded, *evaluate(*key, *blinded, random_scalar()), key->public_key);
    ASSERT_TRUE(output.has_value());
    if (first.empty()) first = *output;
    EXPECT_EQ(*output, first);
    blinded_before = *blinded;
  }
}

TEST(Oprf, FindsOutAnotherKeyAndEveryAlteredByte) {
  const auto key = derive_key_pair(kSeed, "one"), other = derive_key_pair(kSeed, "other");
  const std::string scalar = random_scalar();
  const std::string blinded = *blind("a document", scalar);
  const auto lie = evaluate(*other, blinded, random_scalar());
  EXPECT_FALSE(finalize("a document", scalar, blinded, *lie, key->public_key).has_value());
  const auto truth = evaluate(*key, blinded, random_scalar());
  for (size_t at = 0; at < kProofBytes; ++at) {
    Evaluation altered = *truth;
    altered.proof[at] = static_cast<char>(altered.proof[at] ^ 1);
    EXPECT_FALSE(finalize("a document", scalar, blinded, altered, key->public_key).has_value()) << at;
  }
  for (size_t at = 0; at < kElementBytes; ++at) {
    Evaluation altered = *truth;
    altered.element[at] = static_cast<char>(altered.element[at] ^ 1);
    EXPECT_FALSE(finalize("a document", scalar, blinded, altered, key->public_key).has_value()) << at;
  }
}

TEST(Oprf, RefusesWhatIsNoElement) {
  const auto key = derive_key_pair(kSeed, "k");
  const std::string identity(kElementBytes, '\0'), beyond(kElementBytes, '\xff');
  for (const std::string& bad : {identity, beyond, std::string(), std::string(31, '\1'), std::string(33, '\1')}) {
    EXPECT_FALSE(evaluate(*key, bad, random_scalar()).has_value()) << to_hex(bad);
    EXPECT_FALSE(
        finalize("x", random_scalar(), *blind("x", random_scalar()), {bad, std::string(kProofBytes, '\1')}, key->public_key).has_value());
  }
  EXPECT_FALSE(blind("x", std::string(kScalarBytes, '\0')).has_value());
  EXPECT_FALSE(blind("x", std::string(kScalarBytes, '\xff')).has_value());
  // A scalar may be spelled in one way only, or a proof could be altered and still hold.
  const std::string order = bytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  EXPECT_FALSE(blind("x", order).has_value());
}

TEST(DocumentInput, IsOfTheBytesOrOfTheNumber) {
  EXPECT_NE(document_input("a"), document_input("b"));
  EXPECT_EQ(document_input("abc"), "fairway-document/v1\nfile\nba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n");
  EXPECT_EQ(*document_input("mscu", "BL 123-456"), "fairway-document/v1\nnumber\nMSCU\nBL123456\n");
  EXPECT_EQ(*document_input("MSCU", "bl123456"), *document_input("mscu", "BL 123-456"));
  for (const std::string_view bad : {"", " ", "a\nb", "\xc3\xa9"}) EXPECT_FALSE(document_input("MSCU", bad).has_value()) << bad;
  EXPECT_TRUE(is_fingerprint(fingerprint_of(std::string(64, 'x'))));
  EXPECT_FALSE(is_fingerprint(std::string(64, 'G')));
  EXPECT_FALSE(is_fingerprint(std::string(63, 'a')));
}

}  // namespace
}  // namespace fairway::ledger::oprf
