// Package registrytest builds a real registry on a temporary folder, with people
// in it, for the tests of registry and of the surfaces above it.
package registrytest

import (
	"bytes"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"vivarium/app/blob"
	"vivarium/app/channelindex"
	"vivarium/app/format/conda/condatest"
	"vivarium/app/mail/mailtest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/store"
)

// Password is everyone's password.
const Password = "correct horse battery"

// Site is a registry with what a test needs around it.
type Site struct {
	*registry.Registry
	// Dir is the data folder; the bytes are in Dir/blobs.
	Dir string
	Log *bytes.Buffer
	// Cache is where the index is saved.
	Cache *blob.Scratch
}

// New builds a registry on SQLite and disk in a temporary folder, with the
// people ada (administrator of the site), brook, casey and mallory, and the
// organization labs that brook owns. Options change the policy.
func New(t testing.TB, options ...func(*registry.Policy)) *Site {
	t.Helper()
	s := Empty(t, options...)
	for _, login := range []string{"ada", "brook", "casey", "mallory"} {
		s.User(t, login)
	}
	if _, err := s.CreateOrganization(t.Context(), model.LocalOperator(), registry.NewOrganization{Login: "labs", Owner: "brook"}); err != nil {
		t.Fatal(err)
	}
	return s
}

// Empty is New without people.
func Empty(t testing.TB, options ...func(*registry.Policy)) *Site {
	t.Helper()
	dir := t.TempDir()
	log := &bytes.Buffer{}
	policy := registry.Policy{
		SignupOpen: true, Anonymous: true, DefaultAccess: model.Public, PasswordMinLength: 7,
		TokenLifetime: 365 * 24 * time.Hour, UploadSize: 64 << 20, TermsVersion: "1", ResetLifetime: 24 * time.Hour, Address: "http://vivarium.test",
	}
	for _, change := range options {
		change(&policy)
	}
	logger := slog.New(slog.NewTextHandler(log, nil))
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(dir, "vivarium.db"), Log: logger})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if _, err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	blobs, err := blob.OpenDisk(filepath.Join(dir, "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { blobs.Close() })
	cache, err := blob.OpenScratch(filepath.Join(dir, "cache"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cache.Close() })
	clock := model.Clock{}
	return &Site{Dir: dir, Log: log, Cache: cache, Registry: registry.New(registry.Parts{
		Store: db, Blobs: blobs, Index: channelindex.New(clock, channelindex.In(cache)), Log: logger, Clock: clock, Policy: policy,
	})}
}

// Mailbox gives the site a mail server, which takes mail until the test ends.
func (s *Site) Mailbox(t testing.TB) *mailtest.Server {
	t.Helper()
	server := mailtest.Start(t)
	s.Mailer = server.Sender(t)
	return server
}

// Later is the same site, served by another process whose clock is ahead, and
// which knows nothing of the index.
func (s *Site) Later(ahead time.Duration) *Site {
	return s.again(ahead)
}

// Restarted is the same site after a restart.
func (s *Site) Restarted() *Site {
	return s.again(0, channelindex.In(s.Cache))
}

func (s *Site) again(ahead time.Duration, options ...channelindex.Option) *Site {
	parts := s.Parts
	parts.Clock = model.Clock{Offset: parts.Clock.Offset + ahead}
	parts.Index = channelindex.New(parts.Clock, options...)
	return &Site{Registry: registry.New(parts), Dir: s.Dir, Log: s.Log, Cache: s.Cache}
}

// User makes a user, an administrator of the site when called ada.
func (s *Site) User(t testing.TB, login string) model.Actor {
	t.Helper()
	in := registry.NewUser{Login: login, Email: login + "@example.test", Password: Password, Admin: login == "ada"}
	if _, err := s.CreateUser(t.Context(), model.LocalOperator(), in); err != nil {
		t.Fatal(err)
	}
	return s.Actor(t, login)
}

// Actor is a signed-in user.
func (s *Site) Actor(t testing.TB, login string) model.Actor {
	t.Helper()
	a, err := s.Store.Account(t.Context(), login)
	if err != nil {
		t.Fatal(err)
	}
	actor, err := s.SessionActor(t.Context(), model.Actor{RemoteAddr: "192.0.2.1"}, a.ID, a.AuthVersion, "")
	if err != nil {
		t.Fatal(err)
	}
	return actor
}

// Token makes a token by owner's own hand and returns its secret. The tokens of
// labs are made by brook.
func (s *Site) Token(t testing.TB, owner string, scopes ...string) string {
	t.Helper()
	maker := owner
	if owner == "labs" {
		maker = "brook"
	}
	name := hex.EncodeToString(md5.New().Sum([]byte(t.Name())))[:8] + time.Now().Format("150405.000000000")
	secret, _, err := s.CreateToken(t.Context(), s.Actor(t, maker), owner, registry.NewToken{Name: name, Scopes: scopes})
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

// TokenActor is who a program with that token acts as at a door that asks for
// scopes.
func (s *Site) TokenActor(t testing.TB, secret string, door ...model.Scope) model.Actor {
	t.Helper()
	actor, err := s.Authenticate(t.Context(), model.Actor{Door: door, RemoteAddr: "192.0.2.2"}, model.Credential{Token: secret})
	if err != nil {
		t.Fatal(err)
	}
	return actor
}

// Publish uploads a conda package in the three steps and fails the test if one
// is refused.
func (s *Site) Publish(t testing.TB, actor model.Actor, owner string, spec condatest.Spec, labels ...string) model.File {
	t.Helper()
	f, err := s.TryPublish(t, actor, owner, spec, labels...)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TryPublish is Publish that returns the refusal.
func (s *Site) TryPublish(t testing.TB, actor model.Actor, owner string, spec condatest.Spec, labels ...string) (model.File, error) {
	t.Helper()
	fileName, data := condatest.Build(t, spec)
	in := Announce(spec, owner, fileName, data)
	in.Labels = labels
	return s.Upload(t, actor, in, data)
}

// Upload stages, stores and commits data as announced.
func (s *Site) Upload(t testing.TB, actor model.Actor, in registry.StageRequest, data []byte) (model.File, error) {
	t.Helper()
	staged, err := s.StageFile(t.Context(), actor, in)
	if err != nil {
		return model.File{}, err
	}
	if err := s.StoreFile(t.Context(), staged.Ticket, nil, int64(len(data)), bytes.NewReader(data)); err != nil {
		return model.File{}, err
	}
	return s.CommitFile(t.Context(), actor, in.Owner, in.Package, in.Version, in.Basename, staged.DistID)
}

// Announce is the truthful announcement of a built package.
func Announce(spec condatest.Spec, owner, fileName string, data []byte) registry.StageRequest {
	sum := sha256.Sum256(data)
	in := registry.StageRequest{
		Owner: owner, Package: spec.Name, Version: spec.Version, Basename: spec.Subdir + "/" + fileName, Type: model.Conda,
		SHA256: hex.EncodeToString(sum[:]),
	}
	if in.Package == "" {
		in.Package = "demo"
	}
	if in.Version == "" {
		in.Version = "1.0"
	}
	if spec.Subdir == "" {
		in.Basename = "noarch/" + fileName
	}
	return in
}
