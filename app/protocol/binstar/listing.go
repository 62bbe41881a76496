package binstar

import (
	"net/http"
	"strings"
	"time"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// listAll lists the packages of all accounts, or those that were changed after a
// moment, which older clients put into the body of a GET.
func (s *Surface) listAll(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	var body struct {
		After string `json:"modified_after"`
	}
	if err := decode(r, &body); err != nil {
		return err
	}
	if given := r.URL.Query().Get("modified_after"); given != "" {
		body.After = given
	}
	filter := registry.PackageFilter{Limit: searchLimit, Order: model.LastChanged, WithBuilds: true}
	if body.After != "" {
		at, err := parseMoment("modified_after", body.After)
		if err != nil {
			return err
		}
		filter.ChangedAfter = at
	}
	list, _, err := s.Registry.Packages(r.Context(), actor, filter)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, each(list, answerSummary))
}

// listLicenses answers that none is needed here.
func (s *Surface) listLicenses(w http.ResponseWriter, _ *http.Request, _ model.Actor) error {
	return writeJSON(w, http.StatusOK, []empty{})
}

// downloadCount is how often a package was downloaded on a day.
type downloadCount struct {
	Day     string `json:"day"`
	Package string `json:"package"`
	Count   int64  `json:"count"`
}

// downloadsAnswer is the downloads of an account's packages in a time, both days
// included.
type downloadsAnswer struct {
	Account   string          `json:"account"`
	Start     string          `json:"start"`
	End       string          `json:"end"`
	Total     int64           `json:"total"`
	Downloads []downloadCount `json:"downloads"`
}

// listDownloads answers the downloads between two days, 2026-11-01--2026-11-30.
func (s *Surface) listDownloads(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	start, end, _ := strings.Cut(r.PathValue("days"), "--")
	first, err := time.Parse(time.DateOnly, start)
	if err != nil {
		return badDays()
	}
	last, err := time.Parse(time.DateOnly, end)
	if err != nil {
		return badDays()
	}
	account := model.FoldLogin(r.PathValue("account"))
	list, err := s.Registry.Downloads(r.Context(), actor, account, first, last)
	if err != nil {
		return err
	}
	answer := downloadsAnswer{Account: account, Start: start, End: end, Downloads: each(list, func(d model.DownloadCount) downloadCount { return downloadCount(d) })}
	for _, d := range list {
		answer.Total += d.Count
	}
	return writeJSON(w, http.StatusOK, answer)
}

func badDays() error {
	return model.Errorf(model.Invalid, "Name the days as 2026-11-01--2026-11-30.")
}

// publishedAnswer says whether a package is published in the sense of older clients.
type publishedAnswer struct {
	Published bool `json:"published"`
}

func (s *Surface) showPublished(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	d, err := s.Registry.Package(r.Context(), actor, r.PathValue("owner"), r.PathValue("package"))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, publishedAnswer{d.Published})
}

// setPublished serves PUT and DELETE.
func (s *Surface) setPublished(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	return created(w, s.Registry.SetPublished(r.Context(), actor, r.PathValue("owner"), r.PathValue("package"), r.Method == http.MethodPut))
}

// oldHandlers are of what older clients ask, and of download counts.
func (s *Surface) oldHandlers() map[string]http.Handler {
	return map[string]http.Handler{
		"GET /api/package_listing":                                   s.as(s.listAll),
		"GET /api/license":                                           s.as(s.listLicenses),
		"GET /api/user/{account}/downloads/{days}":                   s.as(s.listDownloads),
		"GET /api/publish/{owner}/{package}":                         s.as(s.showPublished),
		"PUT /api/publish/{owner}/{package}":                         s.as(s.setPublished),
		"DELETE /api/publish/{owner}/{package}":                      s.as(s.setPublished),
		"GET /api/apps/{owner}/projects":                             s.as(s.listProjects),
		"POST /api/apps/{owner}/projects":                            s.as(s.createProject),
		"GET /api/apps/{owner}/projects/{package}":                   s.as(s.showProject),
		"POST /api/apps/{owner}/projects/{package}/stage":            s.as(s.stageProject),
		"POST /api/apps/{owner}/projects/{package}/commit/{dist_id}": s.as(s.commitProject),
		"GET /api/collections/{owner}":                               s.as(s.listCollections),
		"GET /api/collections/{owner}/{collection}":                  s.as(s.showCollection),
		"POST /api/collections/{owner}/{collection}":                 s.as(s.createCollection),
		"PATCH /api/collections/{owner}/{collection}":                s.as(s.updateCollection),
		"DELETE /api/collections/{owner}/{collection}":               s.as(s.deleteCollection),
		"PUT /api/collections/{owner}/{collection}/package":          s.as(s.addToCollection),
		"DELETE /api/collections/{owner}/{collection}/package":       s.as(s.removeFromCollection),
		"PATCH /api/collections/{owner}/{collection}/pull":           s.as(s.pullCollection),
	}
}
