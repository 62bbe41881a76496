package pypi_test

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/model"
)

const (
	wheelName = "demo-1.0-py3-none-any.whl"
	sdistName = "demo-1.0.tar.gz"
)

// hostile is a file that must be refused, and a part of the sentence.
type hostile struct {
	name, fileName string
	data           []byte
	sentence       string
}

// patience is how long refusing one file may take before it counts as hanging. It
// takes under two seconds on a machine at rest, and twenty on a busy one under the
// race detector.
const patience = 2 * time.Minute

// refused reads each file, which must be refused as Invalid, and soon.
func refused(t *testing.T, list []hostile) {
	t.Helper()
	for _, h := range list {
		t.Run(h.name, func(t *testing.T) {
			start := time.Now()
			info, err := read(h.data, h.fileName)
			if took := time.Since(start); took > patience {
				t.Errorf("took %v", took)
			}
			if err == nil || info != nil || model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), h.sentence) {
				t.Errorf("got an answer: %v, and %v (%v), want Invalid with %q", info != nil, err, model.CodeOf(err), h.sentence)
			}
			checkSentence(t, err)
		})
	}
}

func wheelOf(t testing.TB, s pypitest.Spec) []byte {
	t.Helper()
	_, data := pypitest.Wheel(t, s)
	return data
}

// wheelWith returns a wheel with one more member, which RECORD lists.
func wheelWith(t testing.TB, more pypitest.Entry) []byte {
	t.Helper()
	return pypitest.Zip(t, pypitest.WithRecord(append([]pypitest.Entry{more}, pypitest.WheelEntries(pypitest.Spec{})...))...)
}

// changed returns a wheel whose first member's header was changed.
func changed(t testing.TB, change func(e *pypitest.Entry)) []byte {
	t.Helper()
	entries := pypitest.WithRecord(pypitest.WheelEntries(pypitest.Spec{}))
	change(&entries[0])
	return pypitest.Zip(t, entries...)
}

// recordWith returns a wheel with another RECORD.
func recordWith(t testing.TB, change func(record string) string) []byte {
	t.Helper()
	entries := pypitest.WithRecord(pypitest.WheelEntries(pypitest.Spec{}))
	record := &entries[len(entries)-1]
	record.Body = []byte(change(string(record.Body)))
	return pypitest.Zip(t, entries...)
}

// sizes are those that a RECORD gives.
var sizes = regexp.MustCompile(`,[0-9]+\n`)

// zipSdist returns the members of s as a zip archive.
func zipSdist(s pypitest.Spec) []pypitest.Entry {
	var entries []pypitest.Entry
	for _, m := range pypitest.SdistMembers(s) {
		entries = append(entries, pypitest.Entry{Name: m.Name, Body: m.Body})
	}
	return entries
}

// sdistWith returns an sdist with more members behind its own.
func sdistWith(t testing.TB, more ...pypitest.Member) []byte {
	t.Helper()
	return pypitest.Gzip(t, pypitest.Tar(t, slices.Concat(pypitest.SdistMembers(pypitest.Spec{}), more)...))
}

// noise is n bytes of alphabet that hardly compress.
func noise(n int, alphabet string) []byte {
	source, out := rand.New(rand.NewPCG(1, 2)), make([]byte, n)
	for i := range out {
		out[i] = alphabet[source.IntN(len(alphabet))]
	}
	return out
}
