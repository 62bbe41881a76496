package moving

import (
	"encoding/json"
	"fmt"
	"path"
	"strings"
	"time"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// packageForm is a package as the API writes it, and as dumps of the original have
// it: there some of it stands among the public attributes.
type packageForm struct {
	Name          Text         `json:"name"`
	Public        *bool        `json:"public"`
	Published     bool         `json:"published"`
	Access        Text         `json:"access"`
	Types         []Text       `json:"package_types"`
	Status        Text         `json:"status"`
	StatusReason  Text         `json:"status_reason"`
	Releases      []release    `json:"releases"`
	Files         []fileForm   `json:"files"`
	Distributions []fileForm   `json:"distributions"`
	Collaborators []PersonForm `json:"collaborators"`
	PublicAttrs   about        `json:"public_attrs"`
	about
}

// about is what is said of a package.
type about struct {
	Summary       Text    `json:"summary"`
	Description   Text    `json:"description"`
	License       license `json:"license"`
	LicenseFamily Text    `json:"license_family"`
	LicenseURL    Text    `json:"license_url"`
	Home          Text    `json:"home"`
	DevURL        Text    `json:"dev_url"`
	DocURL        Text    `json:"doc_url"`
	SourceURL     Text    `json:"source_git_url"`
}

// release is one version, in some dumps with its files.
type release struct {
	Version       Text       `json:"version"`
	Description   Text       `json:"description"`
	Announce      Text       `json:"announce"`
	PublicAttrs   about      `json:"public_attrs"`
	Distributions []fileForm `json:"distributions"`
}

// fileForm is a file; older answers call its labels channels.
type fileForm struct {
	Basename     Text   `json:"basename"`
	Version      Text   `json:"version"`
	Type         Text   `json:"type"`
	Distribution Text   `json:"distribution_type"`
	Labels       []Text `json:"labels"`
	Channels     []Text `json:"channels"`
	Size         int64  `json:"size"`
	MD5          Text   `json:"md5"`
	SHA256       Text   `json:"sha256"`
	Description  Text   `json:"description"`
	UploadTime   Moment `json:"upload_time"`
	Downloads    int64  `json:"ndownloads"`
	Yanked       bool   `json:"yanked"`
	YankReason   Text   `json:"yanked_reason"`
	Patch        *struct {
		Patch  json.RawMessage `json:"patch"`
		Reason Text            `json:"reason"`
	} `json:"repodata_patch"`
}

// ParsePackage reads a package from JSON. Its files cannot be opened yet.
func ParsePackage(raw []byte) (Package, error) {
	var form packageForm
	if err := json.Unmarshal(raw, &form); err != nil {
		return Package{}, fmt.Errorf("read what is said of the package: %w", err)
	}
	p := Package{
		Name: string(form.Name), Access: form.access(), Texts: form.texts(),
		StatusReason: string(form.StatusReason),
	}
	if status, err := model.ParseProjectStatus(string(form.Status)); err == nil {
		p.Status = status
	}
	for _, c := range form.Collaborators {
		p.Collaborators = append(p.Collaborators, c.collaborator())
	}
	p.addFiles(form.Files, "")
	p.addFiles(form.Distributions, "")
	for _, r := range form.Releases {
		p.Releases = append(p.Releases, Release{string(r.Version), string(r.Description.Or(r.PublicAttrs.Description)), string(r.Announce)})
		p.addFiles(r.Distributions, string(r.Version))
	}
	p.addTypes(form.Types)
	return p, nil
}

// access is who may see the package; nothing when nothing says it.
func (form packageForm) access() model.Access {
	if a, err := model.ParseAccess(string(form.Access)); err == nil {
		return a
	}
	switch {
	case form.Public == nil:
		return ""
	case *form.Public:
		return model.Public
	case form.Published:
		return model.Authenticated
	}
	return model.Private
}

func (form packageForm) texts() registry.PackageChange {
	said := func(first, second Text) *string {
		value := string(first.Or(second))
		return &value
	}
	a, b := form.about, form.PublicAttrs
	return registry.PackageChange{
		Summary: said(a.Summary, b.Summary), Description: said(a.Description, b.Description), License: said(a.License.name, b.License.name),
		LicenseFamily: said(a.LicenseFamily.Or(a.License.family), b.LicenseFamily.Or(b.License.family)),
		LicenseURL:    said(a.LicenseURL.Or(a.License.url), b.LicenseURL.Or(b.License.url)),
		Home:          said(a.Home, b.Home), DevURL: said(a.DevURL, b.DevURL), DocURL: said(a.DocURL, b.DocURL), SourceURL: said(a.SourceURL, b.SourceURL),
	}
}

// addFiles adds the files that are named, those of version when they do not say
// theirs.
func (p *Package) addFiles(list []fileForm, version string) {
	for _, form := range list {
		f := form.file()
		if f.Basename == "" {
			p.PassedOver = append(p.PassedOver, Remark{p.Name, "A file has no name."})
			continue
		}
		if f.Version == "" {
			f.Version = version
		}
		if _, known := f.among(p.Files); !known {
			p.Files = append(p.Files, f)
		}
	}
}

// among finds the file among others of its package.
func (f File) among(files []File) (File, bool) {
	for _, other := range files {
		if other.Basename == f.Basename && other.Version == f.Version && other.Type == f.Type {
			return other, true
		}
	}
	return File{}, false
}

func (form fileForm) file() File {
	f := File{
		Version: string(form.Version), Basename: string(form.Basename), Size: form.Size, SHA256: strings.ToLower(string(form.SHA256)), MD5: strings.ToLower(string(form.MD5)),
		Description: string(form.Description), UploadedAt: time.Time(form.UploadTime), Downloads: form.Downloads,
		Yanked: form.Yanked, YankReason: string(form.YankReason), Unlabelled: form.Labels != nil || form.Channels != nil,
	}
	for _, name := range append(form.Labels, form.Channels...) {
		f.Labels = append(f.Labels, string(name))
	}
	if form.Patch != nil {
		f.Patch, f.PatchReason = form.Patch.Patch, string(form.Patch.Reason)
	}
	fileName := path.Base(f.Basename)
	f.Type = registry.TypeOfName(fileName)
	if t, err := model.ParsePackageType(string(form.Type.Or(form.Distribution))); err == nil {
		f.Type = t
	}
	if f.Type != model.Conda && f.Basename != "" {
		f.Basename = fileName
	}
	return f
}

// addTypes fills in the types: those that are said, and else those of the files.
func (p *Package) addTypes(said []Text) {
	seen := map[model.PackageType]bool{}
	add := func(t model.PackageType) {
		if !seen[t] {
			seen[t] = true
			p.Types = append(p.Types, t)
		}
	}
	for _, s := range said {
		if t, err := model.ParsePackageType(string(s)); err == nil {
			add(t)
		}
	}
	if len(said) == 0 {
		for _, f := range p.Files {
			add(f.Type)
		}
	}
}
