package protocol

import (
	"net/http"
	"strings"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// maxClient bounds how much of a User-Agent is remembered.
const maxClient = 200

// From returns the anonymous actor of the request: from where it comes and by
// which door, but not yet who it is.
func From(r *http.Request) model.Actor {
	return model.Actor{
		Door:       model.RouteOf(r.Context()).Scopes,
		RemoteAddr: r.RemoteAddr,
		Client:     client(r.UserAgent()),
	}
}

// Actor resolves who the request acts as. pathToken is the token that stood in
// the path, or empty; it comes before the headers. A wrong credential is
// Unauthenticated, except on open routes, which go on as anonymous. A route for
// the signed-in themselves refuses the anonymous and, as it has no other thing to
// check, tokens without its scope.
func Actor(r *http.Request, reg *registry.Registry, pathToken string) (model.Actor, error) {
	route, from := model.RouteOf(r.Context()), From(r)
	actor, err := resolve(r, reg, from, pathToken)
	switch {
	case err != nil && route.Open && model.CodeOf(err) == model.Unauthenticated:
		return from, nil
	case err != nil:
		return model.Actor{}, err
	case route.On == model.OnSelf:
		return actor, registry.RequireSelf(actor)
	}
	return actor, nil
}

func resolve(r *http.Request, reg *registry.Registry, from model.Actor, pathToken string) (model.Actor, error) {
	c := model.Credential{Token: pathToken, InPath: true}
	if pathToken == "" {
		var err error
		if c, err = Credential(r); err != nil {
			return model.Actor{}, err
		}
	}
	actor, err := reg.Authenticate(r.Context(), from, c)
	if err != nil {
		return model.Actor{}, err
	}
	return actor, model.NoteActor(r.Context(), actor.Login)
}

// client shortens a User-Agent for the audit log.
func client(userAgent string) string {
	clean := strings.Map(func(c rune) rune {
		if isControl(c) {
			return -1
		}
		return c
	}, strings.ToValidUTF8(userAgent, ""))
	if runes := []rune(clean); len(runes) > maxClient {
		clean = string(runes[:maxClient])
	}
	return strings.TrimSpace(clean)
}
