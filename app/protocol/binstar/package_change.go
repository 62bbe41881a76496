package binstar

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// packageRequest is the body of POST and PATCH of a package.
type packageRequest struct {
	Access  *string         `json:"access"`
	Public  *bool           `json:"public"`
	Publish json.RawMessage `json:"publish"`
	Attrs   attributes      `json:"public_attrs"`
}

type packageVerb func(ctx context.Context, actor model.Actor, owner, name string, in registry.PackageChange) (registry.PackageDetail, error)

// changePackage creates or updates a package; both answer 200 with it.
func changePackage(w http.ResponseWriter, r *http.Request, actor model.Actor, do packageVerb) error {
	var body packageRequest
	if err := decode(r, &body); err != nil {
		return err
	}
	change, err := body.change()
	if err != nil {
		return err
	}
	// Uploaders say "publish" beside what they have read in a file; "anaconda update"
	// says what somebody wants.
	change.ByHand = r.Method == http.MethodPatch && body.Publish == nil
	d, err := do(r.Context(), actor, r.PathValue("owner"), r.PathValue("package"), change)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, answerPackage(r, d))
}

func (p packageRequest) change() (c registry.PackageChange, err error) {
	if c.Access, err = p.access(); err != nil {
		return c, err
	}
	if c.Types, err = p.types(); err != nil {
		return c, err
	}
	if err = p.license(&c); err != nil {
		return c, err
	}
	if c.Thumbnail, err = p.thumbnail(); err != nil {
		return c, err
	}
	for _, f := range []struct {
		key  string
		into **string
	}{
		{"summary", &c.Summary}, {"description", &c.Description}, {"home", &c.Home}, {"dev_url", &c.DevURL}, {"doc_url", &c.DocURL},
		{"source_url", &c.SourceURL}, {"source_git_url", &c.SourceURL},
	} {
		text, err := p.Attrs.text(f.key)
		if err != nil {
			return c, err
		}
		if text != nil {
			*f.into = text
		}
	}
	return c, nil
}

// access reads both words for it. "public": true beside "publish" is no choice of
// anybody's: every uploader sends the two with every upload, to new and to
// existing packages, so they leave the site's default and what was set alone.
func (p packageRequest) access() (*model.Access, error) {
	var a model.Access
	var err error
	switch {
	case p.Access != nil:
		a, err = model.ParseAccess(*p.Access)
	case p.Public == nil, *p.Public && p.Publish != nil:
		return nil, nil
	case *p.Public:
		a = model.Public
	default:
		a = model.Private
	}
	return &a, err
}

// thumbnail is a PNG in base64, as a data URI or without its head.
func (p packageRequest) thumbnail() (*[]byte, error) {
	text, err := p.Attrs.text("thumbnail")
	if err != nil || text == nil {
		return nil, err
	}
	encoded := strings.TrimPrefix(*text, "data:image/png;base64,")
	image, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return nil, model.FieldErrorf("thumbnail", "The field %q must be a PNG picture in base64.", "thumbnail")
	}
	return &image, nil
}

func (p packageRequest) types() ([]model.PackageType, error) {
	if p.Attrs.absent("package_types") {
		return nil, nil
	}
	var names []string
	if json.Unmarshal(p.Attrs["package_types"], &names) != nil {
		return nil, model.Errorf(model.Invalid, "The field %q must be a list of texts.", "package_types")
	}
	var types []model.PackageType
	for _, name := range names {
		t, err := model.ParsePackageType(name)
		if err != nil {
			return nil, err
		}
		types = append(types, t)
	}
	return types, nil
}

// license takes a text (PATCH, rattler-build) or an object (POST by
// anaconda-client), beside the keys that name its address and family.
func (p packageRequest) license(c *registry.PackageChange) (err error) {
	if c.LicenseURL, err = p.Attrs.text("license_url"); err != nil {
		return err
	}
	if c.LicenseFamily, err = p.Attrs.text("license_family"); err != nil {
		return err
	}
	object, err := p.Attrs.object("license")
	if err != nil {
		c.License, err = p.Attrs.text("license")
		return err
	}
	for _, f := range []struct {
		key  string
		into **string
	}{{"name", &c.License}, {"url", &c.LicenseURL}, {"family", &c.LicenseFamily}} {
		text, err := object.text(f.key)
		if err != nil {
			return err
		}
		if text != nil {
			*f.into = text
		}
	}
	return nil
}
