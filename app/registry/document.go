package registry

import (
	"context"
	"encoding/base64"
	"io"
	"strings"

	"vivarium/app/format/environment"
	"vivarium/app/format/notebook"
	"vivarium/app/model"
	"vivarium/app/render"
)

// Document names a notebook or an environment file: one file of a release.
type Document struct{ Owner, Package, Version, Basename string }

// Picture makes the address of a picture in a notebook: of a cell's output, or with
// a name of what is attached to the cell.
type Picture func(cell, output int, attachment string) string

// Notebook returns a notebook as a page shows it. What is no notebook is NotFound.
func (r *Registry) Notebook(ctx context.Context, actor model.Actor, at Document, picture Picture) (model.RenderedNotebook, error) {
	f, _, err := r.findFile(ctx, r.Store, actor, at.Owner, at.Package, at.Version, at.Basename, model.Read)
	if err != nil {
		return model.RenderedNotebook{}, err
	}
	return r.drawn.get(f.FullName()+" "+f.SHA256, func() (model.RenderedNotebook, error) {
		n, err := r.parseNotebook(f)
		if err != nil {
			return model.RenderedNotebook{}, err
		}
		readSlots <- struct{}{}
		defer func() { <-readSlots }()
		return render.Notebook(n, render.Picture(picture)), nil
	})
}

func (r *Registry) parseNotebook(f model.File) (*notebook.Notebook, error) {
	if f.Type != model.Notebook {
		return nil, model.Errorf(model.NotFound, "%s is not a notebook.", f.Basename)
	}
	bytes, err := r.Blobs.Open(f.SHA256)
	if err != nil {
		return nil, err
	}
	defer bytes.Close()
	readSlots <- struct{}{}
	defer func() { <-readSlots }()
	return notebook.Read(bytes)
}

// NotebookPicture returns a picture of a notebook with its media type, or NotFound.
// SVG is what a browser must not be given without a policy.
func (r *Registry) NotebookPicture(ctx context.Context, actor model.Actor, at Document, cell, output int, attachment string) (media string, data []byte, err error) {
	f, _, err := r.findFile(ctx, r.Store, actor, at.Owner, at.Package, at.Version, at.Basename, model.Read)
	if err != nil {
		return "", nil, err
	}
	n, err := r.parseNotebook(f)
	if err != nil {
		return "", nil, err
	}
	forms := formsIn(n, cell, output, attachment)
	for _, media := range render.PictureForms {
		text := forms[media]
		if text == "" {
			continue
		}
		if media == "image/svg+xml" {
			return media, []byte(text), nil
		}
		data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
		if err == nil && soundPicture(media, data) {
			return media, data, nil
		}
	}
	return "", nil, model.Errorf(model.NotFound, "There is no such picture.")
}

// formsIn returns the forms of a thing in a notebook by media type, nil when there is
// none.
func formsIn(n *notebook.Notebook, cell, output int, attachment string) map[string]string {
	if cell < 0 || cell >= len(n.Cells) {
		return nil
	}
	c := n.Cells[cell]
	if attachment != "" {
		return c.Attachments[attachment]
	}
	if output < 0 || output >= len(c.Outputs) {
		return nil
	}
	return c.Outputs[output].Data
}

// pictureMarks are how pictures of a kind begin.
var pictureMarks = map[string]string{"image/png": "\x89PNG\r\n\x1a\n", "image/jpeg": "\xff\xd8\xff", "image/gif": "GIF8", "image/webp": "RIFF"}

func soundPicture(media string, data []byte) bool {
	return strings.HasPrefix(string(data[:min(len(data), 16)]), pictureMarks[media])
}

// Environment returns an environment file as a page shows it: its text, line by line.
func (r *Registry) Environment(ctx context.Context, actor model.Actor, at Document) (model.RenderedEnvironment, error) {
	var out model.RenderedEnvironment
	f, _, err := r.findFile(ctx, r.Store, actor, at.Owner, at.Package, at.Version, at.Basename, model.Read)
	if err != nil {
		return out, err
	}
	if f.Type != model.Environment {
		return out, model.Errorf(model.NotFound, "%s is not an environment file.", f.Basename)
	}
	bytes, err := r.Blobs.Open(f.SHA256)
	if err != nil {
		return out, err
	}
	defer bytes.Close()
	raw, err := io.ReadAll(io.LimitReader(bytes, environment.MaxSize+1))
	if err != nil {
		return out, err
	}
	e, err := environment.Parse(raw)
	if err != nil {
		return out, err
	}
	out.Name, out.Text = e.Name, string(raw)
	out.Lines, out.Left = render.Lines(out.Text, "yaml")
	for _, c := range e.Channels {
		out.Channels = append(out.Channels, c.Text)
	}
	out.Conda, out.Pip = len(e.Dependencies), len(e.Pip)
	return out, nil
}
