// Package remote reads channels of other servers that speak the Anaconda API.
package remote

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync/atomic"
	"time"

	"vivarium/app/model"
	"vivarium/app/moving"
)

// Server is another server, at whose API a channel is found.
type Server struct {
	api       *url.URL // without a slash at its end
	token     string
	transport http.RoundTripper
	pause     time.Duration // before the second try; each further one waits twice as long
	gone      atomic.Bool   // the last time it could not be reached, however often it was tried
}

// Bounds of one request.
const (
	maxAnswer   = 512 << 20 // of JSON
	answerTime  = 2 * time.Minute
	maxTries    = 4
	maxForwards = 5
	firstPause  = time.Second
)

// Find returns the server and the channel that an address means: a channel's page
// (http://host/labs), its conda channel (http://host/conda/labs) or its place below
// the API (http://host/api/labs). token may be empty.
func Find(ctx context.Context, address, token string) (*Server, string, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return nil, "", err
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return nil, "", model.Errorf(model.Invalid, "The address begins with https:// or http:// and names a channel, as in https://host/labs.")
	case u.User != nil:
		return nil, "", model.Errorf(model.Invalid, "The address must not hold a password. Give a token instead.")
	}
	above, channel := path.Split(strings.TrimRight(u.Path, "/"))
	if channel == "" || strings.Contains(above, "/label/") || strings.Contains(above, "/t/") {
		return nil, "", model.Errorf(model.Invalid, "The address ends with the channel, as in https://host/labs: no label and no token is in it.")
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.ResponseHeaderTimeout = answerTime
	var refusals []error
	for _, place := range apisFor(strings.TrimRight(above, "/")) {
		s := &Server{api: &url.URL{Scheme: u.Scheme, Host: u.Host, Path: place}, token: token, transport: transport, pause: firstPause}
		err := s.has(ctx, channel)
		var refused *refusal
		if err == nil || errors.As(err, &refused) && refused.credentials() {
			return s, channel, err
		}
		if ctx.Err() != nil || errors.Is(err, moving.ErrUnreachable) { // it would be the same at the other place
			return nil, "", err
		}
		refusals = append(refusals, err)
	}
	return nil, "", errors.Join(refusals...)
}

// apisFor are the paths at which the API may be when a channel is below path.
func apisFor(path string) []string {
	if strings.HasSuffix(path, "/api") {
		return []string{path}
	}
	path = strings.TrimSuffix(strings.TrimSuffix(path, "/conda"), "/channels")
	return []string{path + "/api", path}
}

// has fails unless there is a channel of that name.
func (s *Server) has(ctx context.Context, channel string) error {
	var account struct{ Login string }
	if err := s.ask(ctx, &account, "user", channel); err != nil {
		return err
	}
	if account.Login == "" {
		return fmt.Errorf("%s is no account of the Anaconda API", s.at("user", channel))
	}
	return nil
}

// at is the address of something below the API.
func (s *Server) at(parts ...string) *url.URL {
	u := *s.api
	raw := u.EscapedPath()
	for _, p := range parts {
		u.Path += "/" + p
		raw += "/" + strings.ReplaceAll(url.PathEscape(p), "%2F", "/")
	}
	u.RawPath = raw
	return &u
}

// ask reads a JSON answer.
func (s *Server) ask(ctx context.Context, into any, parts ...string) error {
	raw, err := s.read(ctx, parts...)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("%s does not answer as the Anaconda API does: %w", s.at(parts...), err)
	}
	return nil
}

func (s *Server) read(ctx context.Context, parts ...string) ([]byte, error) {
	var raw []byte
	err := s.again(ctx, func() error {
		body, err := s.open(ctx, s.at(parts...))
		if err != nil {
			return err
		}
		raw, err = io.ReadAll(io.LimitReader(body, maxAnswer))
		return errors.Join(err, body.Close())
	})
	return raw, err
}

// again tries several times what may only have been bad luck.
func (s *Server) again(ctx context.Context, try func() error) error {
	pause := s.pause
	for n := 1; ; n++ {
		err := try()
		var refused *refusal
		last := n == maxTries || s.gone.Load()
		s.gone.Store(last && errors.Is(err, moving.ErrUnreachable))
		if err == nil || ctx.Err() != nil || last || errors.As(err, &refused) && !refused.passing() {
			return err
		}
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case <-timer.C:
		}
		pause *= 2
	}
}
