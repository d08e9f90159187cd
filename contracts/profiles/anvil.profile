# A chain on this machine for trying it out: anvil --host 127.0.0.1 --port 8545, and a second one with --fork-url, or a proxy, as the other node.
name = anvil
chain-id = 31337
node = http://127.0.0.1:8545
node = http://127.0.0.1:8546
# What `fairway admin ledger anchor deploy` prints:
# contract = 0x…
sender-key = ./anchor-sender.key
fee = eip1559
confirmations = 1
interval = 60
# witness = 0x… https://witness.example
