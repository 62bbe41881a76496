// Package outbound is the only way from this program to servers of others. A client
// connects to public addresses alone, whatever a name resolves to and wherever an
// answer sends it on, waits no longer and reads no more than it was told, and
// sends nothing that was not asked for: no cookies, no Referer, no proxy's settings
// from the environment.
package outbound

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"vivarium/app/model"
)

// Options bound what a Client does.
type Options struct {
	// Timeout is for a whole exchange, its redirects included.
	Timeout time.Duration
	// MaxBytes is how long an answer may be.
	MaxBytes int64
	// Allow are networks that may be reached although they are not public.
	Allow []netip.Prefix
}

// maxRedirects is how often an answer may send on.
const maxRedirects = 3

// Client asks servers of others. Many goroutines may use one.
type Client struct {
	http  *http.Client
	limit int64
}

// New returns a client.
func New(o Options) *Client {
	dialer := &net.Dialer{Timeout: o.Timeout, ControlContext: guard(o.Allow).control}
	return &Client{limit: o.MaxBytes, http: &http.Client{
		Timeout:       o.Timeout,
		CheckRedirect: checkRedirect,
		Transport: &http.Transport{
			DialContext: dialer.DialContext, TLSHandshakeTimeout: o.Timeout, ResponseHeaderTimeout: o.Timeout,
			MaxResponseHeaderBytes: 64 << 10, DisableCompression: true, ForceAttemptHTTP2: true,
			MaxIdleConns: 4, IdleConnTimeout: time.Minute,
		},
	}}
}

// Get returns the body of an answer with status 200. It fails with NotFound when
// there is nothing, with TooLarge when there is too much, with Forbidden when the
// address may not be reached. Any other error is the server's or the network's.
func (c *Client) Get(ctx context.Context, address string) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil || !webScheme(r.URL.Scheme) {
		return nil, model.Errorf(model.Invalid, "That is no address of a web page.")
	}
	r.Header.Set("User-Agent", "Vivarium")
	answer, err := c.http.Do(r)
	if err != nil {
		return nil, failure(r, err)
	}
	defer answer.Body.Close()
	return c.read(r, answer)
}

func (c *Client) read(r *http.Request, answer *http.Response) ([]byte, error) {
	switch {
	case answer.StatusCode == http.StatusNotFound || answer.StatusCode == http.StatusGone:
		return nil, model.Errorf(model.NotFound, "%s has nothing there.", r.URL.Host)
	case answer.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("ask %s: it answers %d", r.URL.Host, answer.StatusCode)
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, c.limit+1))
	if err != nil {
		return nil, failure(r, err)
	}
	if int64(len(body)) > c.limit {
		return nil, model.Errorf(model.TooLarge, "%s sends more than %d bytes.", r.URL.Host, c.limit)
	}
	return body, nil
}

// failure words what went wrong on the way. The path stays out of it: it may hold
// a secret.
func failure(r *http.Request, err error) error {
	var refused *model.Error
	if errors.As(err, &refused) {
		return refused
	}
	var at *url.Error
	if errors.As(err, &at) {
		err = at.Err
	}
	return fmt.Errorf("ask %s: %w", r.URL.Host, err)
}

func checkRedirect(r *http.Request, via []*http.Request) error {
	from := via[len(via)-1].URL
	switch {
	case len(via) > maxRedirects:
		return fmt.Errorf("%s sends on and on", via[0].URL.Host)
	case !webScheme(r.URL.Scheme) || from.Scheme == "https" && r.URL.Scheme != "https":
		return model.Errorf(model.Forbidden, "%s sends on to an address that is not safe.", from.Host)
	}
	r.Header.Del("Referer")
	return nil
}

func webScheme(s string) bool { return s == "https" || s == "http" }

// refuse says that an address is not reached.
func refuse(address string) error {
	return model.Errorf(model.Forbidden, "%s is not a public address.", address)
}
