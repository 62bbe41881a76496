// Package binstar speaks the Anaconda (Binstar) API: what anaconda-client and
// rattler-build's uploader ask for below /api, and the store step of an upload.
// Status codes are exact, as the client takes any other success for a failure.
// Handlers are thin: they read the request, call registry, and write the answer.
package binstar

import (
	"maps"
	"net/http"

	"vivarium/app/format/openapi"
	"vivarium/app/model"
	"vivarium/app/protocol"
	"vivarium/app/registry"
)

// Options is what a Surface is built from.
type Options struct {
	Registry *registry.Registry
	// Document is what Describe made of the table of routes.
	Document *openapi.Document
}

// Surface answers the rows of the API and store surfaces in registry's route
// table.
type Surface struct{ Options }

// New returns the surface.
func New(o Options) *Surface { return &Surface{o} }

// Handlers returns the handler of every row, by its pattern.
func (s *Surface) Handlers() map[string]http.Handler {
	all := map[string]http.Handler{}
	for _, some := range []map[string]http.Handler{s.accountHandlers(), s.rightsHandlers(), s.packageHandlers(), s.labelHandlers(), s.oldHandlers(), s.starHandlers()} {
		maps.Copy(all, some)
	}
	return all
}

func (s *Surface) accountHandlers() map[string]http.Handler {
	return map[string]http.Handler{
		"GET /api":                                             open(s.root),
		"GET /api/{$}":                                         open(s.root),
		"GET /api/openapi.json":                                open(s.showDocument),
		"GET /api/authentication-type":                         open(s.authenticationType),
		"GET /api/scopes":                                      open(s.scopes),
		"POST /api/authentications":                            s.public(s.createToken),
		"GET /api/authentications":                             s.as(s.listTokens),
		"DELETE /api/authentications":                          s.as(s.endToken),
		"GET /api/authentication":                              s.as(s.showToken),
		"GET /api/user":                                        s.as(s.showSelf),
		"GET /api/user/orgs":                                   s.as(s.listOwnOrganizations),
		"GET /api/user/{login}":                                s.as(s.showAccount),
		"GET /api/users/{login}/orgs":                          s.as(s.listOrganizations),
		"GET /api/packages":                                    s.as(s.listOwnPackages),
		"GET /api/packages/{owner}":                            s.as(s.listPackages),
		"GET /api/search":                                      s.as(s.search),
		"GET /api/channels/{owner}":                            s.as(s.listLabels),
		"GET /api/channels/{owner}/{label...}":                 s.as(s.showLabel),
		"DELETE /api/authentications/name/{name...}":           s.as(s.revokeToken),
		"DELETE /api/authentications/org/{org}/name/{name...}": s.as(s.revokeToken),
	}
}

func (s *Surface) rightsHandlers() map[string]http.Handler {
	return map[string]http.Handler{
		"GET /api/groups":                                             s.as(s.listOwnGroups),
		"GET /api/groups/{org}":                                       s.as(s.listGroups),
		"GET /api/group/{org}/{group}":                                s.as(s.showGroup),
		"POST /api/group/{org}/{group}":                               s.as(s.changeGroup),
		"DELETE /api/group/{org}/{group}":                             s.as(s.deleteGroup),
		"GET /api/group/{org}/{group}/members":                        s.as(s.listMembers),
		"GET /api/group/{org}/{group}/members/{user}":                 s.as(s.testMember),
		"PUT /api/group/{org}/{group}/members/{user}":                 s.as(s.addMember),
		"DELETE /api/group/{org}/{group}/members/{user}":              s.as(s.removeMember),
		"GET /api/group/{org}/{group}/packages":                       s.as(s.listGroupPackages),
		"PUT /api/group/{org}/{group}/packages/{package}":             s.as(s.attachPackage),
		"DELETE /api/group/{org}/{group}/packages/{package}":          s.as(s.detachPackage),
		"GET /api/packages/{owner}/{package}/collaborators":           s.as(s.listCollaborators),
		"PUT /api/packages/{owner}/{package}/collaborators/{user}":    s.as(s.setCollaborator),
		"DELETE /api/packages/{owner}/{package}/collaborators/{user}": s.as(s.removeCollaborator),
		"GET /api/channel/{channel}/settings":                         s.as(s.showSettings),
		"PATCH /api/channel/{channel}/settings":                       s.as(s.changeSettings),
		"GET /api/audit":                                              s.as(s.listAudit),
	}
}

