package static

import (
	"bytes"
	"compress/gzip"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// preferred lists the content encodings from the best to the plainest.
var preferred = []string{"zstd", "gzip"}

// encodings returns body in every form worth sending: the plain one, and those
// that make it smaller.
func encodings(body []byte) map[string][]byte {
	forms := map[string][]byte{"": body}
	for name, packed := range map[string][]byte{"gzip": packGzip(body), "zstd": packZstd(body)} {
		if packed != nil && len(packed) < len(body) {
			forms[name] = packed
		}
	}
	return forms
}

func packGzip(body []byte) []byte {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil
	}
	if _, err := w.Write(body); err != nil {
		return nil
	}
	if err := w.Close(); err != nil {
		return nil
	}
	return out.Bytes()
}

func packZstd(body []byte) []byte {
	w, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression))
	if err != nil {
		return nil
	}
	return w.EncodeAll(body, nil)
}

// choose returns the best encoding that the client accepts and a has, or "".
func choose(accept string, a *asset) string {
	for _, name := range preferred {
		if _, ok := a.body[name]; ok && Accepts(accept, name) {
			return name
		}
	}
	return ""
}

// Accepts reports whether an Accept-Encoding header allows encoding by name; a
// quality of 0 refuses it.
func Accepts(header, encoding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if !strings.EqualFold(strings.TrimSpace(name), encoding) {
			continue
		}
		quality, given := strings.CutPrefix(strings.TrimSpace(params), "q=")
		q, err := strconv.ParseFloat(quality, 64)
		return !given || err == nil && q > 0
	}
	return false
}
