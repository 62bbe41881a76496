package e2e

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"vivarium/app/scaletest"
)

// unlimited switches the limit on requests off.
const unlimited = "VIVARIUM_LIMITS_REQUESTS_PER_MINUTE=0"

// ordeal is a data folder whose server is killed again and again while several
// clients upload.
type ordeal struct {
	*server
	t      *testing.T
	token  string
	random *rand.Rand

	mu    sync.Mutex
	tried map[string]string // digest by file name
	acked map[string]bool
	acks  int
}

// uploadsPerRound is how many uploads a round would make if the server lived, by
// uploadingClients at once.
const uploadsPerRound, uploadingClients = 200, 8

// TestKill9DuringUploads kills the server in the middle of uploads. After each
// start all that was acknowledged is served whole and listed, and of the rest a
// file is whole or not there; after gc's grace nothing else is left.
func TestKill9DuringUploads(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	o := &ordeal{t: t, random: rand.New(rand.NewPCG(seed, 0)), tried: map[string]string{}, acked: map[string]bool{}}
	o.server = startServerOn(t, t.TempDir(), []string{unlimited})
	o.addUser("alice")
	o.token = o.addToken("alice", "ci", "all")
	for round := range scaletest.Count(t, 50, 3) {
		files := o.files(round)
		o.uploadUntilKilled(files)
		o.server = startServerOn(t, o.dir, []string{unlimited})
		o.survived()
		o.uploadAgain(files)
	}
	t.Logf("%d uploads, %d acknowledged at once", len(o.tried), o.acks)
	o.isTidy()
}

// files are the uploads of a round: conda and Python packages of some hundred
// bytes to a few hundred kilobytes.
func (o *ordeal) files(round int) []artifact {
	o.t.Helper()
	var all []artifact
	for n := range uploadsPerRound {
		content := make([]byte, o.random.IntN(1<<o.random.IntN(19)+1))
		for i := range content {
			content[i] = byte(o.random.Uint32())
		}
		name, version := fmt.Sprintf("crash%d", n%20), fmt.Sprintf("%d.%d", round, n)
		if n%10 == 0 {
			name = fmt.Sprintf("crash%d-%d", round, n)
		}
		a := condaSpec{name: name, version: version, files: []member{{name: "data", body: content}}}.build(o.t)
		if n%2 == 1 {
			a = wheelSpec{name: name, version: version, files: []entry{{name: "crash/data", body: content}}}.build(o.t)
		}
		o.tried[a.fileName] = a.sha256()
		all = append(all, a)
	}
	return all
}

// uploadUntilKilled uploads with several clients and kills the server after a
// random number of acknowledgements.
func (o *ordeal) uploadUntilKilled(files []artifact) {
	o.t.Helper()
	pid, enough, reached := o.pid(), o.random.IntN(len(files)), make(chan bool, 1)
	jobs := make(chan artifact, len(files))
	for _, a := range files {
		jobs <- a
	}
	close(jobs)
	var clients sync.WaitGroup
	acks := 0
	for range uploadingClients {
		p := o.publisher("alice", o.token)
		clients.Go(func() {
			for a := range jobs {
				v, err := p.publish(o.t.Context(), a)
				if err != nil {
					return // the server is gone
				}
				o.mu.Lock()
				if !v.made() {
					o.t.Errorf("%s: %v", a.fileName, v)
				}
				o.acked[a.fileName] = v.made()
				o.acks++
				if acks++; acks == enough+1 {
					reached <- true
				}
				o.mu.Unlock()
			}
		})
	}
	<-reached
	o.kill(pid)
	clients.Wait()
}

// kill ends the server as a power failure would, as far as a process can tell.
func (s *server) kill(pid int) {
	s.t.Helper()
	sure(s.t, syscall.Kill(pid, syscall.SIGKILL))
	s.once.Do(func() {
		<-s.ended
		s.readLog()
	})
}

// survived compares what the indexes list with what was uploaded.
func (o *ordeal) survived() {
	o.t.Helper()
	listed := map[string]bool{}
	for _, f := range o.listed() {
		listed[f.fileName] = true
		got := o.get("", f.path)
		sum := sha256.Sum256(got.body)
		if served := hex.EncodeToString(sum[:]); got.status != http.StatusOK || f.sha256 != o.tried[f.fileName] || served != f.sha256 {
			o.t.Fatalf("%s: served %d with sha256 %s, listed as %s, uploaded as %s", f.fileName, got.status, served, f.sha256, o.tried[f.fileName])
		}
	}
	for name, acked := range o.acked {
		if acked && !listed[name] {
			o.t.Fatalf("%s was acknowledged and is lost", name)
		}
	}
}

// uploadAgain does what a client does whose upload broke off. Some never come
// back, and what is left of their uploads is for gc.
func (o *ordeal) uploadAgain(files []artifact) {
	o.t.Helper()
	p := o.publisher("alice", o.token)
	for _, a := range files {
		if o.acked[a.fileName] || o.random.IntN(3) == 0 {
			continue
		}
		v, err := p.publish(o.t.Context(), a)
		whole := err == nil && v.status == http.StatusConflict // the acknowledgement alone was lost
		if !whole && (err != nil || !v.made()) {
			o.t.Fatalf("%s again: %v, %v", a.fileName, v, err)
		}
		o.acked[a.fileName] = true
	}
}

// isTidy fails the test unless, once gc's grace is over, the data folder has the
// bytes of what is listed and nothing else, and no package is without files.
func (o *ordeal) isTidy() {
	o.t.Helper()
	o.t.Logf("gc: %s", o.collect())
	o.survived()
	var wanted []string
	for _, f := range o.listed() {
		wanted = append(wanted, f.sha256)
		if filepath.Ext(f.fileName) == ".whl" {
			sum := sha256.Sum256(o.get("", f.path+".metadata").is(o.t, http.StatusOK).body)
			wanted = append(wanted, hex.EncodeToString(sum[:]))
		}
	}
	var stored []string
	for _, path := range o.storedBytes() {
		stored = append(stored, filepath.Base(path))
	}
	for _, p := range o.packages() {
		if p.Latest == "" {
			o.t.Errorf("package %s has no files", p.Name)
		}
	}
	slices.Sort(wanted)
	slices.Sort(stored)
	if wanted = slices.Compact(wanted); !slices.Equal(wanted, stored) {
		o.t.Errorf("%d blobs are stored for %d that are used", len(stored), len(wanted))
	}
}

// listedPackage is a package as the API lists it.
type listedPackage struct {
	Name   string
	Latest string `json:"latest_version"`
}

// packages are those of alice.
func (o *ordeal) packages() []listedPackage {
	o.t.Helper()
	var all []listedPackage
	sure(o.t, json.Unmarshal(o.get(o.token, "/api/packages/alice").is(o.t, http.StatusOK).body, &all))
	return all
}
