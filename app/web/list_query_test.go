package web

import (
	"net/http/httptest"
	"testing"

	"vivarium/app/model"
	"vivarium/views"
)

func readTestList(t *testing.T, query string) listQuery {
	t.Helper()
	return readList(httptest.NewRequest("GET", "http://vivarium.test/labs?"+query, nil), "/labs")
}

func TestListQueryKeepsWhatMeansSomething(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		"":                                     "",
		"type=conda&access=private":            "access=private&type=conda",
		"type=cheese&access=mine&platform=%2F": "",
		"platform=linux-64&sort=name":          "platform=linux-64&sort=name",
		"sort=updated&page=1":                  "",
		"page=3&q=reef+scan":                   "page=3&q=reef+scan",
		"page=-1&x=y":                          "",
		"page=99999999":                        "",
	} {
		if got := readTestList(t, query).Encode(); got != want {
			t.Errorf("?%s is read as %q, want %q", query, got, want)
		}
	}
}

func TestListQueryURL(t *testing.T) {
	t.Parallel()
	q := readTestList(t, "type=conda&q=a%26b&page=4")
	for _, test := range []struct{ key, value, want string }{
		{queryType, "", "/labs?q=a%26b"},
		{queryAccess, "private", "/labs?access=private&q=a%26b&type=conda"},
		{queryPage, "5", "/labs?page=5&q=a%26b&type=conda"},
	} {
		if got := q.url(test.key, test.value); got != test.want {
			t.Errorf("with %s=%s: got %q, want %q", test.key, test.value, got, test.want)
		}
	}
	if got := readTestList(t, "type=conda").url(queryType, ""); got != "/labs" {
		t.Errorf("without its last filter: got %q", got)
	}
	if q.Get(queryPage) != "4" {
		t.Error("asking for another address changed the query")
	}
}

func TestListQueryPager(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		query string
		total int
		want  views.Pager
	}{
		{"", 0, views.Pager{}},
		{"", 50, views.Pager{From: 1, To: 50, Total: 50}},
		{"", 51, views.Pager{From: 1, To: 50, Total: 51, NextURL: "/labs?page=2"}},
		{"page=2&type=conda", 120, views.Pager{From: 51, To: 100, Total: 120, PrevURL: "/labs?type=conda", NextURL: "/labs?page=3&type=conda"}},
		{"page=3", 120, views.Pager{From: 101, To: 120, Total: 120, PrevURL: "/labs?page=2"}},
		{"page=9", 120, views.Pager{From: 120, To: 120, Total: 120, PrevURL: "/labs?page=8"}},
	} {
		if got := readTestList(t, test.query).pager(test.total); got != test.want {
			t.Errorf("?%s of %d: got %+v, want %+v", test.query, test.total, got, test.want)
		}
	}
}

func TestListQueryFilter(t *testing.T) {
	t.Parallel()
	f := readTestList(t, "type=conda&access=private&platform=noarch&q=reef&sort=name&page=2").filter()
	if f.Type != model.Conda || f.Access != model.Private || f.Platform != "noarch" || f.Query != "reef" || f.Order != model.ByName || f.Limit != pageSize || f.Offset != pageSize {
		t.Errorf("got %+v", f)
	}
}
