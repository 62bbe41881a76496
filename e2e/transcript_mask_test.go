package e2e

import (
	"bytes"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"
	"github.com/vmihailenco/msgpack/v5"
	"golang.org/x/crypto/blake2b"
)

// masks are the texts that differ from run to run or are secret, each with the
// name in angle brackets that a transcript has in its place.
type masks struct {
	mu    sync.Mutex
	names map[string]string // by text
	count map[string]int    // of names that are numbered
	files map[string]string // by the bytes' SHA-256
}

func newMasks() *masks {
	return &masks{names: map[string]string{}, count: map[string]int{}, files: map[string]string{}}
}

// learn gives text a name.
func (m *masks) learn(text, name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, known := m.names[text]; !known && text != "" {
		m.names[text] = "<" + name + ">"
	}
}

// number is learn with the next number of a kind.
func (m *masks) number(text, kind string) {
	m.mu.Lock()
	_, known := m.names[text]
	if !known {
		m.count[kind]++
	}
	n := m.count[kind]
	m.mu.Unlock()
	m.learn(text, kind+" "+strconv.Itoa(n))
}

// know names everything that can be said of a file's bytes.
func (m *masks) know(name string, data []byte) {
	long, short, other := sha256.Sum256(data), md5.Sum(data), blake2b.Sum256(data)
	m.learn(hex.EncodeToString(long[:]), "sha256 "+name)
	m.learn(hex.EncodeToString(other[:]), "blake2 "+name)
	m.learn(hex.EncodeToString(short[:]), "md5 "+name)
	m.learn(base64.StdEncoding.EncodeToString(short[:]), "md5-base64 "+name)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.files[hex.EncodeToString(long[:])] = name
}

// vendorSite is where anaconda-client says by itself that a token is for.
var vendorSite = regexp.MustCompile(`"note_url": "http://[a-z.]+"`)

// hide replaces all that has a name, the longest first.
func (m *masks) hide(s string) string {
	s = vendorSite.ReplaceAllString(s, `"note_url": "http://<vendor>"`)
	m.mu.Lock()
	defer m.mu.Unlock()
	texts := make([]string, 0, len(m.names))
	for text := range m.names {
		texts = append(texts, text)
	}
	slices.SortFunc(texts, func(a, b string) int { return len(b) - len(a) })
	for _, text := range texts {
		s = strings.ReplaceAll(s, text, m.names[text])
	}
	return s
}

// bytes is the name of a known file with these bytes.
func (m *masks) bytes(data []byte) (string, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	sum := sha256.Sum256(data)
	name, ok := m.files[hex.EncodeToString(sum[:])]
	return name, ok
}

// learnAnswer names what a later request may repeat of an answer.
func (m *masks) learnAnswer(path string, header http.Header, body []byte) {
	path = strings.NewReplacer("<", "(", ">", ")").Replace(m.hide(path))
	m.learn(header.Get("ETag"), "etag "+path)
	m.learn(header.Get("Last-Modified"), "last-modified "+path)
	var v any
	if strings.HasPrefix(path, "/api") && json.Unmarshal(body, &v) == nil {
		m.learnJSON(v)
	}
	if subdir, ok := strings.CutSuffix(path, "/repodata_shards.msgpack.zst"); ok {
		m.learnShards(subdir[strings.LastIndex(subdir, "/")+1:], body)
	}
}

// learnJSON names the secrets and handles that the API gives out.
func (m *masks) learnJSON(v any) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			m.learnJSON(item)
		}
	case map[string]any:
		for key, item := range v {
			if text, ok := item.(string); ok && slices.Contains([]string{"token", "key", "dist_id"}, key) {
				m.number(text, key)
			}
			m.learnJSON(item)
		}
	}
}

// learnShards names the files that a shard index lists.
func (m *masks) learnShards(subdir string, body []byte) {
	r, err := zstd.NewReader(bytes.NewReader(body))
	if err != nil {
		return
	}
	defer r.Close()
	var index struct {
		Shards map[string][]byte `msgpack:"shards"`
	}
	if msgpack.NewDecoder(r).Decode(&index) != nil {
		return // a 304 has no body
	}
	for name, sum := range index.Shards {
		m.learn(hex.EncodeToString(sum), "shard "+subdir+"/"+name)
	}
}
