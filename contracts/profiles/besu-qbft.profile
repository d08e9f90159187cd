# Besu with QBFT and free gas, a node of each member. UNTESTED: no Besu runs in Fairway's tests.
# A block is final when it is there, so that one confirmation is enough; members start Besu with --min-gas-price=0.
name = besu-qbft
chain-id = 1337
node = https://node.terminal.example:8545
node = https://node.carrier.example:8545
node = https://node.customs.example:8545
sender-key = /etc/fairway/anchor-sender.key
fee = zero
confirmations = 1
interval = 60
# contract = 0x…
# witness = 0x… https://witness.terminal.example
