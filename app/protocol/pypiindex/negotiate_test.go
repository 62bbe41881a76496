package pypiindex

import (
	"net/http/httptest"
	"testing"
)

func TestNegotiate(t *testing.T) {
	t.Parallel()
	const latest = "application/vnd.pypi.simple.latest+"
	for _, tt := range []struct {
		accept []string
		want   contentType
	}{
		{nil, plainHTML},
		{[]string{""}, plainHTML},
		{[]string{"*/*"}, plainHTML},
		{[]string{"text/html"}, plainHTML},
		{[]string{"image/png"}, plainHTML},
		{[]string{"application/json"}, plainHTML}, // pip and uv refuse it as a type
		{[]string{string(jsonV1)}, jsonV1},
		{[]string{string(htmlV1)}, htmlV1},
		{[]string{latest + "json"}, jsonV1},
		{[]string{latest + "html"}, htmlV1},
		{[]string{"Application/vnd.PyPI.simple.v1+JSON"}, jsonV1},
		{[]string{string(jsonV1) + ", " + string(htmlV1) + "; q=0.1, text/html; q=0.01"}, jsonV1}, // pip
		{[]string{string(jsonV1) + ", " + string(htmlV1) + ";q=0.2, text/html;q=0.01"}, jsonV1},   // uv
		{[]string{string(jsonV1) + ", */*;q=0.1"}, jsonV1},                                        // poetry
		{[]string{"text/html, " + string(jsonV1) + ";q=0.5"}, plainHTML},
		{[]string{string(jsonV1) + ";q=0.5, text/html;q=0.9"}, plainHTML},
		{[]string{string(htmlV1) + ";q=0.5, */*;q=0.1"}, htmlV1},
		{[]string{string(jsonV1) + ";q=0"}, plainHTML},
		{[]string{string(jsonV1) + ";q=NaN"}, jsonV1},
		{[]string{string(jsonV1) + ";q=many"}, jsonV1},
		{[]string{string(jsonV1) + ";charset=utf-8; Q=0.3, text/html;q=0.2"}, jsonV1},
		{[]string{"text/html;q=0.1", string(jsonV1)}, jsonV1},
		{[]string{"application/vnd.pypi.simple.v2+json, text/html;q=0.1"}, plainHTML},
		{[]string{",;,;q=1,"}, plainHTML},
	} {
		r := httptest.NewRequest("GET", "/pypi/brook/simple/", nil)
		r.Header["Accept"] = tt.accept
		if got := negotiate(r); got != tt.want {
			t.Errorf("negotiate(%q) = %s, want %s", tt.accept, got, tt.want)
		}
	}
}

func TestReason(t *testing.T) {
	t.Parallel()
	for sentence, want := range map[string]string{
		"File already exists: x": "File already exists: x",
		"a\r\nSet-Cookie: x=1\n": "a??Set-Cookie: x=1?",
		"größer\x00 … als\x7f":   "gr??er? ... als?",
		"":                       "",
	} {
		if got := reason(sentence); got != want {
			t.Errorf("reason(%q) = %q, want %q", sentence, got, want)
		}
	}
	long := make([]byte, 1000)
	for i := range long {
		long[i] = 'a'
	}
	if got := reason(string(long)); len(got) != maxReason || got[maxReason-4:] != "a..." {
		t.Errorf("reason of a long sentence has %d characters: %s", len(got), got)
	}
}
