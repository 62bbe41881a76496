package remote

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"vivarium/app/moving"
)

// refusal is an answer that is none of what was asked for.
type refusal struct {
	status   int
	sentence string
}

// Error says what the server said.
func (r *refusal) Error() string { return r.sentence }

// passing reports whether the same may succeed a little later.
func (r *refusal) passing() bool {
	return r.status >= http.StatusInternalServerError || r.status == http.StatusTooManyRequests || r.status == http.StatusRequestTimeout
}

// credentials reports whether the token is what the server does not like.
func (r *refusal) credentials() bool {
	return r.status == http.StatusUnauthorized || r.status == http.StatusForbidden
}

// open asks for what is at an address, and follows where the server sends it. The
// token goes to the server itself and nowhere else.
func (s *Server) open(ctx context.Context, at *url.URL) (io.ReadCloser, error) {
	for range maxForwards {
		answer, err := s.get(ctx, at)
		if err != nil {
			return nil, err
		}
		if answer.StatusCode == http.StatusOK {
			return answer.Body, nil
		}
		next, err := answer.Location()
		forward := answer.StatusCode/100 == 3 && err == nil && (next.Scheme == "http" || next.Scheme == "https")
		if !forward {
			return nil, refused(at, answer)
		}
		if err := answer.Body.Close(); err != nil {
			return nil, err
		}
		at = next
	}
	return nil, fmt.Errorf("%s sends from one address to the next", s.api)
}

func (s *Server) get(ctx context.Context, at *url.URL) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", "vivarium")
	request.Header.Set("Accept", "application/json, */*")
	if s.token != "" && at.Scheme == s.api.Scheme && at.Host == s.api.Host {
		request.Header.Set("Authorization", "token "+s.token)
	}
	answer, err := s.transport.RoundTrip(request)
	if err != nil {
		return nil, fmt.Errorf("%s %w: %w", s.api.Host, moving.ErrUnreachable, err)
	}
	return answer, nil
}

// refused says what a server answers that does not give what was asked for.
func refused(at *url.URL, answer *http.Response) error {
	const longest = 4 << 10
	var said struct{ Error string }
	text, err := io.ReadAll(io.LimitReader(answer.Body, longest))
	if err == nil {
		_ = json.Unmarshal(text, &said) // else it said nothing
	}
	_ = answer.Body.Close()
	place := url.URL{Scheme: at.Scheme, Host: at.Host, Path: at.Path}
	sentence := fmt.Sprintf("%s answers %s", &place, answer.Status)
	if said.Error != "" {
		sentence += ": " + said.Error
	}
	switch answer.StatusCode {
	case http.StatusUnauthorized:
		sentence += " (is the token right, and not too old?)"
	case http.StatusForbidden:
		sentence += " (the token needs the scope api:read)"
	}
	return &refusal{answer.StatusCode, sentence}
}
