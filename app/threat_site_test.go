package main

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/model"
	"vivarium/app/registry"
)

// newAttacked is a small site: brook owns the organizations labs and vault, and in
// labs are finch, which is public, and raven, which is private, each as a conda
// package and as a wheel. To casey nothing was granted.
func newAttacked(t *testing.T) *canarySite {
	t.Helper()
	s := openCanarySite(t, t.TempDir(), 0)
	t.Cleanup(s.parts.close)
	_, err := s.store.Migrate(t.Context())
	check(t, err)
	s.populate()
	s.Publish(t, s.brook, labs, condatest.Spec{Name: "raven"})
	s.upload(pypitest.Wheel(t, pypitest.Spec{Name: "raven"}))
	hidden := model.Private
	_, err = s.UpdatePackage(t.Context(), s.brook, labs, "raven", registry.PackageChange{Access: &hidden})
	check(t, err)
	return s
}

// ofRaven are addresses of the private package on each surface.
func ofRaven(t *testing.T) []string {
	return []string{
		"/conda/labs/noarch/raven-1.0-0.conda", "/labs/noarch/raven-1.0-0.conda", "/api/package/labs/raven", "/api/dist/labs/raven/1.0/noarch/raven-1.0-0.conda",
		"/api/download/labs/raven/1.0/noarch/raven-1.0-0.conda", "/pypi/labs/simple/raven/", "/labs/simple/raven/", "/pypi/labs/raven/json",
		"/pypi/labs/simple/raven/" + digest(t, "raven") + "/raven-1.0-py3-none-any.whl",
	}
}

// ask sends a request with a token, unless it is empty; more headers are name,
// value, name, value.
func (s *canarySite) ask(method, at, secret, body string, headers ...string) *httptest.ResponseRecorder {
	r, answer := httptest.NewRequest(method, crawlHost+at, strings.NewReader(body)), httptest.NewRecorder()
	r.Header.Set("Content-Type", "application/json")
	if secret != "" {
		r.Header.Set("Authorization", "token "+secret)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	s.ServeHTTP(answer, r)
	return answer
}

// fill sends a page's form in a browser's session: name, value, name, value.
func (s *canarySite) fill(session, at string, fields ...string) *httptest.ResponseRecorder {
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	return s.ask(http.MethodPost, at, "", form.Encode(), "Content-Type", "application/x-www-form-urlencoded", "Cookie", "vivarium_session="+session)
}

// look opens a page in a browser's session.
func (s *canarySite) look(session, at string) *httptest.ResponseRecorder {
	return s.ask(http.MethodGet, at, "", "", "Cookie", "vivarium_session="+session)
}

// gets fails the test unless the answer has one of the statuses; on pages 401 is
// the way to the sign-in page.
func gets(t *testing.T, what string, answer *httptest.ResponseRecorder, statuses ...int) {
	t.Helper()
	for _, status := range statuses {
		if statusOf(answer) == status {
			return
		}
	}
	t.Errorf("%s: status %d, want %d\n%s", what, answer.Code, statuses, shortened(answer.Body.String()))
}
