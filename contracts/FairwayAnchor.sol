// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// Keeps the latest size and root of one log's tree (RFC 6962), as a quorum of its witnesses has signed them.
///
/// Sizes only grow, and a second root for the latest size is refused: whoever shows two histories cannot anchor both. Anybody may send a
/// transaction; what counts are the witnesses' signatures in it. The witnesses change by a quorum of those before them, announced a while
/// before they count. There is no owner, and the code cannot be changed.
contract FairwayAnchor {
    /// SHA-256 of the log's origin.
    bytes32 public immutable originHash;
    /// Seconds between the announcement of a change of witnesses and the moment from which it may take effect.
    uint64 public immutable delay;

    // One slot: what anchoring reads.
    uint64 private latestSize;
    uint64 private generation; // of the set of witnesses
    uint64 private changes; // announced so far: the nonce of the next announcement
    uint8 private quorum;
    bytes32 private latestRoot;

    mapping(address => uint64) private memberOf; // the generation in which the address is a witness
    address[] private members;

    bytes32 private announced; // hash of the set and threshold to come; 0: none
    uint64 private effectiveFrom; // seconds since 1970

    event Anchored(bytes32 indexed originHash, uint64 indexed size, bytes32 root);
    event WitnessChangeAnnounced(address[] witnesses, uint256 threshold, uint64 nonce, uint64 effectiveFrom);
    event WitnessesChanged(address[] witnesses, uint256 threshold);

    uint256 private constant WITNESSES_MAX = 32;
    // Half of the curve's order: the larger of the two s of each signature is refused (EIP-2).
    uint256 private constant HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    bytes32 private constant DOMAIN_TYPE = keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 private constant ANCHOR_TYPE = keccak256("Anchor(bytes32 originHash,uint64 size,bytes32 root)");
    bytes32 private constant CHANGE_TYPE = keccak256("WitnessChange(bytes32 originHash,address[] witnesses,uint256 threshold,uint64 nonce)");

    constructor(bytes32 originHash_, address[] memory witnesses_, uint256 threshold_, uint64 delay_) {
        require(delay_ <= 365 days, "delay");
        originHash = originHash_;
        delay = delay_;
        checkSet(witnesses_, threshold_);
        install(witnesses_, threshold_);
    }

    /// Anchors the tree. `signatures`: r, s and v (27 or 28) of each witness, 65 bytes each, in the order of the witnesses' addresses.
    function anchor(uint64 size, bytes32 root, bytes calldata signatures) external {
        require(size != latestSize || root == latestRoot, "split");
        require(size > latestSize, "old");
        checkQuorum(anchorDigest(size, root), signatures);
        latestSize = size;
        latestRoot = root;
        emit Anchored(originHash, size, root);
    }

    /// Says which witnesses there shall be. Signed by a quorum of those that there are. A later announcement takes its place.
    function announce(address[] calldata next, uint256 threshold_, bytes calldata signatures) external {
        checkSet(next, threshold_);
        checkQuorum(changeDigest(next, threshold_, changes), signatures);
        announced = keccak256(abi.encode(next, threshold_));
        effectiveFrom = uint64(block.timestamp) + delay;
        emit WitnessChangeAnnounced(next, threshold_, changes, effectiveFrom);
        changes += 1;
    }

    /// Makes the announced set count, once its delay is over.
    function effect(address[] calldata next, uint256 threshold_) external {
        require(announced != 0 && announced == keccak256(abi.encode(next, threshold_)), "not announced");
        require(block.timestamp >= effectiveFrom, "too early");
        announced = 0;
        install(next, threshold_);
        emit WitnessesChanged(next, threshold_);
    }

    function latest() external view returns (uint64 size, bytes32 root) {
        return (latestSize, latestRoot);
    }

    function witnesses() external view returns (address[] memory set, uint256 threshold) {
        return (members, quorum);
    }

    /// The change that is announced; effectiveFrom_ is 0 where there is none.
    function change() external view returns (uint64 nonce, uint64 effectiveFrom_) {
        return (changes, announced == 0 ? 0 : effectiveFrom);
    }

    /// What witnesses sign to anchor a tree (EIP-712).
    function anchorDigest(uint64 size, bytes32 root) public view returns (bytes32) {
        return typed(keccak256(abi.encode(ANCHOR_TYPE, originHash, size, root)));
    }

    /// What witnesses sign to announce others. `nonce` is that of change().
    function changeDigest(address[] calldata next, uint256 threshold_, uint64 nonce) public view returns (bytes32) {
        bytes32 set = keccak256(abi.encodePacked(next)); // elements of arrays are padded to 32 bytes, as EIP-712 wants them
        return typed(keccak256(abi.encode(CHANGE_TYPE, originHash, set, threshold_, nonce)));
    }

    /// Whether the leaf is at that index of the anchored tree. `leaf` is SHA-256(0x00 || entry); the proof begins with its sibling.
    function isAnchored(uint64 index, bytes32 leaf, bytes32[] calldata proof) external view returns (bool) {
        return verifyInclusion(index, latestSize, leaf, proof, latestRoot);
    }

    /// The same of any tree: RFC 9162, 2.1.3.2, whose tree is that of RFC 6962.
    function verifyInclusion(uint64 index, uint64 size, bytes32 leaf, bytes32[] calldata proof, bytes32 root) public pure returns (bool) {
        if (index >= size) return false;
        uint64 node = index;
        uint64 last = size - 1;
        bytes32 hash = leaf;
        for (uint256 i = 0; i < proof.length; ++i) {
            if (last == 0) return false;
            if (node & 1 == 1 || node == last) {
                hash = sha256(abi.encodePacked(bytes1(0x01), proof[i], hash));
                while (node & 1 == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = sha256(abi.encodePacked(bytes1(0x01), hash, proof[i]));
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && hash == root;
    }

    function typed(bytes32 content) private view returns (bytes32) {
        bytes32 domain = keccak256(abi.encode(DOMAIN_TYPE, keccak256("FairwayAnchor"), keccak256("1"), block.chainid, address(this)));
        return keccak256(abi.encodePacked(bytes2(0x1901), domain, content));
    }

    // Ascending addresses let nobody count twice.
    function checkQuorum(bytes32 digest, bytes calldata signatures) private view {
        require(signatures.length % 65 == 0 && signatures.length / 65 <= WITNESSES_MAX, "signatures");
        uint256 count = signatures.length / 65;
        require(count >= quorum, "too few");
        address before = address(0);
        for (uint256 i = 0; i < count; ++i) {
            bytes calldata one = signatures[i * 65:(i + 1) * 65];
            require(uint256(bytes32(one[32:64])) <= HALF_ORDER, "high s");
            address signer = ecrecover(digest, uint8(one[64]), bytes32(one[0:32]), bytes32(one[32:64]));
            require(signer != address(0), "no signer");
            require(signer > before, "order");
            require(memberOf[signer] == generation, "not a witness");
            before = signer;
        }
    }

    // More than half, so that two quorums always share a witness.
    function checkSet(address[] memory set, uint256 threshold_) private pure {
        require(set.length <= WITNESSES_MAX, "too many");
        require(threshold_ <= set.length && 2 * threshold_ > set.length, "threshold");
        address before = address(0);
        for (uint256 i = 0; i < set.length; ++i) {
            require(set[i] > before, "order");
            before = set[i];
        }
    }

    function install(address[] memory set, uint256 threshold_) private {
        generation += 1;
        quorum = uint8(threshold_);
        members = set;
        for (uint256 i = 0; i < set.length; ++i) memberOf[set[i]] = generation;
    }
}
