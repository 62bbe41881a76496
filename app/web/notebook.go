package web

import (
	"net/http"
	"net/url"
	"strconv"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// The keys of the address of a picture in a notebook.
const (
	queryCell   = "cell"
	queryOutput = "output"
	queryName   = "name"
)

// showNotebook draws the page of a notebook as of one version.
func (ui *Surface) showNotebook(w http.ResponseWriter, r *http.Request, p registry.PackageDetail, shown registry.ReleaseDetail) error {
	f := placed(p, shown, shown.Files[0])
	at := registry.Document{Owner: p.Owner, Package: p.Name, Version: shown.Version, Basename: f.Basename}
	drawn, err := ui.Registry.Notebook(r.Context(), ui.actor(r), at, func(cell, output int, attachment string) string {
		return views.PictureURL(f, cell, output, attachment)
	})
	if err != nil {
		return err
	}
	props := views.NotebookProps{PackageProps: ui.packageProps(r, p, shown), File: f, Notebook: drawn}
	layout := ui.layout(r, packageTitle(p, shown.Version))
	layout.Path = props.Path
	return ui.draw(w, r, http.StatusOK, views.NotebookPage(layout, props), nil)
}

// showEnvironment draws the page of an environment as of one version.
func (ui *Surface) showEnvironment(w http.ResponseWriter, r *http.Request, p registry.PackageDetail, shown registry.ReleaseDetail) error {
	f := placed(p, shown, shown.Files[0])
	at := registry.Document{Owner: p.Owner, Package: p.Name, Version: shown.Version, Basename: f.Basename}
	drawn, err := ui.Registry.Environment(r.Context(), ui.actor(r), at)
	if err != nil {
		return err
	}
	props := views.EnvironmentProps{PackageProps: ui.packageProps(r, p, shown), File: f, Environment: drawn, Base: baseURL(r), NeedsToken: ui.needsToken(p)}
	layout := ui.layout(r, packageTitle(p, shown.Version))
	layout.Path = props.Path
	return ui.draw(w, r, http.StatusOK, views.EnvironmentPage(layout, props), nil)
}

// servePicture answers with a picture of a notebook. It comes under a policy of its
// own, since an SVG may be a program.
func (ui *Surface) servePicture(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	at := registry.Document{Owner: r.PathValue("channel"), Package: r.PathValue("package"), Version: q.Get(queryVersion), Basename: q.Get(queryFile)}
	media, data, err := ui.Registry.NotebookPicture(r.Context(), ui.actor(r), at, number(q, queryCell), number(q, queryOutput), q.Get(queryName))
	if err != nil {
		return err
	}
	writeBytes(w, r, media, data)
	return nil
}

// number reads a value of a query, -1 when it is none.
func number(q url.Values, key string) int {
	n, err := strconv.Atoi(q.Get(key))
	if err != nil {
		return -1
	}
	return n
}

// serveThumbnail answers with the small picture of a package.
func (ui *Surface) serveThumbnail(w http.ResponseWriter, r *http.Request) error {
	image, err := ui.Registry.Thumbnail(r.Context(), ui.actor(r), r.PathValue("channel"), r.PathValue("package"))
	if err != nil {
		return err
	}
	writeBytes(w, r, "image/png", image)
	return nil
}

func isDocument(p model.Package, shown registry.ReleaseDetail, t model.PackageType) bool {
	return p.HasType(t) && len(shown.Files) > 0
}
