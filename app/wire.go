package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"

	"vivarium/app/blob"
	"vivarium/app/channelindex"
	"vivarium/app/config"
	"vivarium/app/httpd"
	"vivarium/app/model"
	"vivarium/app/protocol/binstar"
	"vivarium/app/protocol/condachannel"
	"vivarium/app/protocol/cranindex"
	"vivarium/app/protocol/prefix"
	"vivarium/app/protocol/pypiindex"
	"vivarium/app/protocol/quetz"
	"vivarium/app/registry"
	"vivarium/app/store"
	"vivarium/app/web"
	"vivarium/static"
)

// parts is everything a command works with, built from the configuration.
type parts struct {
	config   config.Config
	log      *slog.Logger
	clock    model.Clock
	store    *store.Store
	blobs    *blob.Disk
	cache    *blob.Scratch
	registry *registry.Registry
	terms    string
}

// openParts builds the parts on the data folder, which it makes when it is
// missing. The database may still need migrating.
func openParts(ctx context.Context, c config.Config, log *slog.Logger) (*parts, error) {
	p := &parts{config: c, log: log, clock: model.Clock{Offset: c.Testing.ClockOffset}}
	if err := p.open(ctx); err != nil {
		p.close()
		return nil, err
	}
	mailer, err := newMailer(c)
	if err != nil {
		p.close()
		return nil, err
	}
	p.registry = registry.New(registry.Parts{
		Store: p.store, Blobs: p.blobs, Index: channelindex.New(p.clock, channelindex.In(p.cache)), Log: log, Clock: p.clock, Mailer: mailer,
		Outbound: registry.NewGravatarClient(), Policy: policy(c, p.terms),
	})
	return p, nil
}

// open opens what lies on disk.
func (p *parts) open(ctx context.Context) (err error) {
	if p.terms, err = readTerms(p.config.TermsFile); err != nil {
		return err
	}
	if err = makeFolder(p.config.DataDir); err != nil {
		return err
	}
	if p.store, err = openStore(ctx, filepath.Join(p.config.DataDir, databaseFile), p.log); err != nil {
		return err
	}
	if p.blobs, err = blob.OpenDisk(filepath.Join(p.config.DataDir, "blobs")); err != nil {
		return err
	}
	p.cache, err = blob.OpenScratch(filepath.Join(p.config.DataDir, "cache"))
	return err
}

// close gives back what openParts took.
func (p *parts) close() {
	var errs []error
	if p.cache != nil {
		errs = append(errs, p.cache.Close())
	}
	if p.blobs != nil {
		errs = append(errs, p.blobs.Close())
	}
	if p.store != nil {
		errs = append(errs, p.store.Close())
	}
	if err := errors.Join(errs...); err != nil {
		p.log.Warn("closing the data folder", "error", err)
	}
}

// openStore opens the database. That a new one gets its tables is nothing to tell
// anybody.
func openStore(ctx context.Context, path string, log *slog.Logger) (*store.Store, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		log = slog.New(slog.DiscardHandler)
	}
	return store.Open(ctx, store.Options{Path: path, Log: log})
}

func readTerms(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("read terms_file: %w", err)
	}
	return string(text), nil
}

// policy is what the configuration decides about the verbs.
func policy(c config.Config, terms string) registry.Policy {
	gravatar := ""
	if c.Gravatar {
		gravatar = registry.GravatarURL
	}
	return registry.Policy{
		Gravatar:          gravatar,
		SignupOpen:        c.Signup == "open",
		Anonymous:         c.Anonymous,
		DefaultAccess:     model.Access(c.DefaultAccess),
		PasswordMinLength: c.Password.MinLength,
		TokenLifetime:     c.Tokens.Lifetime,
		TokenMaxLifetime:  c.Tokens.MaxLifetime,
		UploadSize:        int64(c.Limits.UploadSize),
		ExtraSubdirs:      c.ExtraSubdirs,
		SignInAttempts:    c.Limits.SignInAttempts,
		TermsVersion:      termsVersion(terms),
		ResetLifetime:     c.Password.ResetLifetime,
		Address:           siteURL(c, c.Listen),
	}
}

