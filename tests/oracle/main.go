// Checks an exported log and its receipts with the Go project's own implementation of tiles, proofs
// and signed notes (golang.org/x/mod/sumdb), which shares nothing with ours.
//
// Usage: main FOLDER VERIFIER-KEY [EARLIER-CHECKPOINT RECEIPT ENTRY ...]
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error) {
	if err != nil {
		fmt.Println("fails:", err)
		os.Exit(1)
	}
}

func read(path string) []byte {
	data, err := os.ReadFile(path)
	must(err)
	return data
}

// opened is the tree that a signed checkpoint is about.
func opened(data []byte, key string) tlog.Tree {
	verifier, err := note.NewVerifier(key)
	must(err)
	signed, err := note.Open(data, note.VerifierList(verifier))
	must(err)
	lines := strings.Split(signed.Text, "\n")
	if lines[0] != verifier.Name() {
		must(fmt.Errorf("origin %q", lines[0]))
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	return tlog.Tree{N: size, Hash: hash(lines[2])}
}

func hash(text string) tlog.Hash {
	found, err := tlog.ParseHash(text)
	must(err)
	return found
}

// reader reads tiles where C2SP puts them: without their height in the path.
type reader struct{ folder string }

func (r reader) Height() int                     { return 8 }
func (r reader) SaveTiles([]tlog.Tile, [][]byte) {}
func (r reader) path(tile tlog.Tile) string {
	path := strings.TrimPrefix(tile.Path(), "tile/8/")
	if strings.HasPrefix(path, "data/") {
		path = "entries/" + strings.TrimPrefix(path, "data/")
	}
	return filepath.Join(r.folder, "tile", path)
}
func (r reader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	all := [][]byte{}
	for _, tile := range tiles {
		data, err := os.ReadFile(r.path(tile))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func entries(r reader, tree tlog.Tree, hashes tlog.HashReader) {
	for first := int64(0); first < tree.N; first += 256 {
		width := tree.N - first
		if width > 256 {
			width = 256
		}
		bundle := read(r.path(tlog.Tile{H: 8, L: -1, N: first / 256, W: int(width)}))
		indexes := []int64{}
		for at := first; at < first+width; at++ {
			indexes = append(indexes, tlog.StoredHashIndex(0, at))
		}
		stored, err := hashes.ReadHashes(indexes)
		must(err)
		for at := first; at < first+width; at++ {
			length := int(binary.BigEndian.Uint16(bundle))
			entry := bundle[2 : 2+length]
			bundle = bundle[2+length:]
			if stored[at-first] != tlog.RecordHash(entry) {
				must(fmt.Errorf("entry %d", at))
			}
		}
		if len(bundle) != 0 {
			must(fmt.Errorf("%d bytes behind a bundle", len(bundle)))
		}
	}
}

func receipt(text string, entry []byte, key string) {
	head, signed, _ := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	if lines[0] != "c2sp.org/tlog-proof@v1" {
		must(fmt.Errorf("format %q", lines[0]))
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	must(err)
	proof := tlog.RecordProof{}
	for _, line := range lines[2:] {
		data, err := base64.StdEncoding.DecodeString(line)
		must(err)
		proof = append(proof, *(*tlog.Hash)(data))
	}
	tree := opened([]byte(signed), key)
	must(tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)))
}

func main() {
	folder, key := os.Args[1], os.Args[2]
	tree := opened(read(filepath.Join(folder, "checkpoint")), key)
	files := reader{folder}
	hashes := tlog.TileHashReader(tree, files)
	entries(files, tree, hashes)
	if len(os.Args) > 3 {
		earlier := opened(read(os.Args[3]), key)
		proof, err := tlog.ProveTree(tree.N, earlier.N, hashes)
		must(err)
		must(tlog.CheckTree(proof, tree.N, tree.Hash, earlier.N, earlier.Hash))
		for at := 4; at < len(os.Args); at += 2 {
			receipt(string(read(os.Args[at])), read(os.Args[at+1]), key)
		}
	}
	fmt.Printf("%d entries hold\n", tree.N)
}
