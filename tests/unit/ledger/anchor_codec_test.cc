// What goes to a chain, byte for byte: hashes, RLP, transactions, digests, calls. Answers by others: the specifications' own examples, and
// where none is said, anvil 1.7.1 (signed transactions, EIP-712 signatures) and the contract compiled by solc 0.8.28 (digests, answers).
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/bytes.h"
#include "ledger/anchor/abi.h"
#include "ledger/anchor/address.h"
#include "ledger/anchor/digest.h"
#include "ledger/anchor/keccak.h"
#include "ledger/anchor/quantity.h"
#include "ledger/anchor/rlp.h"
#include "ledger/anchor/transaction.h"
#include "ledger/anchor/tx_signer.h"

namespace fairway::ledger::anchor {
namespace anchor_codec_test {

// The first account of anvil's well-known mnemonic.
constexpr std::string_view kFirstKey = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
constexpr std::string_view kContract = "0x700b6A60ce7EaaEA56F065753d8dcB9653dbAD35";
constexpr std::string_view kWitnesses[] = {"0x15d34aaf54267db7d7c367839aaf71a00a2c6a65", "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc",
                                           "0x70997970c51812dc3a010c7d01b50e0d17dc79c8", "0x90f79bf6eb2c4f870365e785982e1f101e93b906"};

std::string bytes(std::string_view hex) { return from_hex(hex).value(); }
Hash hash(std::string_view hex) {
  Hash out{};
  std::ranges::copy(bytes(hex), out.begin());
  return out;
}
std::unique_ptr<TxSigner> first_signer() { return std::move(make_tx_signer(bytes(kFirstKey)).value()); }
Site site() { return {31337, address_from(to_lower(kContract)).value()}; }
const Hash kRoot = hash("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7");

TEST(AnchorKeccak, HasTheOldPadding) {
  EXPECT_EQ(to_hex(keccak256("")), "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
  EXPECT_EQ(to_hex(keccak256("abc")), "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
}

TEST(AnchorRlp, TheSpecificationsExamples) {
  EXPECT_EQ(rlp_bytes("dog"),
            "\x83"
            "dog");
  EXPECT_EQ(rlp_list({rlp_bytes("cat"), rlp_bytes("dog")}),
            "\xc8\x83"
            "cat"
            "\x83"
            "dog");
  EXPECT_EQ(rlp_bytes(""), "\x80");
  EXPECT_EQ(rlp_list({}), "\xc0");
  EXPECT_EQ(rlp_number(0), "\x80");
  EXPECT_EQ(rlp_bytes(std::string_view("\0", 1)), std::string("\0", 1));
  EXPECT_EQ(rlp_number(15), "\x0f");
  EXPECT_EQ(rlp_number(1024), std::string("\x82\x04\0", 3));
  const std::string none = rlp_list({});
  EXPECT_EQ(to_hex(rlp_list({none, rlp_list({none}), rlp_list({none, rlp_list({none})})})), "c7c0c1c0c3c0c1c0");
  EXPECT_EQ(rlp_bytes("Lorem ipsum dolor sit amet, consectetur adipisicing elit"),
            "\xb8\x38"
            "Lorem ipsum dolor sit amet, consectetur adipisicing elit");
  EXPECT_EQ(to_hex(rlp_list({rlp_bytes("cat"), rlp_list({none}), rlp_bytes("pig"), rlp_list({rlp_bytes("")}), rlp_bytes("sheep")})),
            "d283636174c1c083706967c180857368656570");
}

TEST(AnchorRlp, LengthsAroundTheirBounds) {
  EXPECT_EQ(to_hex(rlp_bytes(std::string(55, 'a')).substr(0, 2)), "b761");
  EXPECT_EQ(to_hex(rlp_bytes(std::string(56, 'a')).substr(0, 3)), "b83861");
  EXPECT_EQ(to_hex(rlp_bytes(std::string(256, 'a')).substr(0, 4)), "b9010061");
  EXPECT_EQ(to_hex(rlp_bytes(std::string(65'536, 'a')).substr(0, 5)), "ba01000061");
  EXPECT_EQ(to_hex(rlp_bytes("\x7f")), "7f");
  EXPECT_EQ(to_hex(rlp_bytes("\x80")), "8180");
  EXPECT_EQ(to_hex(rlp_number(std::string_view("\0\0\x80", 3))), "8180");  // r and s without their zeros
}

TEST(AnchorAddress, OfAKeyAndOfAContract) {
  EXPECT_EQ(to_text(first_signer()->address()), "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
  const Address sender = address_from("0x6ac7ea33f8831ea9dcc53393aaa88b25a785dbf0").value();
  EXPECT_EQ(to_lower(to_text(contract_address(sender, 0))), "0xcd234a471b72ba2f1ccf0a70fcaba648a5eecd8d");
  EXPECT_EQ(to_lower(to_text(contract_address(sender, 1))), "0x343c43a37d37dff08ae8c4a11544c718abb4fcf8");
  // The first contract of anvil's last account, as anvil has it.
  const Address last = address_from("0xa0ee7a142d267c1f36714e4a8f75612f20a79720").value();
  EXPECT_EQ(to_text(contract_address(last, 0)), to_text(site().contract));
}

TEST(AnchorAddress, CaseIsACheck) {
  for (const std::string_view text :
       {"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"}) {  // EIP-55
    EXPECT_EQ(to_text(address_from(text).value()), text);
    EXPECT_TRUE(address_from(to_lower(text)));
    std::string slip(text);
    slip[3] = slip[3] == 'a' ? 'b' : slip[3] == 'A' ? 'a' : 'A';
    EXPECT_FALSE(address_from(slip)) << slip;
  }
  for (const std::string_view text : {"", "0x", "5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beae",
                                      "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaedd", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaeg"})
    EXPECT_FALSE(address_from(text)) << text;
}

TEST(AnchorTransaction, Eip155Example) {
  const auto signer = std::move(make_tx_signer(std::string(32, '\x46')).value());
  const Transaction transaction{1,
                                9,
                                {true, 20'000'000'000, 0},
                                21'000,
                                address_from("0x3535353535353535353535353535353535353535").value(),
                                1'000'000'000'000'000'000,
                                ""};
  EXPECT_EQ(to_hex(view(signing_digest(transaction))), "daf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53");
  EXPECT_EQ(
      to_hex(sign(transaction, *signer)->raw),
      "f86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008025a028ef61340bd939bc2195fe537567866003e1a15d"
      "3c71ff63e1590620aa636276a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83");
}

TEST(AnchorTransaction, AsAnvilSignsThem) {
  const auto signer = first_signer();
  const Transaction anchor{31337,           7, {false, 21'000'000'000, 1'500'000'000},     165'000,
                           site().contract, 0, bytes("c7d10206") + std::string(60, '\x11')};
  EXPECT_EQ(
      to_hex(sign(anchor, *signer)->raw),
      "02f8af827a69078459682f008504e3b292008302848894700b6a60ce7eaaea56f065753d8dcb9653dbad3580b840c7d10206111111111111111111111111111111"
      "111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111c001a0f9a3746407c0acd77251401b9536e5904c"
      "86994a6d49389ac82306d90239f341a0569caf6a91b10c6c5bc8a04de326e651e6cefd260236d0722b2299fe0b30cdb7");
  const Transaction free{31337, 0, {true, 0, 0}, 165'000, site().contract, 0, std::string(1, '\0')};
  EXPECT_EQ(
      to_hex(sign(free, *signer)->raw),
      "f86280808302848894700b6a60ce7eaaea56f065753d8dcb9653dbad35800082f4f6a04ee57e7b91dc359662f81f3976f8c5554f3cc0dc6c831885674095cdd4fb"
      "f003a0147484525b802ab27b0171fe9aa04cd6fa28be7b02976e03e928ec5826a8d714");
  const Transaction maker{31337, 128, {false, 21'000'000'000, 0}, 165'000, std::nullopt, 0, bytes("6001600155")};
  EXPECT_EQ(
      to_hex(sign(maker, *signer)->raw),
      "02f85c827a698180808504e3b29200830284888080856001600155c080a0c65bf84c308d62db33316f914f8a745f4890452f7f78fbe78e01ceb1cdaae377a05f5f"
      "99ba94996259b704264ce8436554b0470a6edb6a932ada3f9789855f7dd8");
}

TEST(AnchorDigest, AsTheContractComputesIt) {
  std::vector<Address> witnesses;
  for (const std::string_view witness : kWitnesses) witnesses.push_back(address_from(witness).value());
  EXPECT_EQ(to_hex(view(anchor_digest(site(), "port.example/ledger", 4711, kRoot))),
            "7f2552ddbf58d03f69b4568d5b413fb64c395473286c1e5732781f9ac003fd22");
  EXPECT_EQ(to_hex(view(change_digest(site(), "port.example/ledger", witnesses, 3, 5))),
            "240ef2fe414c31d5d6dd86bc87479025ed001790c6ef5da89192f5c67f4770a1");
}

TEST(AnchorDigest, AsAWalletSignsIt) {
  const Hash digest = anchor_digest(site(), "port.example/ledger", 4711, kRoot);
  const Signature signature = first_signer()->sign(digest).value();
  EXPECT_EQ(
      to_hex(to_bytes(signature)),
      "f93f77dc339c8ec5f807a04d48ce0a13618b3bc278db7bcf5b88d000a33f01d92a32081e80ab18faffccd4b2d0d3ae5271df74a002b95e9aa460adb707bb1b3a1b");
  EXPECT_EQ(signer_of(digest, signature).value(), first_signer()->address());
  EXPECT_NE(signer_of(anchor_digest(site(), "port.example/ledger", 4712, kRoot), signature).value_or(Address{}), first_signer()->address());
}

TEST(AnchorSignature, WhatIsNoneIsRefused) {
  const Hash digest = anchor_digest(site(), "o", 1, kRoot);
  const std::string good = to_bytes(first_signer()->sign(digest).value());
  EXPECT_EQ(to_bytes(signature_from(good).value()), good);
  const auto with = [&](size_t place, char byte) {
    std::string altered = good;
    altered[place] = byte;
    return altered;
  };
  EXPECT_FALSE(signature_from(good.substr(1)));
  EXPECT_FALSE(signature_from(good + "x"));
  EXPECT_FALSE(signature_from(with(64, 29)));
  EXPECT_FALSE(signature_from(with(32, '\x80')));                           // the higher s
  EXPECT_FALSE(signature_from(std::string(32, '\xff') + good.substr(32)));  // past the order
  EXPECT_FALSE(signer_of(digest, signature_from(std::string(64, '\0') + "\x1b").value_or(Signature{})));
  EXPECT_FALSE(make_tx_signer(std::string(32, '\0')));
  EXPECT_FALSE(make_tx_signer(std::string(32, '\xff')));
  EXPECT_FALSE(make_tx_signer("short"));
}

TEST(AnchorAbi, AnswersAsTheContractGivesThem) {
  EXPECT_EQ(anchored_from(std::string(64, '\0')).value(), Anchored{});
  EXPECT_FALSE(anchored_from(std::string(63, '\0')));
  EXPECT_FALSE(anchored_from(std::string(64, '\x01')));  // a size of 256 bits
  std::string answer = abi_word(64) + abi_word(3) + abi_word(4);
  for (const std::string_view witness : kWitnesses) answer += abi_word(address_from(witness).value());
  const WitnessSet set = witnesses_from(answer).value();
  EXPECT_EQ(set.threshold, 3u);
  ASSERT_EQ(set.witnesses.size(), 4u);
  EXPECT_EQ(to_lower(to_text(set.witnesses[2])), kWitnesses[2]);
  for (size_t length = 0; length < answer.size(); ++length) EXPECT_FALSE(witnesses_from(answer.substr(0, length)));
  EXPECT_FALSE(witnesses_from(abi_word(64) + abi_word(3) + std::string(32, '\xff')));
}

TEST(AnchorAbi, CallsAsTheCompilerNamesThem) {
  EXPECT_EQ(to_hex(call_data("latest()")), "52bfe789");
  EXPECT_EQ(to_hex(call_data("witnesses()")), "53176195");
  EXPECT_EQ(to_hex(call_data("originHash()")), "67a32810");
  const std::string data = anchor_data(7, kRoot, std::string(65, 's'));
  EXPECT_EQ(to_hex(data.substr(0, 4)), "c7d10206");
  EXPECT_EQ(data.size(), 4 + 4 * 32 + 96u);  // 65 bytes padded to three words
}

TEST(AnchorQuantity, OneSpelling) {
  EXPECT_EQ(to_quantity(0), "0x0");
  EXPECT_EQ(to_quantity(1024), "0x400");
  EXPECT_EQ(number_from_quantity("0xffffffffffffffff").value(), ~uint64_t{0});
  for (const std::string_view text : {"", "0x", "0", "400", "0x0400", "0xg", "0x-1", "0x10000000000000000", "0x 1", "0x1 ", "0X1"})
    EXPECT_FALSE(number_from_quantity(text)) << text;
  EXPECT_FALSE(bytes_from_data("0xabc"));
  EXPECT_FALSE(hash_from_data("0xab"));
}

TEST(AnchorKeyFile, IsItsOwnersAlone) {
  const std::string folder = ::testing::TempDir() + "anchor-key";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directory(folder);
  const std::string path = folder + "/key";
  EXPECT_FALSE(load_tx_signer(path, false, Env::system()));
  const Address made = load_tx_signer(path, true, Env::system()).value()->address();
  struct stat about{};
  ASSERT_EQ(::stat(path.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);
  EXPECT_EQ(load_tx_signer(path, true, Env::system()).value()->address(), made);
  ::chmod(path.c_str(), 0640);
  EXPECT_EQ(load_tx_signer(path, false, Env::system()).error().code, Code::forbidden);
  std::ofstream(path) << kFirstKey;
  ::chmod(path.c_str(), 0600);
  EXPECT_EQ(to_text(load_tx_signer(path, false, Env::system()).value()->address()), "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
  std::ofstream(path) << "0x1234";
  EXPECT_EQ(load_tx_signer(path, false, Env::system()).error().code, Code::invalid);
  std::filesystem::remove_all(folder);
}

}  // namespace anchor_codec_test
}  // namespace fairway::ledger::anchor
