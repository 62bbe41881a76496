package moving

import (
	"cmp"
	"maps"
	"slices"
	"sync"
)

// Sheet proves what a move did. All counts of what is here were taken afterwards,
// from what this site has then.
type Sheet struct {
	Name string `json:"name"` // the channel here
	From string `json:"from"`
	// AccountMade says that the channel's account was made for it.
	AccountMade bool           `json:"account_made"`
	Groups      int            `json:"groups"` // of the source that are here
	Packages    PackageCount   `json:"packages"`
	Files       FileCount      `json:"files"`
	Digests     DigestCount    `json:"digests"`
	Labels      map[string]int `json:"labels"` // files of the source under each, seen here too
	Locked      []string       `json:"locked_labels"`
	// Skipped is what was left out on purpose, Problems what should be here and is
	// not.
	Skipped  []Remark `json:"skipped"`
	Problems []Remark `json:"problems"`

	mu sync.Mutex
}

// PackageCount counts packages: those of the source, those of them that are here,
// and those that were made for it.
type PackageCount struct {
	There int `json:"there"`
	Here  int `json:"here"`
	Made  int `json:"made"`
}

// FileCount counts the files of the source: those that are here now, those that
// were copied for it, and those that were here before.
type FileCount struct {
	There   int   `json:"there"`
	Here    int   `json:"here"`
	Copied  int   `json:"copied"`
	Present int   `json:"present"`
	Bytes   int64 `json:"bytes_copied"`
}

// DigestCount counts the files whose bytes here were compared with what the source
// says of them: by which digest, or that it says none.
type DigestCount struct {
	SHA256 int `json:"sha256"`
	MD5    int `json:"md5"`
	Unsaid int `json:"unsaid"`
}

// Remark is about one thing that was not taken.
type Remark struct {
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

func newSheet(name, from string) *Sheet {
	return &Sheet{Name: name, From: from, Labels: map[string]int{}, Locked: []string{}, Skipped: []Remark{}, Problems: []Remark{}}
}

// note changes the sheet; many packages are moved at once.
func (s *Sheet) note(change func(*Sheet)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s)
}

func (s *Sheet) problem(name string, err error) {
	s.note(func(s *Sheet) { s.Problems = append(s.Problems, Remark{name, err.Error()}) })
}

func (s *Sheet) skip(list ...Remark) {
	s.note(func(s *Sheet) { s.Skipped = append(s.Skipped, list...) })
}

// LabelNames lists the labels that were seen, in order.
func (s *Sheet) LabelNames() []string { return slices.Sorted(maps.Keys(s.Labels)) }

// sort brings the remarks into the order of their names.
func (s *Sheet) sort() {
	for _, list := range [][]Remark{s.Skipped, s.Problems} {
		slices.SortStableFunc(list, func(a, b Remark) int { return cmp.Compare(a.Name, b.Name) })
	}
}
