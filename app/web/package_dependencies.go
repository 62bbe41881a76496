package web

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// showDependencies draws what a package needs, as of its newest version or the one
// that the address names, and what needs the package.
func (ui *Surface) showDependencies(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.findPackage(r)
	if err != nil {
		return err
	}
	shown, err := chosenRelease(p, r.URL.Query().Get(queryVersion))
	if err != nil {
		return err
	}
	needs, err := ui.Registry.Requirements(r.Context(), ui.actor(r), p, shown)
	if err != nil {
		return err
	}
	props := views.DependenciesProps{
		PackageHead: packageHead(p, shown.Version, views.PackageDependenciesURL(p.Owner, p.Name)), Sets: needSets(p.Owner, needs),
	}
	if props.Dependents, err = ui.dependents(r, p); err != nil {
		return err
	}
	layout := ui.layout(r, "Dependencies of "+p.Name+", "+p.Owner)
	layout.Path = props.Path
	return ui.draw(w, r, http.StatusOK, views.DependenciesPage(layout, props), views.DependentsPartial(props.Dependents))
}

// dependents looks up a page of what needs a package.
func (ui *Surface) dependents(r *http.Request, p registry.PackageDetail) (views.DependentsProps, error) {
	q := readFiles(r, views.PackageDependenciesURL(p.Owner, p.Name))
	list, total, err := ui.Registry.Dependents(r.Context(), ui.actor(r), p.Owner, p.Name, pageSize, q.offset())
	props := views.DependentsProps{Owner: p.Owner, Name: p.Name, Pager: q.pager(total)}
	for _, d := range list {
		props.Rows = append(props.Rows, views.NeedRow{
			Name: d.Name, URL: views.PackageURL(d.Owner, d.Name), Newest: d.LatestVersion, Ranges: needRanges(d.Needs),
		})
	}
	return props, err
}

// needWords names the files of each type that say what they need.
var needWords = map[model.PackageType]string{model.Conda: "conda files", model.PyPI: "Python files", model.RPackage: "R files"}

// needSets divides what a release needs, which comes by type.
func needSets(owner string, needs []registry.Requirement) []views.NeedSet {
	var sets []views.NeedSet
	for _, n := range needs {
		last := len(sets) - 1
		if last < 0 || sets[last].Files != needWords[n.Type] {
			sets, last = append(sets, views.NeedSet{Files: needWords[n.Type]}), last+1
		}
		row := views.NeedRow{Name: n.Name, Ranges: needRanges(n.Needs)}
		if n.Here != nil {
			row.Name, row.URL, row.Newest = n.Here.Name, views.PackageURL(owner, n.Here.Name), n.Here.LatestVersion
		}
		sets[last].Rows = append(sets[last].Rows, row)
	}
	return sets
}

func needRanges(needs []model.Dependency) []views.NeedRange {
	ranges := make([]views.NeedRange, len(needs))
	for i, n := range needs {
		ranges[i] = views.NeedRange{Accepts: n.Accepts, Platforms: n.Platforms}
	}
	return ranges
}
