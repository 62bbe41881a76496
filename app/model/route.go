package model

import "context"

// Surface is a part of the site that talks one way: pages to people, an API or a
// channel to programs.
type Surface string

// The surfaces.
const (
	PageSurface  Surface = "page"  // browser pages: session cookie, HTML
	APISurface   Surface = "api"   // Anaconda (Binstar) API below /api
	StoreSurface Surface = "store" // where staged bytes are sent; S3-style XML errors
	CondaSurface Surface = "conda" // conda channels, in every URL form
	PyPISurface  Surface = "pypi"  // Python indexes, in every URL form
	RSurface     Surface = "cran"  // R packages as a CRAN-like repository
)

// Target says what a route's permission is needed on.
type Target string

// The targets of routes.
const (
	OnNothing Target = ""        // needs no right at all
	OnSelf    Target = "self"    // needs to be signed in
	OnAccount Target = "account" // the account in the path
	OnPackage Target = "package" // the package in the path
)

// Route is one row of the table that every mux is built from: what a request
// asks of the actor. registry enforces Needs; a credential limited by scopes must
// have one of Scopes for whatever anonymous may not do.
type Route struct {
	Surface Surface
	// Pattern is a net/http pattern: method, blank, path.
	Pattern string
	Needs   Permission
	On      Target
	Scopes  []Scope
	// Open marks the doors one needs to get a credential: they ignore a wrong
	// one (contract 5).
	Open bool
}

type routeKey struct{}

// WithRoute returns a context that carries the route a request came in by.
func WithRoute(ctx context.Context, r Route) context.Context {
	return context.WithValue(ctx, routeKey{}, r)
}

// RouteOf returns the route that WithRoute put into ctx, or the zero Route.
func RouteOf(ctx context.Context) Route {
	r, _ := ctx.Value(routeKey{}).(Route)
	return r
}