// termsVersion tells one text of the Terms and Conditions from another, so that
// an account remembers which it accepted.
func termsVersion(text string) string {
	if text == "" {
		return "built-in 1"
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}

// handler builds the site: every surface from its rows of the route table.
func (p *parts) handler(routes []model.Route) (http.Handler, error) {
	v, _ := buildVersion()
	doc, err := binstar.Describe(routes, v)
	if err != nil {
		return nil, err
	}
	ui := web.New(web.Options{Registry: p.registry, Sessions: p.store.Sessions(p.clock), Terms: p.terms, Version: v, API: doc})
	pages, err := httpd.BuildMux(rowsOf(routes, model.PageSurface), ui.Handlers(), ui.RefusePage)
	if err != nil {
		return nil, err
	}
	api, err := httpd.BuildMux(rowsOf(routes, model.APISurface, model.StoreSurface), binstar.New(binstar.Options{Registry: p.registry, Document: doc}).Handlers(), nil)
	if err != nil {
		return nil, err
	}
	conda := condachannel.New(condachannel.Options{
		Registry: p.registry, Routes: routes, MaxAge: p.config.IndexMaxAge, ExtraSubdirs: p.config.ExtraSubdirs,
	})
	// It finds its rows by itself, behind every form of a URL; here they are
	// only compared.
	if _, err := httpd.BuildMux(rowsOf(routes, model.CondaSurface), conda.Handlers(), nil); err != nil {
		return nil, err
	}
	python := pypiindex.New(pypiindex.Options{Registry: p.registry, Routes: routes, MaxAge: p.config.IndexMaxAge})
	if _, err := httpd.BuildMux(rowsOf(routes, model.PyPISurface), python.Handlers(), nil); err != nil {
		return nil, err
	}
	cran := cranindex.New(cranindex.Options{Registry: p.registry, Routes: routes, MaxAge: p.config.IndexMaxAge})
	if _, err := httpd.BuildMux(rowsOf(routes, model.RSurface), cran.Handlers(), nil); err != nil {
		return nil, err
	}
	uploads, err := p.uploads(routes)
	if err != nil {
		return nil, err
	}
	return httpd.New(httpd.Options{
		Log:               p.log,
		Clock:             p.clock,
		PublicURL:         p.config.PublicURL,
		TrustedProxies:    p.config.TrustedProxies,
		UploadSize:        int64(p.config.Limits.UploadSize),
		RequestsPerMinute: p.config.Limits.RequestsPerMinute,
		ReadOnly:          p.config.ReadOnly,
		ExtraSubdirs:      p.config.ExtraSubdirs,
		Ready:             p.registry.Ready,
		API:               binstar.Canonical(api),
		Conda:             conda,
		PyPI:              python,
		R:                 cran,
		Uploads:           uploads,
		Pages:             web.Canonical(pages),
		Static:            static.Handler(),
		RefusePage:        ui.RefusePage,
		RefusePython:      pypiindex.Refuse,
	})
}

// uploads builds the surfaces that only take files, as other servers do.
func (p *parts) uploads(routes []model.Route) (http.Handler, error) {
	handlers := quetz.New(p.registry).Handlers()
	maps.Copy(handlers, prefix.New(p.registry).Handlers())
	return httpd.BuildMux(rowsOf(routes, model.QuetzSurface, model.PrefixSurface), handlers, nil)
}

// rowsOf returns the rows of a route table that belong to surfaces.
func rowsOf(routes []model.Route, surfaces ...model.Surface) []model.Route {
	return slices.DeleteFunc(slices.Clone(routes), func(r model.Route) bool { return !slices.Contains(surfaces, r.Surface) })
}

// newLogger returns the logger that the configuration asks for.
func newLogger(c config.Log, w io.Writer) *slog.Logger {
	o := &slog.HandlerOptions{Level: c.Level}
	if c.Format == "json" {
		return slog.New(httpd.LogHandler(slog.NewJSONHandler(w, o)))
	}
	return slog.New(httpd.LogHandler(slog.NewTextHandler(w, o)))
}
