package httpd

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"

	"vivarium/app/model"
)

// Options is what a site is built from.
type Options struct {
	Log   *slog.Logger
	Clock model.Clock
	// PublicURL is the address that users type, scheme and host; empty: what each
	// request says.
	PublicURL string
	// TrustedProxies are the networks whose X-Forwarded-* headers are believed.
	TrustedProxies []netip.Prefix
	// UploadSize bounds the body of an upload.
	UploadSize int64
	// RequestsPerMinute is allowed for each address and each account; 0: no limit.
	RequestsPerMinute int
	// ReadOnly refuses whatever would change something.
	ReadOnly bool
	// ExtraSubdirs are subdirs besides conda's own list.
	ExtraSubdirs []string
	// Ready says whether requests can be served now.
	Ready func(context.Context) error

	API     http.Handler // below /api and /upload
	Conda   http.Handler // conda channels, in every URL form
	PyPI    http.Handler // Python indexes, in every URL form
	R       http.Handler // R packages as CRAN-like repositories
	Uploads http.Handler // below /quetz and /prefix
	Pages   http.Handler // everything people look at
	Static  http.Handler // below /static

	// RefusePage returns the page that says why a request for a page is not
	// served, or nil when there is none for that status.
	RefusePage func(status int, err error) http.Handler

	// RefusePython says why a request for a Python index is not served, in the
	// form that upload tools show; nil: as for conda.
	RefusePython func(w http.ResponseWriter, r *http.Request, status int, sentence string)
}

// site is the outermost handler.
type site struct {
	Options
	refuser
	public  *url.URL // nil without a PublicURL
	limiter *limiter // nil without a limit
}

// New returns the handler of the whole site.
func New(o Options) (http.Handler, error) {
	s := &site{Options: o, refuser: refuser{o.RefusePage, o.RefusePython}}
	if o.PublicURL != "" {
		u, err := url.Parse(o.PublicURL)
		if err != nil {
			return nil, err
		}
		s.public = u
	}
	if o.RequestsPerMinute > 0 {
		s.limiter = newLimiter(o.RequestsPerMinute)
	}
	var h http.Handler = http.HandlerFunc(s.dispatch)
	// The first of these is the innermost.
	for _, wrap := range []func(http.Handler) http.Handler{
		boundRanges, s.limitBody, s.refuseWrites, s.checkHost, s.checkPath, s.limitRate, s.setHeaders, s.guard, s.logRequest, s.receive,
	} {
		h = wrap(h)
	}
	return h, nil
}

// dispatch hands the request to its surface.
func (s *site) dispatch(w http.ResponseWriter, r *http.Request) {
	switch visitOf(r).surface {
	case model.APISurface, model.StoreSurface:
		s.API.ServeHTTP(w, r)
	case model.CondaSurface:
		s.Conda.ServeHTTP(w, r)
	case model.PyPISurface:
		s.PyPI.ServeHTTP(w, r)
	case model.RSurface:
		s.R.ServeHTTP(w, r)
	case model.QuetzSurface, model.PrefixSurface:
		s.Uploads.ServeHTTP(w, r)
	case model.PageSurface:
		s.Pages.ServeHTTP(w, r)
	case staticSurface:
		s.onlyReads(w, r, s.Static)
	case healthSurface:
		s.onlyReads(w, r, http.HandlerFunc(s.health))
	default:
		s.refuse(w, r, notHere())
	}
}

// onlyReads lets GET and HEAD through to h.
func (s *site) onlyReads(w http.ResponseWriter, r *http.Request, h http.Handler) {
	if !reads(r.Method) {
		s.refuseMethod(w, r, []string{http.MethodGet, http.MethodHead})
		return
	}
	h.ServeHTTP(w, r)
}

func reads(method string) bool { return method == http.MethodGet || method == http.MethodHead }

func notHere() error { return model.Errorf(model.NotFound, "There is nothing at this address.") }
