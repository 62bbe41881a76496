package remote

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"

	"vivarium/app/model"
	"vivarium/app/moving"
)

// Channel lists what the token shows of a channel.
func (s *Server) Channel(ctx context.Context, name string) (moving.Channel, error) {
	c := moving.Channel{From: s.at(name).String()}
	var list []struct{ Name string }
	if err := s.ask(ctx, &list, "packages", name); err != nil {
		return c, err
	}
	for _, p := range list {
		c.Packages = append(c.Packages, moving.Listed{Name: p.Name, Read: func(ctx context.Context) (moving.Package, error) {
			return s.readPackage(ctx, name, p.Name)
		}})
	}
	slices.SortFunc(c.Packages, func(a, b moving.Listed) int { return cmp.Compare(a.Name, b.Name) })
	var err error
	var refused *refusal
	c.Labels, err = s.labels(ctx, name)
	if s.token == "" && errors.As(err, &refused) { // some show the list to nobody without a token
		c.PassedOver = append(c.PassedOver, moving.Remark{Name: "labels", Reason: "Which are locked is not shown without a token: " + refused.sentence})
		return c, nil
	}
	return c, err
}

func (s *Server) labels(ctx context.Context, channel string) ([]model.Label, error) {
	var found map[string]struct {
		Locked bool `json:"is_locked"`
	}
	if err := s.ask(ctx, &found, "channels", channel); err != nil {
		return nil, err
	}
	var list []model.Label
	for name, l := range found {
		list = append(list, model.Label{Name: name, Locked: l.Locked})
	}
	slices.SortFunc(list, func(a, b model.Label) int { return cmp.Compare(a.Name, b.Name) })
	return list, nil
}

func (s *Server) readPackage(ctx context.Context, channel, name string) (moving.Package, error) {
	raw, err := s.read(ctx, "package", channel, name)
	if err != nil {
		return moving.Package{}, err
	}
	p, err := moving.ParsePackage(raw)
	if err != nil {
		return p, err
	}
	p.Name = cmp.Or(p.Name, name)
	for i := range p.Files {
		f := &p.Files[i]
		f.Open = func(ctx context.Context) (io.ReadCloser, error) {
			return s.download(ctx, channel, p.Name, f.Version, f.Basename)
		}
	}
	return p, nil
}

// download opens a file. What breaks off later shows in its digest.
func (s *Server) download(ctx context.Context, parts ...string) (body io.ReadCloser, err error) {
	err = s.again(ctx, func() error {
		body, err = s.open(ctx, s.at(append([]string{"download"}, parts...)...))
		return err
	})
	return body, err
}
