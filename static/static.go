// Package static holds the files that every page needs: the style sheet and one
// script, which is htmx and our own behind it. They are embedded and served under
// names that carry a hash of their content, so that browsers may keep them for good.
// Icons and the logo stand in the pages themselves: a page asks for nothing else.
package static

import (
	"crypto/sha256"
	_ "embed" // for the files below
	"encoding/hex"
	"path"
	"slices"
	"strings"
	"sync"
)

// Prefix is the path below which Handler serves.
const Prefix = "/static/"

var (
	//go:embed vivarium.css
	styles []byte
	//go:embed vendor/htmx-4.0.1.min.js
	htmx []byte
	//go:embed app.js
	ours []byte
	//go:embed vendor/LICENSE-htmx.txt
	licenseOfHTMX []byte
	//go:embed vendor/LICENSE-lucide.txt
	licenseOfIcons []byte
)

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
	for name, body := range map[string][]byte{
		"vivarium.css": styles, "vivarium.js": slices.Concat(htmx, []byte("\n"), ours),
		"LICENSE-htmx.txt": licenseOfHTMX, "LICENSE-lucide.txt": licenseOfIcons,
	} {
		a := newAsset(name, body)
		all[name], all[a.name] = a, a
	}
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
