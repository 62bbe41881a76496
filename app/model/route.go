package model

import (
	"context"
	"fmt"
)

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

	QuetzSurface  Surface = "quetz"  // uploads as quetz takes them; errors as {"detail"}
	PrefixSurface Surface = "prefix" // uploads as prefix takes them
)

// Target says what a route's permission is needed on.
type Target string

// The targets of routes.
const (
	OnNothing Target = ""        // needs no right at all
	OnSelf    Target = "self"    // needs to be signed in
	OnAccount Target = "account" // the account in the path
	OnPackage Target = "package" // the package in the path
	OnSite    Target = "site"    // the site itself: for its administrators
)

// Route is one row of the table that every mux is built from: what a request
// asks of the actor. registry's verbs enforce what Needs and On say, and a test
// holds every row against what they do; a credential limited by scopes must have
// one of Scopes for whatever anonymous may not do.
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

// Check fails when the row asks for something that nobody could enforce: a
// permission on nothing, none on a thing, a scope where no token comes in, or
// anything at all at an open door.
func (r Route) Check() error {
	permissions := map[Target][2]Permission{ // least and most
		OnNothing: {NoAccess, NoAccess}, OnSelf: {Read, Read}, OnAccount: {Read, Admin}, OnPackage: {Read, Admin}, OnSite: {Admin, Admin},
	}
	allowed, known := permissions[r.On]
	switch {
	case !known || r.Needs < allowed[0] || r.Needs > allowed[1]:
		return fmt.Errorf("route %q: %s on %q is nothing that can be asked", r.Pattern, r.Needs, r.On)
	case r.Open && (r.On != OnNothing || len(r.Scopes) > 0 || r.Surface == PageSurface):
		return fmt.Errorf("route %q is open and asks for something, or is a page, where a wrong credential never matters", r.Pattern)
	case len(r.Scopes) > 0 && (r.Surface == PageSurface || r.Surface == StoreSurface):
		return fmt.Errorf("route %q: no token comes in there", r.Pattern)
	}
	return nil
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