func (s *Surface) packageHandlers() map[string]http.Handler {
	return map[string]http.Handler{
		"GET /api/package/{owner}/{package}":    s.as(s.showPackage),
		"POST /api/package/{owner}/{package}":   s.as(s.createPackage),
		"PATCH /api/package/{owner}/{package}":  s.as(s.updatePackage),
		"DELETE /api/package/{owner}/{package}": s.as(s.deletePackage),

		"POST /api/package/{owner}/{package}/transfer": s.as(s.transferPackage),

		"GET /api/release/{owner}/{package}/{version}":    s.as(s.showRelease),
		"POST /api/release/{owner}/{package}/{version}":   s.as(s.createRelease),
		"PATCH /api/release/{owner}/{package}/{version}":  s.as(s.updateRelease),
		"DELETE /api/release/{owner}/{package}/{version}": s.as(s.deleteRelease),

		"GET /api/dist/{owner}/{package}/{version}/{basename...}":     s.as(s.showFile),
		"DELETE /api/dist/{owner}/{package}/{version}/{basename...}":  s.as(s.onFile),
		"GET /api/download/{owner}/{package}/{version}/{basename...}": s.as(s.downloadFile),
		"POST /api/stage/{owner}/{package}/{version}/{basename...}":   s.as(s.stageFile),
		"POST /api/commit/{owner}/{package}/{version}/{basename...}":  s.as(s.commitFile),

		"PUT /api/upload/{channel}/{file}": s.as(s.uploadFile),

		"POST /upload/stage": http.HandlerFunc(s.storeFile),
	}
}

func (s *Surface) labelHandlers() map[string]http.Handler {
	return map[string]http.Handler{
		"POST /api/channels/{owner}/{label...}":   s.as(s.postLabel),
		"PUT /api/channels/{owner}/{label...}":    s.as(s.putLabel),
		"DELETE /api/channels/{owner}/{label...}": s.as(s.deleteLabel),

		"POST /api/channel/{channel}/labels":                       s.as(s.bulkLabels),
		"POST /api/package/{owner}/{package}/labels":               s.as(s.changeLabels),
		"PUT /api/package/{owner}/{package}/labels":                s.as(s.changeLabels),
		"DELETE /api/package/{owner}/{package}/labels":             s.as(s.changeLabels),
		"POST /api/release/{owner}/{package}/{version}/labels":     s.as(s.changeLabels),
		"PUT /api/release/{owner}/{package}/{version}/labels":      s.as(s.changeLabels),
		"DELETE /api/release/{owner}/{package}/{version}/labels":   s.as(s.changeLabels),
		"POST /api/release/{owner}/{package}/{version}/yank":       s.as(s.yank),
		"DELETE /api/release/{owner}/{package}/{version}/yank":     s.as(s.unyank),
		"POST /api/dist/{owner}/{package}/{version}/{basename...}": s.as(s.onFile),
		"PUT /api/dist/{owner}/{package}/{version}/{basename...}":  s.as(s.onFile),
		"PUT /api/package/{owner}/{package}/status":                s.as(s.setStatus),

		"POST /api/copy/package/{owner}/{package}/{version}/{basename...}":  s.as(s.copyFiles),
		"PUT /api/copy/package/{owner}/{package}/{version}/{basename...}":   s.as(s.copyFiles),
		"PATCH /api/copy/package/{owner}/{package}/{version}/{basename...}": s.as(s.copyFiles),

		"GET /api/channel/{channel}/notices":             s.as(s.listNotices),
		"POST /api/channel/{channel}/notices":            s.as(s.createNotice(model.NoticePublished)),
		"DELETE /api/channel/{channel}/notices/{notice}": s.as(s.deleteNotice),
		"GET /api/notices/{owner}":                       s.as(s.listNotices),
		"POST /api/notices/{owner}":                      s.as(s.createNotice(model.NoticeDraft)),
		"GET /api/notices/{owner}/{notice}":              s.as(s.showNotice),
		"PATCH /api/notices/{owner}/{notice}":            s.as(s.updateNotice),
		"DELETE /api/notices/{owner}/{notice}":           s.as(s.deleteNotice),
		"POST /api/notices/{owner}/{notice}/publish":     s.as(s.setNoticeStatus(model.NoticePublished)),
		"POST /api/notices/{owner}/{notice}/archive":     s.as(s.setNoticeStatus(model.NoticeArchived)),
	}
}

// action answers a request of actor, or returns why it does not.
type action func(w http.ResponseWriter, r *http.Request, actor model.Actor) error

// as resolves who asks before do runs.
func (s *Surface) as(do action) http.Handler {
	return s.answer(func(w http.ResponseWriter, r *http.Request) error {
		actor, err := protocol.Actor(r, s.Registry, "")
		if err == nil && actor.Anonymous() {
			err = s.knock(r, actor)
		}
		if err != nil {
			return err
		}
		return do(w, r, actor)
	})
}

// knock asks the anonymous to sign in at a channel that is closed to them, before
// anything is said of what else they sent.
func (s *Surface) knock(r *http.Request, actor model.Actor) error {
	for _, name := range []string{"owner", "channel", "org", "login", "account"} {
		login := r.PathValue(name)
		if login == "" {
			continue
		}
		if _, err := s.Registry.Account(r.Context(), actor, login); model.CodeOf(err) == model.Unauthenticated {
			return err
		}
	}
	return nil
}

// public leaves it to do to look at the credential.
func (s *Surface) public(do action) http.Handler {
	return s.answer(func(w http.ResponseWriter, r *http.Request) error {
		return do(w, r, protocol.From(r))
	})
}

func (s *Surface) answer(do func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		announce(w)
		if err := do(w, r); err != nil {
			s.fail(w, r, err)
		}
	})
}

// open is for answers that are the same for everyone.
func open(do http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		announce(w)
		do(w, r)
	})
}
