package store

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// record has the length of a usual one.
var record = json.RawMessage(fmt.Sprintf(`{"build":"0","depends":["python >=3.12,<3.13.0a0"],"name":"x","license":"MIT","sha256":"%064d","md5":"%032d","size":123456,"subdir":"linux-64","version":"1.0"}`, 1, 2))

// channel fills a channel with 10,000 conda files of 1,000 packages.
func channel(b *testing.B) (*world, model.Account) {
	b.Helper()
	w := newWorld(b)
	ada := w.user("ada")
	outer := w.Store
	check(b, outer.InTx(b.Context(), func(tx *Store) error {
		w.Store = tx
		defer func() { w.Store = outer }()
		label := get(tx.EnsureLabel(b.Context(), ada.ID, "main", noon))(b)
		for i := range 1000 {
			r := w.release(w.pkg(ada, fmt.Sprintf("package-%d", i), model.Public, model.Conda), "1.0")
			for build := range 10 {
				f := newFile(r, ada.ID, fmt.Sprintf("linux-64/package-%d-1.0-%d.conda", i, build), model.Conda, w.next())
				f.Record = record
				check(b, tx.InsertFile(b.Context(), &f))
				check(b, tx.AddFileLabel(b.Context(), f.ID, label.ID))
			}
		}
		return nil
	}))
	return w, ada
}

func BenchmarkTokenByHash(b *testing.B) {
	w := newWorld(b)
	ada := w.user("ada")
	check(b, w.InTx(b.Context(), func(tx *Store) error {
		for i := range 10_000 {
			sum := sha256.Sum256(fmt.Append(nil, i))
			check(b, tx.InsertToken(b.Context(), &model.Token{AccountID: ada.ID, Name: fmt.Sprint(i), Hash: sum[:], CreatedAt: noon}))
		}
		return nil
	}))
	hash := sha256.Sum256([]byte("5000"))
	twice(b, w.Store, func(s *Store) { get(s.TokenByHash(b.Context(), hash[:]))(b) })
}

// twice measures ask where nothing is cached, and with the cache.
func twice(b *testing.B, s *Store, ask func(*Store)) {
	b.Run("read", func(b *testing.B) {
		uncached := *s
		uncached.mode = reading
		for b.Loop() {
			ask(&uncached)
		}
	})
	b.Run("cached", func(b *testing.B) {
		for b.Loop() {
			ask(s)
		}
	})
}

func BenchmarkVersion(b *testing.B) {
	s := openTest(b)
	for b.Loop() {
		get(s.db.version(b.Context()))(b)
	}
}

func BenchmarkDataVersion(b *testing.B) {
	s := openTest(b)
	for b.Loop() {
		get(s.DataVersion(b.Context()))(b)
	}
}

func BenchmarkCondaFile(b *testing.B) {
	w, ada := channel(b)
	twice(b, w.Store, func(s *Store) { get(s.CondaFile(b.Context(), ada.ID, "linux-64/package-500-1.0-5.conda"))(b) })
}

func BenchmarkCondaRecords(b *testing.B) {
	w, ada := channel(b)
	for b.Loop() {
		if n := len(recordsOfView(b, w, ChannelView{ada.ID, "main", Sight{SignedIn: true}}, "linux-64")); n != 10_000 {
			b.Fatalf("got %d records", n)
		}
	}
}

func BenchmarkPackages(b *testing.B) {
	w, _ := channel(b)
	for b.Loop() {
		_, _, err := w.Packages(b.Context(), PackageQuery{Order: model.LastChanged, Limit: 20, WithFiles: true})
		check(b, err)
	}
}

// BenchmarkReadsBetweenWrites asks for what a download asks for after each commit of a
// step of an upload, with what was remembered before it and without.
func BenchmarkReadsBetweenWrites(b *testing.B) {
	for _, carried := range []bool{false, true} {
		b.Run(fmt.Sprintf("carried=%t", carried), func(b *testing.B) {
			h, ctx := newHousehold(b), b.Context()
			st := model.Stage{DistID: "x", TicketHash: []byte("x"), AccountID: h.ada.ID, StagedBy: h.ada.ID, PackageID: h.x.ID, ReleaseID: h.conda.ReleaseID, CreatedAt: noon}
			check(b, h.InsertStage(ctx, &st))
			var reading time.Duration
			for b.Loop() {
				st.StoredSize++
				check(b, h.InTx(ctx, func(tx *Store) error { return tx.UpdateStage(ctx, &st, "stored_size") }))
				if !carried {
					h.db.cache.put(version{}, rowKey{}, true)
				}
				began := time.Now()
				get(h.TokenByHash(ctx, h.token.Hash))(b)
				get(h.AccountByID(ctx, h.ada.ID))(b)
				get(h.Account(ctx, "labs"))(b)
				get(h.GrantedOn(ctx, h.ada.ID, h.labs.ID, h.x.ID))(b)
				get(h.CondaFile(ctx, h.labs.ID, h.conda.Basename))(b)
				reading += time.Since(began)
			}
			b.ReportMetric(float64(reading.Nanoseconds())/float64(b.N), "ns/reads")
		})
	}
}

// BenchmarkEmptyTx is what a transaction costs beside its statements and the disk.
func BenchmarkEmptyTx(b *testing.B) {
	s := openTest(b)
	for _, watched := range []bool{false, true} {
		b.Run(fmt.Sprintf("watched=%t", watched), func(b *testing.B) {
			db := s.db
			check(b, db.uninterrupted(b.Context(), func(c bun.Conn) error {
				return c.Raw(func(c any) error {
					if c.(*preparingConn).db = db; !watched {
						c.(*preparingConn).db = nil
					}
					return nil
				})
			}))
			for b.Loop() {
				check(b, s.InTx(b.Context(), func(*Store) error { return nil }))
			}
		})
	}
}
