package moving

import (
	"context"
	"slices"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// text is one thing that is said of a package, there and here.
type text struct {
	column string
	said   **string
	here   string
}

func texts(c *registry.PackageChange, p model.Package) []text {
	return []text{
		{"summary", &c.Summary, p.Summary}, {"description", &c.Description, p.Description}, {"license", &c.License, p.License},
		{"license_family", &c.LicenseFamily, p.LicenseFamily}, {"license_url", &c.LicenseURL, p.LicenseURL}, {"home", &c.Home, p.Home},
		{"dev_url", &c.DevURL, p.DevURL}, {"doc_url", &c.DocURL, p.DocURL}, {"source_url", &c.SourceURL, p.SourceURL},
	}
}

// tell writes down what the source says otherwise than the files do. What somebody
// wrote here by hand stays, so that a second move changes nothing.
func (m *mover) tell(ctx context.Context, p Package, d registry.PackageDetail) error {
	change, differs := registry.PackageChange{ByHand: true}, false
	said := texts(&p.Texts, d.Package)
	for i, t := range texts(&change, d.Package) {
		value := *said[i].said
		if value == nil || *value == "" || *value == t.here || slices.Contains(d.Edited, t.column) {
			continue
		}
		*t.said, differs = value, true
	}
	if differs {
		if err := m.describe(ctx, d, change); err != nil {
			return err
		}
	}
	if err := m.collaborate(ctx, p, d); err != nil {
		return err
	}
	return m.tellReleases(ctx, p, d)
}

// collaborate adds the collaborators who are none here.
func (m *mover) collaborate(ctx context.Context, p Package, d registry.PackageDetail) error {
	have, err := m.Collaborators(ctx, m.Actor, m.to, d.Name)
	if err != nil {
		return err
	}
	for _, c := range p.Collaborators {
		login := m.login(c.Login)
		if slices.ContainsFunc(have, func(h model.Collaborator) bool { return h.Login == login }) {
			continue
		}
		if err := m.SetCollaborator(ctx, m.Actor, m.to, d.Name, login, c.Permission); err != nil {
			m.sheet.problem(p.Name+": collaborator "+c.Login, err)
		}
	}
	return nil
}

// describe changes the texts, and when one of them is refused all others.
func (m *mover) describe(ctx context.Context, d registry.PackageDetail, all registry.PackageChange) error {
	_, err := m.UpdatePackage(ctx, m.Actor, m.to, d.Name, all)
	if model.CodeOf(err) != model.Invalid {
		return err
	}
	every := texts(&all, d.Package)
	for i, t := range every {
		if *t.said == nil {
			continue
		}
		one := registry.PackageChange{ByHand: true}
		*texts(&one, d.Package)[i].said = *t.said
		if _, err := m.UpdatePackage(ctx, m.Actor, m.to, d.Name, one); model.CodeOf(err) == model.Invalid {
			m.sheet.skip(Remark{d.Name + ": " + t.column, err.Error()})
		} else if err != nil {
			return err
		}
	}
	return nil
}

// tellReleases writes what is said of versions about which nothing is said here.
func (m *mover) tellReleases(ctx context.Context, p Package, d registry.PackageDetail) error {
	for _, there := range p.Releases {
		here, err := d.Release(there.Version)
		if err != nil { // none of its files came
			continue
		}
		var in registry.ReleaseChange
		if there.Description != "" && here.Description == "" {
			in.Description = &there.Description
		}
		if there.Announce != "" && here.Announce == "" {
			in.Announce = &there.Announce
		}
		if in.Description == nil && in.Announce == nil {
			continue
		}
		if _, err := m.UpdateRelease(ctx, m.Actor, m.to, d.Name, here.Version, in); err != nil {
			return err
		}
	}
	return nil
}

// yank yanks and patches what is so there.
func (m *mover) yank(ctx context.Context, p Package, d registry.PackageDetail) error {
	for _, f := range p.Files {
		have, ok := f.in(d.Files())
		if !ok || m.refused[nameThere(p, f)] {
			continue
		}
		if f.Yanked && !have.Yanked() {
			if _, err := m.YankFiles(ctx, m.Actor, m.to, selectionOf(have), f.YankReason); err != nil {
				m.refuse(p, f, err)
			}
		}
		if len(f.Patch) > 0 && have.Patch == nil {
			if _, err := m.PatchFile(ctx, m.Actor, m.to, nameOf(have), f.Patch, f.PatchReason); err != nil {
				m.refuse(p, f, err)
			}
		}
	}
	return nil
}

// close gives the package the status that it has there.
func (m *mover) close(ctx context.Context, p Package, d registry.PackageDetail) error {
	if p.Status == "" || p.Status == d.Status {
		return nil
	}
	_, err := m.SetStatus(ctx, m.Actor, m.to, d.Name, p.Status, p.StatusReason)
	return err
}
