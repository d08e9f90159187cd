// Checks a log that Fairway serves with Go's implementation of notes and tiles.
//
//	tlog check URL VKEY [SIZE ROOT]   the log below URL, leaf by leaf; prints its size and root. SIZE and ROOT: of an older checkpoint
//	tlog verify VKEY <NOTE            a signed note; prints its text
//	tlog sign NAME SEED <TEXT         signs a text by an Ed25519 seed of 64 hex digits; prints the note
package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

// The log as its files are served.
type server struct {
	prefix string
	kept   map[string][]byte
}

func (s *server) get(path string) ([]byte, error) {
	if data, ok := s.kept[path]; ok {
		return data, nil
	}
	response, err := http.Get(s.prefix + "/" + path)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", path, response.Status)
	}
	s.kept[path] = data
	return data, nil
}

// What tlog.TileHashReader asks of whoever has the tiles; it checks them against the tree itself.
func (s *server) Height() int { return tileHeight }

func (s *server) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		// x/mod writes the height into the path, tlog-tiles has but one.
		data, err := s.get(strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (s *server) SaveTiles([]tlog.Tile, [][]byte) {}

func (s *server) checkpoint(verifier note.Verifier) (tree tlog.Tree, err error) {
	data, err := s.get("checkpoint")
	if err != nil {
		return tree, err
	}
	opened, err := note.Open(data, note.VerifierList(verifier))
	if err != nil {
		return tree, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tree, fmt.Errorf("not a checkpoint of %s: %q", verifier.Name(), opened.Text)
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, err
	}
	tree.Hash, err = tlog.ParseHash(lines[2])
	return tree, err
}

// The entries of the log, from its bundles.
func (s *server) entries(size int64) (entries [][]byte, err error) {
	for int64(len(entries)) < size {
		tile := tlog.Tile{H: tileHeight, L: 0, N: int64(len(entries)) >> tileHeight, W: 1 << tileHeight}
		if left := size - int64(len(entries)); left < int64(tile.W) {
			tile.W = int(left)
		}
		bundle, err := s.get(strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1))
		if err != nil {
			return nil, err
		}
		for i := 0; i < tile.W; i++ {
			if len(bundle) < 2 || len(bundle)-2 < int(bundle[0])<<8|int(bundle[1]) {
				return nil, errors.New("a bundle of entries is cut off")
			}
			length := int(bundle[0])<<8 | int(bundle[1])
			entries, bundle = append(entries, bundle[2:2+length]), bundle[2+length:]
		}
		if len(bundle) != 0 {
			return nil, errors.New("a bundle has more entries than its name says")
		}
	}
	return entries, nil
}

// Every leaf by its proof from the tiles; every size by the tree that the entries make without the tiles.
func check(s *server, tree tlog.Tree) error {
	tiles := tlog.TileHashReader(tree, s)
	entries, err := s.entries(tree.N)
	if err != nil {
		return err
	}
	var stored []tlog.Hash
	own := tlog.HashReaderFunc(func(indexes []int64) (hashes []tlog.Hash, err error) {
		for _, index := range indexes {
			hashes = append(hashes, stored[index])
		}
		return hashes, nil
	})
	for i, entry := range entries {
		n := int64(i)
		if len(entry) != 33 || entry[0] != 1 {
			return fmt.Errorf("entry %d is no commitment of 33 bytes", n)
		}
		proof, err := tlog.ProveRecord(tree.N, n, tiles)
		if err != nil {
			return fmt.Errorf("entry %d: %w", n, err)
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, n, tlog.RecordHash(entry)); err != nil {
			return fmt.Errorf("entry %d: %w", n, err)
		}
		hashes, err := tlog.StoredHashes(n, entry, own)
		if err != nil {
			return err
		}
		stored = append(stored, hashes...)
		root, err := tlog.TreeHash(n+1, own)
		if err != nil {
			return err
		}
		if err := consistent(tree, tiles, tlog.Tree{N: n + 1, Hash: root}); err != nil {
			return err
		}
	}
	return nil
}

func consistent(tree tlog.Tree, tiles tlog.HashReader, older tlog.Tree) error {
	if older.N == tree.N {
		if older.Hash != tree.Hash {
			return fmt.Errorf("two roots of %d entries", tree.N)
		}
		return nil
	}
	proof, err := tlog.ProveTree(tree.N, older.N, tiles)
	if err == nil {
		err = tlog.CheckTree(proof, tree.N, tree.Hash, older.N, older.Hash)
	}
	if err != nil {
		return fmt.Errorf("from %d to %d: %w", older.N, tree.N, err)
	}
	return nil
}

func checkLog(prefix, vkey string, older []string) error {
	verifier, err := note.NewVerifier(strings.TrimSpace(vkey))
	if err != nil {
		return err
	}
	s := &server{prefix, map[string][]byte{}}
	tree, err := s.checkpoint(verifier)
	if err != nil {
		return err
	}
	if err := check(s, tree); err != nil {
		return err
	}
	if len(older) == 2 {
		before := tlog.Tree{}
		if before.N, err = strconv.ParseInt(older[0], 10, 64); err != nil {
			return err
		}
		if before.Hash, err = tlog.ParseHash(older[1]); err != nil {
			return err
		}
		if err := consistent(tree, tlog.TileHashReader(tree, s), before); err != nil {
			return err
		}
	}
	fmt.Println(tree.N, tree.Hash)
	return nil
}

func verify(vkey string, text []byte) error {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	opened, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		return err
	}
	fmt.Print(opened.Text)
	return nil
}

func sign(name, seed string, text []byte) error {
	bytesOfSeed, err := hex.DecodeString(seed)
	if err != nil || len(bytesOfSeed) != ed25519.SeedSize {
		return errors.New("a seed has 64 hex digits")
	}
	public := ed25519.NewKeyFromSeed(bytesOfSeed).Public().(ed25519.PublicKey)
	vkey, err := note.NewEd25519VerifierKey(name, public)
	if err != nil {
		return err
	}
	id := strings.Split(vkey, "+")[1]
	signer, err := note.NewSigner("PRIVATE+KEY+" + name + "+" + id + "+" + base64.StdEncoding.EncodeToString(append([]byte{1}, bytesOfSeed...)))
	if err != nil {
		return err
	}
	signed, err := note.Sign(&note.Note{Text: string(bytes.TrimRight(text, "\n")) + "\n"}, signer)
	if err != nil {
		return err
	}
	fmt.Print(string(signed))
	return nil
}

func run(arguments []string) error {
	verb := ""
	if len(arguments) > 0 {
		verb, arguments = arguments[0], arguments[1:]
	}
	if verb == "check" && (len(arguments) == 2 || len(arguments) == 4) {
		return checkLog(arguments[0], arguments[1], arguments[2:])
	}
	input, err := io.ReadAll(os.Stdin)
	switch {
	case err != nil:
		return err
	case verb == "verify" && len(arguments) == 1:
		return verify(arguments[0], input)
	case verb == "sign" && len(arguments) == 2:
		return sign(arguments[0], arguments[1], input)
	}
	return errors.New("tlog check URL VKEY [SIZE ROOT] | verify VKEY | sign NAME SEED")
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "tlog:", err)
		os.Exit(1)
	}
}
