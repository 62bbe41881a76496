package httpd

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"vivarium/app/model"
)

// methods are what a route may be asked with, in the order of an Allow header.
var methods = []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}

// Mux serves the rows of the table of routes, and nothing else: what no row has
// is answered 404, or 405 with Allow, in the form of the surface, and nothing is
// redirected.
type Mux struct {
	// A net/http mux refuses /avatar/{login} beside /{channel}/packages, so
	// patterns that begin with a wildcard have one of their own.
	literal, rooted *http.ServeMux
	first           map[string]bool // the first segments of literal
	refuser
}

// routed is a handler in a Mux, with its row.
type routed struct {
	row model.Route
	http.Handler
}

// ServeHTTP serves with the row in the request's context.
func (h routed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.Handler.ServeHTTP(w, r.WithContext(model.WithRoute(r.Context(), h.row)))
}

// BuildMux makes the mux of the rows in routes from handlers by pattern. It fails
// when a row asks for what it cannot, has no handler, a handler no row, or two patterns cannot stand beside
// each other. refusePage is Options.RefusePage, for rows of pages.
func BuildMux(routes []model.Route, handlers map[string]http.Handler, refusePage func(int, error) http.Handler) (*Mux, error) {
	m := &Mux{literal: http.NewServeMux(), rooted: http.NewServeMux(), first: map[string]bool{}, refuser: refuser{page: refusePage}}
	known := map[string]bool{}
	for _, row := range routes {
		if err := row.Check(); err != nil {
			return nil, err
		}
		h, ok := handlers[row.Pattern]
		if !ok {
			return nil, fmt.Errorf("route %q has no handler", row.Pattern)
		}
		if err := m.add(row, h); err != nil {
			return nil, err
		}
		known[row.Pattern] = true
	}
	for pattern := range handlers {
		if !known[pattern] {
			return nil, fmt.Errorf("handler %q has no route", pattern)
		}
	}
	return m, nil
}

// add puts one row into the mux that it belongs to.
func (m *Mux) add(row model.Route, h http.Handler) (err error) {
	defer func() {
		if p := recover(); p != nil { // net/http's way of refusing a pattern
			err = fmt.Errorf("route %q: %v", row.Pattern, p)
		}
	}()
	_, path, _ := strings.Cut(row.Pattern, " ")
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if first == "{$}" {
		first = ""
	}
	mux := m.rooted
	if !strings.HasPrefix(first, "{") {
		mux, m.first[first] = m.literal, true
	}
	mux.Handle(row.Pattern, routed{row, h})
	return nil
}

// ServeHTTP serves a request whose path has passed checkPath.
func (m *Mux) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	mux := m.rooted
	if m.first[segmentsOf(r.URL.EscapedPath())[0]] {
		mux = m.literal
	}
	if has(mux, r) {
		mux.ServeHTTP(w, r)
		return
	}
	if allowed := allowedMethods(mux, r); len(allowed) > 0 {
		m.refuseMethod(w, r, allowed)
		return
	}
	m.refuse(w, r, notHere())
}

// has reports whether a row answers r, rather than one of net/http's own
// redirects and errors.
func has(mux *http.ServeMux, r *http.Request) bool {
	h, _ := mux.Handler(r)
	_, ok := h.(routed)
	return ok
}

// allowedMethods returns the methods with which the address of r can be asked.
func allowedMethods(mux *http.ServeMux, r *http.Request) []string {
	return slices.DeleteFunc(slices.Clone(methods), func(method string) bool {
		other := *r
		other.Method = method
		return !has(mux, &other)
	})
}
