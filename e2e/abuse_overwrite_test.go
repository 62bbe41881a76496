package e2e

import (
	"bytes"
	"net/http"
	"testing"
)

// TestU20Overwrite uploads under a name that is taken and one that is free, with
// every right. No right to create is one to replace.
func TestU20Overwrite(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	v.addUser("bob")
	who := map[string]string{
		"anonymous": "", "stranger": v.addToken("bob", "ci", "all"), "reader": v.addToken("alice", "read", "api:read pypi:download conda:download"),
		"Python alone": v.addToken("alice", "pypi", "pypi:upload"), "API alone": v.addToken("alice", "api", "api:write"), "all": v.token,
	}
	tests := []struct {
		who                                string
		condaNew, condaTaken, condaSame    int
		pythonNew, pythonTaken, pythonSame int
	}{
		{"anonymous", 401, 401, 401, 401, 401, 401},
		{"stranger", 403, 403, 403, 403, 403, 403},
		{"reader", 403, 403, 403, 403, 403, 403},
		{"Python alone", 403, 403, 403, 200, 400, 200},
		{"API alone", 200, 409, 409, 403, 403, 403},
		{"all", 200, 409, 409, 200, 400, 200},
	}
	conda, wheel := condaSpec{name: "taken"}.build(t), wheelSpec{name: "taken"}.build(t)
	v.takes(conda)
	v.takes(wheel)
	for i, test := range tests {
		p := v.publisher("alice", who[test.who])
		name := string(rune('a'+i)) + "-new"
		for what, try := range map[string]struct {
			file   artifact
			status int
		}{
			"new conda": {condaSpec{name: name}.build(t), test.condaNew}, "new wheel": {wheelSpec{name: name + "-py"}.build(t), test.pythonNew},
			"taken conda": {condaSpec{name: "taken", salt: "other"}.build(t), test.condaTaken}, "taken wheel": {wheelSpec{name: "taken", salt: "other"}.build(t), test.pythonTaken},
			"same conda": {conda, test.condaSame}, "same wheel": {wheel, test.pythonSame},
		} {
			if got, err := p.publish(t.Context(), try.file); err != nil || got.status != try.status {
				t.Errorf("%s uploads a %s: %v, %v, want %d", test.who, what, got, err, try.status)
			}
		}
	}
	v.serves(conda)
	v.serves(wheel)
	v.hasNoLitter()
}

// serves fails the test unless a file is served whole, as its index says.
func (v *victim) serves(a artifact) {
	v.t.Helper()
	path := v.indexed(a.fileName)
	if path == "" {
		v.t.Errorf("%s is in no index", a.fileName)
		return
	}
	if got := v.get("", path).is(v.t, http.StatusOK); !bytes.Equal(got.body, a.data) {
		v.t.Errorf("%s has %d bytes that differ from the %d uploaded", path, len(got.body), len(a.data))
	}
}

// indexed is the address of a file that alice's indexes list, or empty. It must
// hold the bytes of the digest that the index gives.
func (v *victim) indexed(fileName string) string {
	v.t.Helper()
	for _, f := range v.listed() {
		if f.fileName == fileName {
			return f.path
		}
	}
	return ""
}

// TestU21NameOfDeletedFile uploads under the name of a file that was deleted.
func TestU21NameOfDeletedFile(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	conda, wheel := condaSpec{}.build(t), wheelSpec{}.build(t)
	other, otherWheel := condaSpec{salt: "other"}.build(t), wheelSpec{salt: "other"}.build(t)
	v.takes(conda)
	v.takes(wheel)
	for _, path := range []string{"/api/dist/alice/demo/1.0/noarch/" + conda.fileName, "/api/dist/alice/demo/1.0/" + wheel.fileName} {
		v.ask(http.MethodDelete, path, "Authorization", "token "+v.token).is(t, http.StatusOK)
	}
	for _, a := range []artifact{wheel, otherWheel} {
		if got, err := v.alice.publish(t.Context(), a); err != nil || got.status != http.StatusBadRequest || bytes.Contains(got.body, []byte("already exist")) {
			t.Errorf("a wheel under a deleted name: %v, %v, want 400 without saying that it exists", got, err)
		}
	}
	v.takes(other)
	v.serves(other)
	if v.indexed(wheel.fileName) != "" {
		t.Errorf("the deleted wheel is listed")
	}
	v.collect() // the bytes of the deleted files
	v.serves(other)
	if left := v.storedBytes(); len(left) != 1 {
		t.Errorf("%d files of bytes are left, want that of the one package: %q", len(left), left)
	}
}
