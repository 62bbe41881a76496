package e2e

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// doors are the forms of an upload in one request.
var doors = []string{"quetz", "prefix", "artifactory", "conda", "api"}

// publishAt uploads a conda package in one request. All but prefix's form are sent
// in chunks, without saying how many bytes come.
func (p publisher) publishAt(ctx context.Context, door string, a artifact) (verdict, error) {
	file, err := a.open()
	if err != nil {
		return verdict{}, err
	}
	defer file.Close()
	const unknown = -1
	switch door {
	case "quetz":
		return p.send(ctx, "door", p.url+"/quetz/api/channels/"+p.channel+"/upload/"+a.fileName+"?force=false", "application/octet-stream", p.token, unknown, file)
	case "prefix":
		name, err := url.PathUnescape(a.fileName)
		if err != nil {
			return verdict{}, err
		}
		form := formOf(nil, "file", name, a.sums().size, file)
		return p.send(ctx, "door", p.url+"/prefix/api/v1/upload/"+p.channel, form.kind, p.token, form.size, form.body)
	case "api":
		return p.send(ctx, "door", p.url+"/api/upload/"+p.channel+"/"+a.fileName+"?type=conda", "", p.token, unknown, file)
	}
	return p.send(ctx, "door", p.url+"/"+door+"/"+p.channel+"/"+a.subdir+"/"+a.fileName, "", p.token, unknown, file)
}

// TestDoorsRefuse sends what is spoilt through every door: bombs, members that lead
// out, metadata that lie. It costs little and nothing is left.
func TestDoorsRefuse(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	sound, swollen := condaSpec{}.build(t), swollenZstd(t, header(t, "info/index.json", bombSize), bombSize)
	cut, renamed := sound, sound
	cut.data, renamed.fileName = sound.data[:len(sound.data)/2], "demo-1.0-9.conda"
	elsewhere := condaSpec{index: map[string]any{"subdir": "../../x", "noarch": nil}}.build(t)
	for _, v.alice.door = range doors {
		v.refuses(
			attack{v.alice.door + ": a bomb", condaSpec{infoStream: swollen}.build(t), "info/index.json is larger than"},
			attack{v.alice.door + ": a member that leads out", condaSpec{files: []member{{name: "../../x", body: []byte("x")}}}.build(t), "must stay inside"},
			attack{v.alice.door + ": cut off", cut, ""},
			attack{v.alice.door + ": another name", renamed, ""},
			attack{v.alice.door + ": another subdir", elsewhere, "subdir"},
			attack{v.alice.door + ": no archive", artifact{name: "demo", version: "1.0", subdir: "noarch", fileName: sound.fileName, data: []byte("hello")}, ""},
		)
	}
}

// TestDoorsAndOddNames uploads under the odd file names of TestU1FileNames.
func TestDoorsAndOddNames(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	before, a := v.files(), condaSpec{}.build(t)
	for _, v.alice.door = range doors {
		for _, name := range oddNames() {
			a.fileName = url.PathEscape(name)
			got, err := v.alice.publish(t.Context(), a)
			refused := []int{http.StatusBadRequest, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusMovedPermanently}
			if err != nil || !slices.Contains(refused, got.status) {
				t.Errorf("%s %q: %v, %v", v.alice.door, name, got, err)
			}
		}
	}
	if after := v.files(); !slices.Equal(before, after) {
		t.Errorf("the data folder holds %q, want %q as before", after, before)
	}
	v.hasNothing()
}

// TestDoorsKeepTheLimit sends more than the limit without saying so, and to
// channels of others. Nothing is kept, and of what is refused before it comes
// next to nothing is read.
func TestDoorsKeepTheLimit(t *testing.T) {
	t.Parallel()
	v := newVictim(t, "VIVARIUM_LIMITS_UPLOAD_SIZE=100000")
	v.addUser("bob")
	stranger := v.publisher("alice", v.addToken("bob", "ci", "all"))
	a := artifact{name: "demo", version: "1.0", subdir: "noarch", fileName: "demo-1.0-0.conda", data: make([]byte, 8<<20)}
	for _, door := range doors {
		v.alice.door, stranger.door = door, door
		v.costsLittle(door, func() {
			if got, err := v.alice.publish(t.Context(), a); err != nil || got.status != http.StatusRequestEntityTooLarge {
				t.Errorf("%s: %v, %v, want 413", door, got, err)
			}
			small := a
			small.data = a.data[:1000]
			if got, err := stranger.publish(t.Context(), small); err != nil || got.status != http.StatusForbidden {
				t.Errorf("%s, a stranger: %v, %v, want 403", door, got, err)
			}
		})
	}
	if left := v.storedBytes(); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
	temporary, err := os.ReadDir(filepath.Join(v.dir, "data", "blobs", "tmp"))
	if err != nil || len(temporary) > 0 {
		t.Errorf("temporary files: %v, %v", temporary, err)
	}
	v.hasNothing()
}

// TestDoorsAtOnce uploads 64 packages at once through all doors: each is listed
// when its answer comes, and in the end all are, in every format.
func TestDoorsAtOnce(t *testing.T) {
	t.Parallel()
	v := newVictim(t, unlimited)
	var uploads sync.WaitGroup
	var want []string
	for n := range racers {
		a := condaSpec{name: fmt.Sprintf("crowd%d", n), tarBz2: n%16 == 0}.build(t)
		want = append(want, a.fileName)
		p := v.alice
		p.door = append(slices.Clone(doors), "")[n%(len(doors)+1)]
		uploads.Go(func() {
			if got, err := p.publish(t.Context(), a); err != nil || !got.made() {
				t.Errorf("%s by %q: %v, %v", a.fileName, p.door, got, err)
				return
			}
			if page := v.get("", "/conda/alice/noarch/repodata.json"); !strings.Contains(string(page.body), `"`+a.fileName+`"`) {
				t.Errorf("%s is not listed when its upload is answered", a.fileName)
			}
		})
	}
	uploads.Wait()
	wantFiles(t, v.server, "/conda/alice/noarch", want...)
	for _, name := range []string{"crowd0", "crowd33", "crowd63"} {
		newClient(t, v.server).rattler("--channel", v.URL+"/conda/alice", t.TempDir(), name)
	}
	v.hasNoLitter()
}
