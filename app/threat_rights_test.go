package main

import (
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/scaletest"
)

// TestT5RightsEndAtOnce gives somebody the private package in every way and takes it
// back: the next request by token, conditional or not, and the next page are those
// of somebody who never had it.
func TestT5RightsEndAtOnce(t *testing.T) {
	t.Parallel()
	s := newAttacked(t)
	ctx, op := t.Context(), model.LocalOperator()
	group := func(name string, all bool) {
		_, err := s.CreateGroup(ctx, s.brook, labs, registry.NewGroup{Name: name, Permission: model.Write, AllPackages: all})
		check(t, err)
	}
	group("some", false)
	group("all", true)
	check(t, s.AttachPackage(ctx, s.brook, labs, "some", "raven"))
	tests := []struct {
		name       string
		give, take func() error
	}{
		{"collaborator", func() error { return s.SetCollaborator(ctx, s.brook, labs, "raven", "casey", model.Write) }, func() error { return s.RemoveCollaborator(ctx, s.brook, labs, "raven", "casey") }},
		{"group", func() error { return s.AddGroupMember(ctx, s.brook, labs, "some", "casey") }, func() error { return s.RemoveGroupMember(ctx, s.brook, labs, "some", "casey") }},
		{"group for all", func() error { return s.AddGroupMember(ctx, s.brook, labs, "all", "casey") }, func() error { return s.RemoveFromOrganization(ctx, s.brook, labs, "casey") }},
		{"owner", func() error { return s.AddGroupMember(ctx, op, labs, "Owners", "casey") }, func() error { return s.RemoveGroupMember(ctx, op, labs, "Owners", "casey") }},
		{"detached", func() error { return s.AddGroupMember(ctx, s.brook, labs, "some", "casey") }, func() error { return s.DetachPackage(ctx, s.brook, labs, "some", "raven") }},
	}
	secret, session := s.Token(t, "casey"), signIn(t, s, "casey")
	for _, tt := range tests {
		check(t, tt.give())
		tags := map[string]string{}
		for _, at := range ofRaven(t) {
			answer := s.ask(http.MethodGet, at, secret, "")
			gets(t, tt.name+": "+at, answer, http.StatusOK)
			tags[at] = answer.Header().Get("ETag")
		}
		gets(t, tt.name, s.look(session, "/labs/packages/raven"), http.StatusOK)
		check(t, tt.take())
		for _, at := range ofRaven(t) {
			gets(t, tt.name+" taken back: "+at, s.ask(http.MethodGet, at, secret, ""), http.StatusNotFound)
			if got := s.conditionally(at, secret, tags[at]); got != http.StatusNotFound {
				t.Errorf("%s taken back: %s with its ETag: %d, want 404", tt.name, at, got)
			}
		}
		gets(t, tt.name+" taken back", s.look(session, "/labs/packages/raven"), http.StatusNotFound)
		if body := s.ask(http.MethodGet, "/conda/labs/noarch/repodata.json", secret, "").Body.String(); strings.Contains(body, "raven") {
			t.Errorf("%s taken back: the index names it", tt.name)
		}
	}
}

// changesOfLabs are requests that change who may do what in labs.
var changesOfLabs = []struct{ method, at, body string }{
	{"PUT", "/api/group/labs/Owners/members/casey", ""}, {"POST", "/api/group/labs/mine", `{"perms": "admin"}`}, {"POST", "/api/group/labs/team", `{"perms": "admin", "all_packages": true}`},
	{"PUT", "/api/group/labs/team/members/neighbour", ""}, {"DELETE", "/api/group/labs/team/members/casey", ""}, {"PUT", "/api/group/labs/team/packages/finch", ""},
	{"DELETE", "/api/group/labs/team", ""}, {"PATCH", "/api/channel/labs/settings", `{"default_access": "public"}`}, {"POST", "/api/channel/labs/notices", `{"message": "x"}`},
	{"PUT", "/api/packages/labs/raven/collaborators/casey", ""}, {"PATCH", "/api/package/labs/raven", `{"access": "public"}`}, {"DELETE", "/api/authentications/org/labs/name/robot", ""},
	{"PUT", "/api/package/labs/raven/status", `{"status": "archived"}`},
}

