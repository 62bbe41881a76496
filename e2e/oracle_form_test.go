package e2e

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"net/http"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/vmihailenco/msgpack/v5"
)

// readForms reads every form of a subdir's index, by its name: what clients would
// make of each of them.
func (s *server) readForms(base string) map[string]map[string]map[string]any {
	s.t.Helper()
	read := func(name, encoding string) []byte {
		return s.ask(http.MethodGet, base+"/"+name, "Accept-Encoding", encoding).is(s.t, http.StatusOK).body
	}
	forms := map[string]map[string]map[string]any{"shards": s.readShards(base)}
	for _, name := range []string{"repodata.json", "current_repodata.json"} {
		forms[name] = readIndex(s.t, read(name, "identity"))
		packed, err := gzip.NewReader(bytes.NewReader(read(name, "gzip")))
		sure(s.t, err)
		forms[name+" gzip"] = readIndex(s.t, readAll(s.t, packed))
		forms[name+".zst"] = readIndex(s.t, unzstd(s.t, read(name+".zst", "identity")))
	}
	return forms
}

// decodes fails the test unless the libraries and programs that clients use decode
// every compressed form of documents below base to the plain one.
func (c *client) decodes(base string, names ...string) {
	c.t.Helper()
	for _, program := range []string{"curl", "zstd"} {
		if _, err := exec.LookPath(program); err != nil {
			lacks(c.t, program)
		}
	}
	var urls []string
	for _, name := range names {
		urls = append(urls, c.s.URL+base+name)
	}
	var got struct {
		Decoded int
		Wrong   []string
	}
	c.script(&got, "decoders.py", urls...)
	if want := 9 * len(urls); len(got.Wrong) > 0 || got.Decoded != want {
		c.t.Errorf("%d forms are right, want %d: %s", got.Decoded, want, strings.Join(got.Wrong, "\n"))
	}
}

// readIndex returns the records of both kinds of archive.
func readIndex(t *testing.T, body []byte) map[string]map[string]any {
	t.Helper()
	var r struct {
		Packages map[string]map[string]any `json:"packages"`
		Conda    map[string]map[string]any `json:"packages.conda"`
	}
	decodeJSON(t, body, &r)
	return joined(r.Packages, r.Conda)
}

func joined(sections ...map[string]map[string]any) map[string]map[string]any {
	all := map[string]map[string]any{}
	for _, section := range sections {
		maps.Copy(all, section)
	}
	return all
}

// readShards reads the index of shards, and each of them under the address that it
// has from there.
func (s *server) readShards(base string) map[string]map[string]any {
	s.t.Helper()
	index := s.get("", base+"/repodata_shards.msgpack.zst").is(s.t, http.StatusOK)
	return readShardIndex(s.t, index.body, func(hash string) []byte {
		return s.get("", base+"/shards/"+hash+".msgpack.zst").is(s.t, http.StatusOK).body
	})
}

// readShardFiles reads the shards in a folder.
func readShardFiles(t *testing.T, folder string) map[string]map[string]any {
	t.Helper()
	return readShardIndex(t, readFile(t, filepath.Join(folder, "repodata_shards.msgpack.zst")), func(hash string) []byte {
		return readFile(t, filepath.Join(folder, "shards", hash+".msgpack.zst"))
	})
}

func readShardIndex(t *testing.T, body []byte, fetch func(hash string) []byte) map[string]map[string]any {
	t.Helper()
	var index struct {
		Shards map[string][]byte `msgpack:"shards"`
	}
	sure(t, msgpack.Unmarshal(unzstd(t, body), &index))
	all := map[string]map[string]any{}
	for _, hash := range index.Shards {
		var shard struct {
			Packages map[string]map[string]any `msgpack:"packages"`
			Conda    map[string]map[string]any `msgpack:"packages.conda"`
		}
		body := fetch(hex.EncodeToString(hash))
		if sum := sha256.Sum256(body); !bytes.Equal(sum[:], hash) {
			t.Errorf("the shard %x has another hash, %x", hash, sum)
		}
		sure(t, msgpack.Unmarshal(unzstd(t, body), &shard))
		for name, r := range joined(shard.Packages, shard.Conda) {
			for _, key := range []string{"md5", "sha256"} {
				if sum, ok := r[key].([]byte); ok {
					r[key] = hex.EncodeToString(sum)
				}
			}
			all[name] = r
		}
	}
	return all
}

func unzstd(t *testing.T, body []byte) []byte {
	t.Helper()
	r, err := zstd.NewReader(nil)
	sure(t, err)
	defer r.Close()
	plain, err := r.DecodeAll(body, nil)
	sure(t, err)
	return plain
}

// rattlersWords is how rattler writes requirements that were written otherwise.
var rattlersWords = map[string]string{"a[version='>=1',build=x*]": "a >=1 x*", "numpy=1.8=py*": "numpy ==1.8 py*"}

// normalizeOracle takes from rattler's records what it adds of its own.
func normalizeOracle(all map[string]map[string]any) map[string]map[string]any {
	out := map[string]map[string]any{}
	for name, r := range all {
		out[name] = without(r, "indexed_timestamp", "run_exports")
	}
	return out
}

// normalizeOurs takes from our records what rattler does not keep: keys that it
// does not know, an empty constrains, an arch and platform that are null, and the
// spelling of requirements.
func normalizeOurs(all map[string]map[string]any) map[string]map[string]any {
	out := map[string]map[string]any{}
	for name, r := range all {
		r = without(r, "indexed_timestamp", "run_exports", "x_future", "x_big", "x_negative", "x_small", "x_text", "x_empty", "x_list", "x_null")
		maps.DeleteFunc(r, func(key string, value any) bool {
			list, isList := value.([]any)
			return value == nil && (key == "arch" || key == "platform") || key == "constrains" && isList && len(list) == 0
		})
		depends := slices.Clone(r["depends"].([]any))
		for i, spec := range depends {
			if word, ok := rattlersWords[spec.(string)]; ok {
				depends[i] = word
			}
		}
		r["depends"] = depends
		out[name] = r
	}
	return out
}

func without(r map[string]any, keys ...string) map[string]any {
	r = maps.Clone(r)
	for _, key := range keys {
		delete(r, key)
	}
	return r
}
