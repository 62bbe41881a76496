package registry_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

func noticeText(s string) registry.NoticeChange { return registry.NoticeChange{Message: &s} }

// shown are the messages that somebody is shown.
func shown(t *testing.T, s *registrytest.Site, actor model.Actor, channel string) string {
	t.Helper()
	list, _, err := s.ShownNotices(t.Context(), actor, channel)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, n := range list {
		all = append(all, n.Message)
	}
	return strings.Join(all, "|")
}

// TestNoticeLife goes from a draft over a published one to one that expires.
func TestNoticeLife(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	ctx, brook := t.Context(), s.Actor(t, "brook")
	n, err := s.CreateNotice(ctx, brook, "labs", noticeText(" Maintenance\x1b\r\ntonight "))
	if err != nil || n.Message != "Maintenance tonight" || n.Level != model.Info || n.Status != model.NoticeDraft || n.Author != "brook" {
		t.Fatalf("created %+v, %v", n, err)
	}
	if !regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(n.UID) {
		t.Errorf("%s is no UUID of version 4", n.UID)
	}
	if got := shown(t, s, model.Actor{}, "labs"); got != "" {
		t.Errorf("a draft is shown: %q", got)
	}
	published, level, expires := model.NoticePublished, model.Critical, time.Now().Add(time.Hour)
	n, err = s.UpdateNotice(ctx, brook, "labs", n.UID, registry.NoticeChange{Status: &published, Level: &level, ExpiresAt: &expires})
	if err != nil || n.Message != "Maintenance tonight" || n.Level != model.Critical {
		t.Fatalf("updated %+v, %v", n, err)
	}
	if _, err := s.CreateNotice(ctx, brook, "labs", registry.NoticeChange{Message: &n.Author, Status: &published}); err != nil {
		t.Fatal(err)
	}
	if got := shown(t, s, model.Actor{}, "labs"); got != "brook|Maintenance tonight" {
		t.Errorf("shown: %q", got)
	}
	if got := shown(t, s.Later(2*time.Hour), model.Actor{}, "labs"); got != "brook" {
		t.Errorf("after one expired: %q", got)
	}
	if list, err := s.Notices(ctx, brook, "labs", model.NoticeDraft); err != nil || len(list) != 0 {
		t.Errorf("drafts: %v, %v", list, err)
	}
	if list, err := s.Notices(ctx, brook, "labs", ""); err != nil || len(list) != 2 {
		t.Errorf("all: %v, %v", list, err)
	}
	if err := s.DeleteNotice(ctx, brook, "labs", n.UID); err != nil {
		t.Fatal(err)
	}
	_, err = s.Notice(ctx, brook, "labs", n.UID)
	if model.CodeOf(err) != model.NotFound || err.Error() != `labs has no notice "`+n.UID+`".` {
		t.Errorf("after the end: %v", err)
	}
	lines := auditLines(t, s, "labs", "notice")
	if len(lines) != 4 || !strings.HasPrefix(lines[0], "notice.create labs "+n.UID+" draft info until ") || !strings.HasPrefix(lines[1], "notice.update labs "+n.UID+" published critical until ") {
		t.Errorf("audit: %q", lines)
	}
}

func TestNoticeRefusals(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	ctx, brook, past := t.Context(), s.Actor(t, "brook"), time.Now().Add(-time.Minute)
	for message, want := range map[string]string{
		"": "Write a message of 1 to 600 characters.", " \n": "Write a message of 1 to 600 characters.", strings.Repeat("x", 601): "Write a message of 1 to 600 characters.",
	} {
		if _, err := s.CreateNotice(ctx, brook, "labs", noticeText(message)); model.CodeOf(err) != model.Invalid || err.Error() != want {
			t.Errorf("%.10q: %v", message, err)
		}
	}
	in := noticeText("x")
	in.ExpiresAt = &past
	if _, err := s.CreateNotice(ctx, brook, "labs", in); model.CodeOf(err) != model.Invalid {
		t.Errorf("expired: %v", err)
	}
	n, err := s.CreateNotice(ctx, brook, "labs", noticeText("x"))
	if err != nil {
		t.Fatal(err)
	}
	casey := s.Actor(t, "casey")
	for what, err := range map[string]error{
		"list": second(s.Notices(ctx, casey, "labs", "")), "show": second(s.Notice(ctx, casey, "labs", n.UID)), "create": second(s.CreateNotice(ctx, casey, "labs", noticeText("x"))),
		"change": second(s.UpdateNotice(ctx, casey, "labs", n.UID, noticeText("y"))), "delete": s.DeleteNotice(ctx, casey, "labs", n.UID),
	} {
		if model.CodeOf(err) != model.Forbidden {
			t.Errorf("%s by a stranger: %v", what, err)
		}
	}
	if _, err := s.Notice(ctx, casey, "casey", n.UID); model.CodeOf(err) != model.NotFound {
		t.Errorf("under another channel: %v", err)
	}
}

// TestNoticesOfAClosedChannel are for those who may see it, and no error for
// others.
func TestNoticesOfAClosedChannel(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	ctx, brook, closed, published := t.Context(), s.Actor(t, "brook"), true, model.NoticePublished
	message := "inside"
	if _, err := s.CreateNotice(ctx, brook, "labs", registry.NoticeChange{Message: &message, Status: &published}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.UpdateChannel(ctx, brook, "labs", registry.ChannelChange{Closed: &closed}); err != nil {
		t.Fatal(err)
	}
	if got := shown(t, s, model.Actor{}, "labs"); got != "" {
		t.Errorf("anonymous sees %q", got)
	}
	if got := shown(t, s, s.Actor(t, "casey"), "labs"); got != "inside" {
		t.Errorf("casey sees %q", got)
	}
	if _, _, err := s.ShownNotices(ctx, model.Actor{}, "nowhere"); model.CodeOf(err) != model.NotFound {
		t.Errorf("unknown channel: %v", err)
	}
}
