package web_test

import (
	"net/http"
	"net/url"
	"testing"
)

func TestOrganizationsPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.visitor(t).get("/organizations").leadsTo(t, "/signin?next=%2Forganizations")
	s.as(t, "brook").get("/organizations").want(t, http.StatusOK).shows(t, "labs", "Owner", "Switch to labs", "Organization name")
	casey := s.as(t, "casey")
	casey.get("/organizations").want(t, http.StatusOK).shows(t, "You are in no organization", "your username is casey").hides(t, "Switch to")
	casey.get("/organizations/new").want(t, http.StatusOK).shows(t, "<title>New organization · Vivarium</title>", "Create organization")
}

func TestCreateOrganization(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as(t, "casey")
	b.post("/organizations", url.Values{"name": {"Tide Office"}, "email": {"nowhere"}}).want(t, http.StatusUnprocessableEntity).
		shows(t, "<title>Error: Organizations of casey", `value="Tide Office"`, `value="nowhere"`, "A name has 2 to 64 small letters", "Give an address like", `aria-describedby="name-e name-h"`)
	b.HTMX = true
	b.post("/organizations", url.Values{"name": {"labs"}}).want(t, http.StatusUnprocessableEntity).
		shows(t, `<section class="panel" aria-labelledby="new-t" id="new">`, "This name is taken.").hides(t, "<html")
	b.HTMX = false
	b.post("/organizations", url.Values{"name": {"tide-office"}, "email": {"tide@example.test"}}).leadsTo(t, "/tide-office")
	b.get("/tide-office").want(t, http.StatusOK).shows(t, "Created tide-office. You are its owner.", "anaconda upload --user tide-office")
	b.get("/groups").want(t, http.StatusOK).shows(t, "tide-office", "Owners", "Administration", "1 member", "You are an owner")
}

func TestGroupsAndFavorites(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, path := range []string{"/groups", "/favorites", "/organizations/new"} {
		s.visitor(t).get(path).leadsTo(t, "/signin?next="+url.QueryEscape(path))
	}
	b := s.as(t, "casey")
	b.get("/groups").want(t, http.StatusOK).shows(t, "<title>Group Membership of casey · Vivarium</title>", "You are in no group", "yours is casey")
	b.get("/favorites").want(t, http.StatusOK).shows(t, "<title>Favorites of casey · Vivarium</title>", "No favorites yet")
}