var formsOfLabs = map[string][]string{
	"/labs/groups": {"do", "create", "name", "mine", "permission", "admin"}, "/labs/groups/Owners": {"do", "add-member", "username", "casey"},
	"/labs/members": {"do", "add-member", "username", "neighbour", "group", "Owners"}, "/labs/settings/transfer": {"to", "casey"}, "/labs/settings/rename": {"to", "mine"},
	"/labs/settings/delete": {"typed", "labs"}, "/labs/settings/access": {"name", "x", "preset", "all"}, "/labs/packages/raven/settings": {"do", "access", "access", "public"},
	"/account/invitations": {"joins", "labs/Owners"}, "/account/acting": {"account", "labs"},
}

// TestT6MembersChangeNothing: that a member may look at something opens no way to
// change it, by API or by page.
func TestT6MembersChangeNothing(t *testing.T) {
	t.Parallel()
	s := newAttacked(t)
	ctx := t.Context()
	_, err := s.CreateGroup(ctx, s.brook, labs, registry.NewGroup{Name: "team", Permission: model.Write})
	check(t, err)
	check(t, s.AttachPackage(ctx, s.brook, labs, "team", "raven"))
	check(t, s.AddGroupMember(ctx, s.brook, labs, "team", "casey"))
	robot, _, err := s.CreateToken(ctx, s.brook, labs, registry.NewToken{Name: "robot"})
	check(t, err)
	secret, session := s.Token(t, "casey"), signIn(t, s, "casey")
	before := s.rows(rightsTables...)
	for _, c := range changesOfLabs {
		gets(t, c.method+" "+c.at, s.ask(c.method, c.at, secret, c.body), http.StatusForbidden)
	}
	for at, form := range formsOfLabs {
		gets(t, at, s.fill(session, at, form...), http.StatusForbidden)
	}
	s.same("the rows", before, s.rows(rightsTables...))
	gets(t, "the organization's token", s.ask(http.MethodGet, "/api/user", robot, ""), http.StatusOK)
}

// TestT8OwnersLeaveTogether lets the two owners of an organization leave it at the
// same time: one of them stays.
func TestT8OwnersLeaveTogether(t *testing.T) {
	t.Parallel()
	s := newAttacked(t)
	secrets := map[string]string{brook: s.Token(t, brook), "casey": s.Token(t, "casey")}
	for round := range scaletest.Count(t, 100, 10) {
		for login := range secrets {
			check(t, s.AddGroupMember(t.Context(), model.LocalOperator(), labs, "Owners", login))
		}
		var all sync.WaitGroup
		answers := make(chan int, len(secrets))
		for login, secret := range secrets {
			all.Go(func() {
				answers <- s.ask(http.MethodDelete, "/api/group/labs/Owners/members/"+login, secret, "").Code
			})
		}
		all.Wait()
		left, refused := 0, 0
		for range secrets {
			if got := <-answers; got < 300 {
				left++
			} else if got == http.StatusConflict || got == http.StatusForbidden {
				refused++
			}
		}
		if left != 1 || refused != 1 {
			t.Fatalf("round %d: %d left and %d were refused, want one each", round, left, refused)
		}
	}
}

