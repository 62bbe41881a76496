// Package static holds the files that every page needs: the style sheet, the
// icons, the logo, htmx and our own small script. They are embedded and served
// under names that carry a hash of their content, so that browsers may keep them
// for good.
package static

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"path"
	"strings"
	"sync"
)

// Prefix is the path below which Handler serves.
const Prefix = "/static/"

//go:embed vivarium.css icons.svg logo.svg app.js vendor/*.js vendor/*.txt
var files embed.FS

// hashLength is how many hex digits of the SHA-256 stand in a URL.
const hashLength = 16

// asset is one embedded file with the forms in which it is sent.
type asset struct {
	name        string // served name, with its hash
	contentType string
	etag        string
	body        map[string][]byte // by content encoding; "" is the plain form
}

// assets holds every file by its plain name and by its served name. It is made
// at the first use.
var assets = sync.OnceValue(load)

// URL returns the path of the file called name, such as vivarium.css, with the
// hash of its content. A name that is not embedded comes back without one, which
// is answered with 404.
func URL(name string) string {
	if a, ok := assets()[name]; ok {
		return Prefix + a.name
	}
	return Prefix + name
}

func load() map[string]*asset {
	all := map[string]*asset{}
	// The file system is embedded: walking it cannot fail.
	_ = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := files.ReadFile(name)
		if err != nil {
			return err
		}
		a := newAsset(path.Base(name), body)
		all[path.Base(name)], all[a.name] = a, a
		return nil
	})
	return all
}

func newAsset(name string, body []byte) *asset {
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:])[:hashLength]
	ext := path.Ext(name)
	return &asset{
		name:        strings.TrimSuffix(name, ext) + "." + hash + ext,
		contentType: contentTypes[ext],
		etag:        hash,
		body:        encodings(body),
	}
}
