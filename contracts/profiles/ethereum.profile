# Any chain that speaks Ethereum's JSON-RPC and has EIP-1559 and the tag "finalized". Tested against anvil alone: try it on a test network first.
name = ethereum
chain-id = 11155111
node = https://rpc-one.example/v1/KEY
node = https://rpc-two.example/KEY
node = https://rpc-three.example
sender-key = /etc/fairway/anchor-sender.key
fee = eip1559
# Never more for a unit of gas, whatever a node says that it costs; in wei.
max-fee = 60000000000
priority-fee = 1000000000
confirmations = finalized
stuck-after = 300
interval = 3600
poll-ms = 15000
# contract = 0x…
# witness = 0x… https://witness.example