// TestT9NobodyGrantsMore: who administers a package by a group cannot give
// themselves more, and who writes cannot give anything.
func TestT9NobodyGrantsMore(t *testing.T) {
	t.Parallel()
	s := newAttacked(t)
	ctx := t.Context()
	for name, p := range map[string]model.Permission{"managers": model.Admin, "writers": model.Write} {
		_, err := s.CreateGroup(ctx, s.brook, labs, registry.NewGroup{Name: name, Permission: p})
		check(t, err)
		check(t, s.AttachPackage(ctx, s.brook, labs, name, "raven"))
	}
	check(t, s.AddGroupMember(ctx, s.brook, labs, "managers", "casey"))
	check(t, s.AddGroupMember(ctx, s.brook, labs, "writers", "neighbour"))
	manager, writer := s.Token(t, "casey"), s.Token(t, "neighbour")
	for _, c := range []struct{ method, at, body string }{
		{"POST", "/api/group/labs/managers", `{"all_packages": true}`}, {"PUT", "/api/group/labs/managers/packages/finch", ""}, {"PUT", "/api/group/labs/Owners/members/casey", ""},
		{"PUT", "/api/packages/labs/finch/collaborators/casey", ""},
	} {
		gets(t, c.at, s.ask(c.method, c.at, manager, c.body), http.StatusForbidden)
		gets(t, c.at, s.ask(c.method, c.at, writer, c.body), http.StatusForbidden)
	}
	gets(t, "a writer's friend", s.ask(http.MethodPut, "/api/packages/labs/raven/collaborators/ada", writer, ""), http.StatusForbidden)
	gets(t, "admin for a collaborator", s.ask(http.MethodPut, "/api/packages/labs/raven/collaborators/ada", manager, `{"permission": "admin"}`), http.StatusBadRequest, http.StatusUnprocessableEntity)
	if _, err := s.Package(ctx, s.Actor(t, "ada"), labs, "raven"); model.CodeOf(err) != model.NotFound {
		t.Errorf("ada was given the package: %v", err)
	}
}

// TestT9MovedPackagesLeaveRightsBehind gives the private package, on which a group
// and a collaborator have rights, to another account and takes it back: they have
// nothing there, by any address, and nothing any more where it was.
func TestT9MovedPackagesLeaveRightsBehind(t *testing.T) {
	t.Parallel()
	s := newAttacked(t)
	ctx := t.Context()
	_, err := s.CreateGroup(ctx, s.brook, labs, registry.NewGroup{Name: "team", Permission: model.Admin})
	check(t, err)
	check(t, s.AttachPackage(ctx, s.brook, labs, "team", "raven"))
	check(t, s.AddGroupMember(ctx, s.brook, labs, "team", "casey"))
	check(t, s.SetCollaborator(ctx, s.brook, labs, "raven", "neighbour", model.Write))
	secrets := map[string]string{"casey": s.Token(t, "casey"), "neighbour": s.Token(t, "neighbour"), labs: s.Token(t, labs)}
	own := s.Token(t, brook)
	for _, way := range [][2]string{{labs, brook}, {brook, labs}} {
		for who, secret := range secrets {
			if way[0] == labs {
				gets(t, who+" before", s.ask(http.MethodGet, "/api/package/labs/raven", secret, ""), http.StatusOK)
			}
		}
		gets(t, "the move", s.ask(http.MethodPost, "/api/package/"+way[0]+"/raven/transfer", own, `{"owner": "`+way[1]+`"}`), http.StatusOK)
		for who, secret := range secrets {
			if who == way[1] {
				continue
			}
			for _, owner := range []string{labs, brook} {
				for _, at := range ofRaven(t) {
					at = strings.Replace(at, labs, owner, 1)
					gets(t, who+": "+at, s.ask(http.MethodGet, at, secret, ""), http.StatusNotFound)
				}
				if body := s.ask(http.MethodGet, "/conda/"+owner+"/noarch/repodata.json", secret, "").Body.String(); strings.Contains(body, "raven") {
					t.Errorf("%s: the index of %s names it", who, owner)
				}
			}
		}
	}
	gets(t, "back at home", s.ask(http.MethodGet, "/api/package/labs/raven", secrets[labs], ""), http.StatusOK)
}

// TestT17CopiesStayPrivate: reading what is private suffices to copy it to a channel
// of one's own, where it stays private, and nowhere else.
// TestClosedChannelAsksFirst: to the anonymous nothing of a closed channel is said,
// not even that they asked wrongly.
func TestClosedChannelAsksFirst(t *testing.T) {
	t.Parallel()
	s := newAttacked(t)
	gets(t, "closing", s.ask(http.MethodPatch, "/api/channel/labs/settings", s.Token(t, "brook"), `{"closed": true}`), http.StatusOK)
	channel, others := regexp.MustCompile(`\{(owner|channel|org|login|account)\}`), regexp.MustCompile(`\{[a-z.]+\}`)
	asked := 0
	for _, route := range registry.Routes() {
		if route.Surface != model.APISurface || !channel.MatchString(route.Pattern) {
			continue
		}
		method, path, _ := strings.Cut(others.ReplaceAllString(channel.ReplaceAllString(route.Pattern, "labs"), "x"), " ")
		for _, body := range []string{"", "{", "{}"} {
			asked++
			gets(t, method+" "+path+" "+body, s.ask(method, path, "", body), http.StatusUnauthorized)
		}
	}
	if asked < 150 {
		t.Errorf("only %d requests were tried", asked)
	}
}

