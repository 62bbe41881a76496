package condachannel_test

import (
	"net/http"
	"testing"
	"time"

	"vivarium/app/model"
	"vivarium/app/protocol/condachannel"
	"vivarium/app/registry"
)

// pass lets time go by.
func (s *site) pass(d time.Duration) {
	s.Site = s.Later(d)
	s.handler = condachannel.New(condachannel.Options{Registry: s.Registry, Routes: registry.Routes()})
}

// TestNoticesModified follows the moment of the newest change that readers know of:
// drafts do not show in it, and who may not see the channel is told none.
func TestNoticesModified(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	const path = "/conda/brook/notices.json"
	modified := func() string { return s.get(t, http.StatusOK, path).Header().Get("Last-Modified") }
	account, err := s.Store.Account(t.Context(), "brook")
	if err != nil {
		t.Fatal(err)
	}
	created := account.CreatedAt.UTC().Format(http.TimeFormat)
	if got := modified(); got != created {
		t.Errorf("without notices Last-Modified is %q, want %q", got, created)
	}
	s.pass(time.Minute)
	message, published, end := "Hello", model.NoticePublished, s.Clock.Now().Add(time.Hour)
	n, err := s.CreateNotice(t.Context(), s.Actor(t, "brook"), "brook", registry.NoticeChange{Message: &message, ExpiresAt: &end})
	if err != nil {
		t.Fatal(err)
	}
	if got := modified(); got != created {
		t.Errorf("with a draft Last-Modified is %q, want %q", got, created)
	}
	s.pass(time.Minute)
	if _, err := s.UpdateNotice(t.Context(), s.Actor(t, "brook"), "brook", n.UID, registry.NoticeChange{Status: &published}); err != nil {
		t.Fatal(err)
	}
	shown := modified()
	if want := s.Clock.Now().UTC().Format(http.TimeFormat); shown != want {
		t.Errorf("with a notice Last-Modified is %q, want %q", shown, want)
	}
	s.get(t, http.StatusNotModified, path, "If-Modified-Since", shown)
	s.get(t, http.StatusOK, path, "If-Modified-Since", created)
	s.pass(2 * time.Hour)
	if got, want := modified(), end.UTC().Format(http.TimeFormat); got != want {
		t.Errorf("after its end Last-Modified is %q, want %q", got, want)
	}
	if err := s.DeleteNotice(t.Context(), s.Actor(t, "brook"), "brook", n.UID); err != nil {
		t.Fatal(err)
	}
	s.get(t, http.StatusOK, path, "If-Modified-Since", shown)
	s.closeChannel(t)
	if got := modified(); got != "" {
		t.Errorf("anonymous is told of a closed channel: %q", got)
	}
}
