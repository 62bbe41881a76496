package pypiindex

import (
	"net/http"
	"strings"

	"vivarium/app/protocol"
)

// contentType is a form of an index page.
type contentType string

const (
	jsonV1    contentType = "application/vnd.pypi.simple.v1+json"
	htmlV1    contentType = "application/vnd.pypi.simple.v1+html"
	plainHTML contentType = "text/html; charset=utf-8"
)

// negotiate picks the form that the client likes best (PEP 691). JSON and the
// versioned HTML are for those who name them; everyone else, and an Accept that
// fits nothing, gets plain HTML.
func negotiate(r *http.Request) contentType {
	best, bestQ := plainHTML, 0.0
	for item := range strings.SplitSeq(strings.Join(r.Header.Values("Accept"), ","), ",") {
		name, params, _ := strings.Cut(item, ";")
		form, ok := forms[strings.ToLower(strings.TrimSpace(name))]
		if q := protocol.Quality(params); ok && q > bestQ {
			best, bestQ = form, q
		}
	}
	return best
}

var forms = map[string]contentType{
	string(jsonV1): jsonV1,
	"application/vnd.pypi.simple.latest+json": jsonV1,
	string(htmlV1): htmlV1,
	"application/vnd.pypi.simple.latest+html": htmlV1,
	"text/html": plainHTML,
	"*/*":       plainHTML,
}