// copiesOpenNothing copies into a package that is open already, and out of a closed
// channel.
func copiesOpenNothing(t *testing.T, s *canarySite, raven string) {
	t.Helper()
	casey, brook := s.Token(t, "casey"), s.Token(t, "brook")
	const open = `{"access": "public", "package_types": ["conda"]}`
	gets(t, "one's own goes", s.ask(http.MethodDelete, "/api/package/casey/raven", casey, ""), http.StatusCreated)
	gets(t, "an open one", s.ask(http.MethodPost, "/api/package/casey/raven", casey, open), http.StatusOK)
	gets(t, "into the open one", s.ask(http.MethodPost, raven, casey, `{}`), http.StatusForbidden)
	gets(t, "an open one of the owner", s.ask(http.MethodPost, "/api/package/vault/raven", brook, open), http.StatusOK)
	gets(t, "by who may open the source", s.ask(http.MethodPost, raven, brook, `{"to_owner": "vault"}`), http.StatusOK)

	gets(t, "closing", s.ask(http.MethodPatch, "/api/channel/labs/settings", brook, `{"closed": true}`), http.StatusOK)
	gets(t, "out of a closed channel", s.ask(http.MethodPost, "/api/copy/package/labs/finch/1.0/noarch/finch-1.0-0.conda", casey, `{}`), http.StatusOK)
	gets(t, "what came of it", s.ask(http.MethodGet, "/conda/casey/noarch/finch-1.0-0.conda", "", ""), http.StatusNotFound)
	gets(t, "what came of it, signed in", s.ask(http.MethodGet, "/conda/casey/noarch/finch-1.0-0.conda", casey, ""), http.StatusOK)
}

func TestT17CopiesStayPrivate(t *testing.T) {
	t.Parallel()
	s := newAttacked(t)
	ctx, at := t.Context(), "/api/copy/package/labs/raven/1.0/noarch/raven-1.0-0.conda"
	secret, stranger := s.Token(t, "casey"), s.Token(t, "neighbour")
	gets(t, "unseen", s.ask(http.MethodPost, at, secret, `{}`), http.StatusNotFound)
	check(t, s.SetCollaborator(ctx, s.brook, labs, "raven", "casey", model.Read))
	gets(t, "to another's", s.ask(http.MethodPost, at, secret, `{"to_owner": "vault"}`), http.StatusForbidden)
	gets(t, "within", s.ask(http.MethodPost, at, secret, `{"to_owner": "labs", "to_channel": "leak"}`), http.StatusForbidden)
	gets(t, "a label", s.ask(http.MethodPost, "/api/package/labs/raven/labels", secret, `{"labels": ["leak"]}`), http.StatusForbidden)
	gets(t, "to one's own", s.ask(http.MethodPost, at, secret, `{}`), http.StatusOK)
	for _, token := range []string{"", stranger} {
		gets(t, "the copy", s.ask(http.MethodGet, "/api/package/casey/raven", token, ""), http.StatusNotFound)
		gets(t, "its file", s.ask(http.MethodGet, "/conda/casey/noarch/raven-1.0-0.conda", token, ""), http.StatusNotFound)
	}
	copiesOpenNothing(t, s, at)
	lines, err := s.AuditLines(ctx, s.Actor(t, "casey"), registry.AuditFilter{Account: "casey"})
	check(t, err)
	for _, line := range lines {
		if line.Action == "file.copy" {
			return
		}
	}
	t.Errorf("no audit line tells of the copy: %v", lines)
}
